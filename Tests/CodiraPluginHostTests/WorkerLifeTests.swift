import CodiraModel
import CodiraPluginHost
import Foundation
import Testing

/// Processes and descriptors come and go in pairs.
@Suite(.serialized) struct WorkerLifeTests {
  @Test func crashesLeaveNoDescriptorAndNoProcess() throws {
    let (setup, pool) = (try FixturePlugin.setup("hostile"), FixturePlugin.pool())
    let before = openDescriptors()
    for number in 0..<200 {
      let outcome = pool.analyze(setup, path: "\(number).fix", source: Array("segfault".utf8))
      guard case .failure(.crashed(SIGSEGV, _)) = outcome else {
        Issue.record("\(outcome)")
        return
      }
    }
    // Other tests run beside this one; a leak would be one of each for every crash.
    #expect(deadChildren() < 50)
    #expect(openDescriptors() - before < 100)
  }

  @Test func stopEndsWhatIsUnderWay() throws {
    let setup = try FixturePlugin.setup("hostile")
    let pool = FixturePlugin.pool(jobs: 2, cpuSeconds: 60)
    let group = DispatchGroup()
    let outcomes = Outcomes()
    for word in ["loop", "sleep"] {
      DispatchQueue.global().async(group: group) {
        outcomes.append(pool.analyze(setup, path: "a.fix", source: Array(word.utf8)))
      }
    }
    usleep(200_000)
    let start = Date()
    pool.stop()
    group.wait()
    #expect(Date().timeIntervalSince(start) < 2)
    #expect(outcomes.all == [.failure(.stopped), .failure(.stopped)])
    #expect(pool.analyze(setup, path: "a.fix", source: []) == .failure(.stopped))
  }

  @Test func severalThreadsShareAPool() throws {
    let setups = [try FixturePlugin.setup("hostile"), try FixturePlugin.setup("good")]
    let pool = FixturePlugin.pool(jobs: 2, cpuSeconds: 10)
    let outcomes = Outcomes()
    DispatchQueue.concurrentPerform(iterations: 64) { number in
      let word = number % 8 == 0 ? "segfault" : "fine text"
      outcomes.append(pool.analyze(setups[number % 2], path: "\(number)", source: Array(word.utf8)))
    }
    let failures = outcomes.all.filter { if case .failure = $0 { true } else { false } }
    #expect(outcomes.all.count == 64)
    #expect(failures.count == 8)
    #expect(pool.finish().isEmpty)
  }

  @Test func workerThatIsNoWorkerIsUnavailable() throws {
    let setup = try FixturePlugin.setup("good")
    for program in ["/bin/true", "/no/such/program", "/bin/cat"] {
      let pool = AnalyzerPool(jobs: 1, limits: AnalyzerLimits(cpuSeconds: 0.2), executable: program)
      guard case .failure(.unavailable) = pool.analyze(setup, path: "a", source: []) else {
        Issue.record("\(program) served")
        continue
      }
    }
  }

  private func openDescriptors() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
  }

  /// Children of this process that nobody waited for.
  private func deadChildren() -> Int {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.count { process in
      guard Int(process) != nil,
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      else { return false }
      let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 1 && fields[0] == "Z" && fields[1] == "\(getpid())"
    }
  }
}

/// What several threads found, in the order in which they found it.
private final class Outcomes: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Result<FileArtifacts, AnalysisFailure>] = []

  var all: [Result<FileArtifacts, AnalysisFailure>] { lock.withLock { values } }

  func append(_ value: Result<FileArtifacts, AnalysisFailure>) { lock.withLock { values.append(value) } }
}

import CodiraModel
import CodiraPluginHost
import CodiraTestSupport
import Foundation
import Testing

/// What a worker once sent, sent again by a program that is no worker: as it was, cut, and spoilt.
///
/// The frames are those that the fuzzer starts from (`Benchmarks/fuzz/record_seeds.py`).
@Suite struct ReplayedFrameTests {
  private static let seeds = Checkout.root.appendingPathComponent("Benchmarks/fuzz/seeds/worker")

  /// The program, and a folder for damaged frames.
  private static let program = Result { () throws -> (path: String, folder: URL) in
    let folder = FixturePlugin.folder.appendingPathComponent("replay")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appendingPathComponent("worker").path
    let run = try ToolRun(
      "cc", "-O1", "-w", "-DSANDBOX=\"\(seeds.path)/sandbox\"", "-DDESCRIPTOR=\"\(seeds.path)/descriptor\"",
      "-o", path, "Tests/CodiraPluginHostTests/Fixtures/replay.c")
    guard run.status == 0 else { throw ToolRun.Failure(run: run) }
    return (path, folder)
  }

  /// A recorded answer, and the code of the failure that it is, or none.
  @Test(arguments: [
    ("good", nil), ("statements", nil), ("faults", nil), ("empty", nil), ("hostile-utf8", nil),
    ("hostile-ref-utf8", nil), ("not-mine", "not_mine"), ("failed", "failed"),
    ("hostile-huge", "too_much_output"),
    ("hostile-size", "protocol_violation"), ("hostile-kind", "protocol_violation"),
    ("hostile-ref-root", "protocol_violation"), ("hostile-members", "protocol_violation"),
    ("descriptor", "protocol_violation"), ("ready", "protocol_violation"),
    ("refusal-size", "protocol_violation"),
  ])
  func isReadAsItWas(_ name: String, _ code: String?) throws {
    let pool = try pool()
    let outcome = try replay(Self.seeds.appendingPathComponent(name), pool)
    switch outcome {
    case .success: #expect(code == nil)
    case .failure(let failure): #expect(failure.code == code, "\(failure)")
    }
  }

  @Test(arguments: ["good", "statements", "faults", "hostile-ref-utf8"])
  func damageCostsItsFileAlone(_ name: String) throws {
    let recorded = try [UInt8](Data(contentsOf: Self.seeds.appendingPathComponent(name)))
    let start = 2 + Int(recorded[0]) + Int(recorded[1]) << 8
    var damaged = stride(from: start, to: recorded.count, by: 7).map { Array(recorded[..<$0]) }
    for place in stride(from: start, to: recorded.count, by: 5) {
      for value in [recorded[place] ^ 0x55, 0xFF, recorded[place] &+ 1] {
        var bytes = recorded
        bytes[place] = value
        damaged.append(bytes)
      }
    }
    let pool = try pool()
    for (number, bytes) in damaged.enumerated() {
      let file = try Self.program.get().folder.appendingPathComponent("\(name)-\(number)")
      try Data(bytes).write(to: file)
      switch try replay(file, pool) {
      case .success, .failure(.protocolViolation), .failure(.notMine), .failure(.failed),
        .failure(.tooMuchOutput):
        break
      case .failure(let failure): Issue.record("\(name), damage \(number): \(failure)")
      }
      try FileManager.default.removeItem(at: file)
    }
    #expect(try replay(Self.seeds.appendingPathComponent("good"), try self.pool()).get().symbols.count == 1)
  }

  private func replay(_ file: URL, _ pool: AnalyzerPool) throws -> Result<FileArtifacts, AnalysisFailure> {
    let bytes = try [UInt8](Data(contentsOf: file))
    let source = Array(bytes[2..<2 + Int(bytes[0]) + Int(bytes[1]) << 8])
    // A worker's answers count its requests; those that were recorded are the first of theirs.
    let setup = AnalyzerSetup(plugin: try FixturePlugin.plugin("good"))
    return pool.analyze(setup, path: file.path, source: source)
  }

  private func pool() throws -> AnalyzerPool {
    AnalyzerPool(
      jobs: 1, limits: AnalyzerLimits(cpuSeconds: 5), executable: try Self.program.get().path)
  }
}

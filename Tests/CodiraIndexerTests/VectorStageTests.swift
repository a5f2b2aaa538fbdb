import CodiraIndexer
import CodiraPlanner
import CodiraStore
import Foundation
import Synchronization
import Testing

/// How texts go to the encoder, how far a run says it is, and what each of it costs.
@Suite struct VectorStageTests {
  /// What was asked of an encoder, call by call.
  private final class Recorder: Sendable {
    struct State {
      var calls: [[[UInt8]]] = []
      var active = 0
      var mostActive = 0
    }

    let state = Mutex(State())
    /// Calls that wait for one another before the first of them returns.
    let company: Int

    init(company: Int = 1) { self.company = company }

    func source() -> EmbeddingSource {
      let toy = ToyModel().source()
      return EmbeddingSource(
        key: toy.key,
        open: { () throws(IndexError) in
          let backend = try toy.open()
          return EmbeddingSource.Backend(identity: backend.identity, instructions: "any") { texts in
            self.state.withLock { state in
              state.calls.append(texts)
              state.active += 1
              state.mostActive = max(state.mostActive, state.active)
            }
            self.awaitCompany()
            defer { self.state.withLock { $0.active -= 1 } }
            return backend.embed(texts)
          }
        })
    }

    /// Waits until as many calls as are expected were under way at once; a run that never has them fails the test.
    private func awaitCompany() {
      var waits = 0
      while waits < 20_000, state.withLock({ $0.mostActive < company }) {
        usleep(1_000)
        waits += 1
      }
    }
  }

  /// Functions whose bodies have from one to forty words, over several files.
  private static func repository() throws -> ScratchRepository {
    var files: [String: String] = [:]
    for file in 0..<5 {
      files["f\(file).toy"] = (0..<100).map { number in
        "def f\(file)x\(number)\n" + (0...(number % 40)).map { "word\($0) " }.joined() + "\n"
      }.joined()
    }
    return try ScratchRepository(files: files)
  }

  private func run(
    _ repository: ScratchRepository, _ recorder: Recorder, jobs: Int
  ) throws -> (summary: IndexSummary, progress: [IndexProgress]) {
    var options = IndexOptions(root: repository.root, location: repository.location)
    options.jobs = jobs
    var progress: [IndexProgress] = []
    let summary = try IndexRun(
      options, repository.toy.inventory(.init(), extra: []), embedding: recorder.source()
    )
    .perform { progress.append($0) }
    return (summary, progress)
  }

  @Test(arguments: [1, 3]) func everyThreadEncodesBatchesOfItsOwn(jobs: Int) throws {
    let repository = try Self.repository()
    let recorder = Recorder(company: jobs)
    let (summary, _) = try run(repository, recorder, jobs: jobs)
    let state = recorder.state.withLock { $0 }
    #expect(summary.vectors.computed == 500 && summary.vectors.missing == 0)
    #expect(Set(state.calls.flatMap { $0 }).count == 500)
    #expect(state.calls.reduce(0) { $0 + $1.count } == 500)
    #expect(state.calls.allSatisfy { (1...64).contains($0.count) })
    #expect(state.mostActive == jobs)
    let longest = state.calls.flatMap { $0 }.map(\.count).max()
    // Any thread may be the first to call.
    let first = state.calls.prefix(jobs).compactMap { $0.first?.count }.max()
    #expect(first == longest, "the longest texts come first")
    #expect(try repository.dump() == repository.cleanDump(jobs: 4 - jobs))
  }

  @Test func fewTextsAreShared() throws {
    let text = (0..<16).map { "def f\($0)\nbody\n" }.joined()
    let recorder = Recorder()
    _ = try run(try ScratchRepository(files: ["a.toy": text]), recorder, jobs: 2)
    let calls = recorder.state.withLock { $0.calls }
    #expect(calls.reduce(0) { $0 + $1.count } == 16 && calls.count >= 4 && calls.allSatisfy { $0.count <= 4 })
  }

  @Test func progressGoesFromNothingToAll() throws {
    let (_, progress) = try run(try Self.repository(), Recorder(), jobs: 2)
    for (stage, total) in [(IndexProgress.Stage.analyze, 5), (.embed, 500)] {
      let steps = progress.filter { $0.stage == stage }
      #expect(steps.allSatisfy { $0.total == total && $0.totalWork == steps[0].totalWork })
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.done < $1.done && $0.work < $1.work })
      #expect(steps.last?.done == total && steps.last?.work == steps.last?.totalWork)
    }
    let texts = try #require(progress.first { $0.stage == .embed })
    #expect(texts.done == 0 && texts.work == 0, "a run says what it is about to compute")
    // The first half of the texts is most of the work.
    let half = try #require(progress.first { $0.stage == .embed && $0.done >= 250 })
    #expect(half.work * 10 > half.totalWork * 6)
  }

  @Test func remainingTimeIsThatOfTheWorkLeft() {
    let progress = IndexProgress(stage: .embed, done: 10, total: 100, work: 300, totalWork: 1200)
    #expect(progress.remaining(after: 20) == 60)
    #expect(progress.remaining(after: 0.5) == nil, "too early to tell")
    #expect(
      IndexProgress(stage: .embed, done: 0, total: 100, work: 0, totalWork: 9).remaining(after: 5) == nil)
    let done = IndexProgress(stage: .embed, done: 9, total: 9, work: 90, totalWork: 90)
    #expect(done.remaining(after: 30) == 0)
  }
}

import CodiraModel
import CodiraPlanner
import CodiraStore
import Glibc

/// One run of `codira index`: scan, plan, analyze, store, embed.
///
///     let summary = try IndexRun(options, inventory, embedding: source).perform { progress in … }
///
/// A run that finds nothing to do opens the index to read and writes nothing.
package struct IndexRun {
  private let options: IndexOptions
  private let inventory: AnalyzerInventory
  private let embedding: EmbeddingSource?

  /// `embedding` is nil where no vectors are wanted.
  package init(_ options: IndexOptions, _ inventory: AnalyzerInventory, embedding: EmbeddingSource?) {
    self.options = options
    self.inventory = inventory
    self.embedding = options.computesVectors ? embedding : nil
  }

  /// Throws `IndexError` and `StoreError`.
  package func perform(observe: @escaping (IndexProgress) -> Void = { _ in }) throws -> IndexSummary {
    var clock = StageClock()
    let planner = RunPlanner(options: options, inventory: inventory)
    observe(IndexProgress(stage: .scan, done: 0, total: 0))
    let scan = try RepositoryScan(options.place)
    clock.end("scan")
    let origin = try beginFromSibling()
    var state = try storedState()
    var plan = try planner.plan(scan, state: state)
    let key = embedding?.key()
    var backend = try openBackend(plan, state, key)
    clock.end("plan")
    if options.isDryRun { return summary(of: plan, state, clock, isPlanned: true) }
    guard isWorkNeeded(plan, needsVectors: backend != nil) || state.lacksVectorCodes else {
      var summary = summary(of: plan, state, clock)
      summary.origin = origin
      return summary
    }

    let started = Self.seconds()
    let writer = try IndexWriter(options.location, lockTimeout: options.lockTimeout)
    // Somebody may have written since: what counts is what is there under the lock.
    if try writer.read({ try $0.generation() }) != plan.generation {
      state = try writer.read { try StoredState($0) }
      plan = try planner.plan(scan, state: state)
      backend = try backend ?? openBackend(plan, state, key)
    }
    var summary = summary(of: plan, state, clock)
    summary.origin = origin
    if !plan.refreshed.isEmpty, !options.isFull { try writer.refreshStats(plan.refreshed) }
    do {
      try write(plan, state, key, backend, writer, observe, &summary, &clock)
    } catch IndexError.interrupted(let vectors) {
      try? finish(writer, started, &summary, clock)
      throw IndexError.interrupted(vectors: vectors)
    }
    try finish(writer, started, &summary, clock)
    return summary
  }

  private func write(
    _ plan: RunPlan, _ state: StoredState, _ key: String?, _ backend: EmbeddingSource.Backend?,
    _ writer: IndexWriter, _ observe: @escaping (IndexProgress) -> Void, _ summary: inout IndexSummary,
    _ clock: inout StageClock
  ) throws {
    if !plan.work.isEmpty || plan.generation == 0 {
      try StructureStage(options: options, inventory: inventory, plan: plan, observe: observe)
        .run(writer, summary: &summary)
      clock.end("structure")
    }
    if let backend, let key {
      // Where nothing was missing before, only what this run wrote can be.
      let wasComplete = state.vectorsComplete == state.generation && state.vectorKey == key
      let generation = wasComplete && !options.isFull && !options.allVectors ? state.generation + 1 : nil
      try VectorStage(options: options, key: key, backend: backend, observe: observe)
        .run(writer, since: generation, summary: &summary)
      clock.end("vectors")
    } else {
      try keepCompleteness(state, plan, writer)
    }
    try writer.writeVectorCodes()
  }

  private func finish(
    _ writer: IndexWriter, _ started: Double, _ summary: inout IndexSummary, _ clock: StageClock
  ) throws {
    var clock = clock
    summary.generation = try writer.read { try $0.generation() }
    if summary.isChanged {
      summary.stages = clock.stages
      try writer.recordRun(
        started: started, finished: Self.seconds(), summary: JSONValue.object(summary.record).text)
    }
    try writer.checkpoint()
    clock.end("store")
    summary.stages = clock.stages
  }
}

extension IndexRun {
  /// Copies the index of another work tree where this one has none; the work tree it came from.
  private func beginFromSibling() throws -> String? {
    guard options.usesGit, !options.isDryRun, !options.isFull, access(options.location.database, F_OK) != 0,
      let sibling = SiblingIndex.find(root: options.root, own: options.location),
      try IndexWriter.begin(
        options.location, asCopyOf: sibling.location, lockTimeout: options.lockTimeout)
    else { return nil }
    return sibling.workTree
  }

  /// What the index knows; nothing where there is none yet, or one that has to be migrated first.
  private func storedState() throws -> StoredState {
    do {
      return try IndexReader(options.location).read { try StoredState($0) }
    } catch StoreError.notFound {
      return StoredState()
    } catch StoreError.olderSchema where !options.isDryRun {
      return try IndexWriter(options.location, lockTimeout: options.lockTimeout).read { try StoredState($0) }
    }
  }

  /// The model, opened where vectors may be needed: before any work, so that its absence costs nothing.
  private func openBackend(
    _ plan: RunPlan, _ state: StoredState, _ key: String?
  ) throws(IndexError) -> EmbeddingSource.Backend? {
    guard let embedding, !options.isDryRun else { return nil }
    let isComplete = state.vectorsComplete == state.generation && state.generation > 0
    let isOther = key != nil && key != state.vectorKey
    guard plan.needsAnalysis || !isComplete || isOther || options.allVectors else { return nil }
    return try embedding.open()
  }

  private func isWorkNeeded(_ plan: RunPlan, needsVectors: Bool) -> Bool {
    !plan.work.isEmpty || !plan.refreshed.isEmpty || needsVectors || plan.generation == 0
  }

  /// Removing and listing files takes no vector away: what was complete stays so.
  private func keepCompleteness(_ state: StoredState, _ plan: RunPlan, _ writer: IndexWriter) throws {
    guard !plan.needsAnalysis, !plan.work.isEmpty, state.vectorsComplete == state.generation else { return }
    try writer.setMeta(MetaKey.vectorsComplete, String(state.generation + 1))
  }

  private func summary(
    of plan: RunPlan, _ state: StoredState, _ clock: StageClock, isPlanned: Bool = false
  ) -> IndexSummary {
    var summary = IndexSummary()
    summary.generation = plan.generation
    summary.files = plan.kept
    summary.statuses = plan.keptStatuses
    summary.excluded = plan.excludedCount
    summary.givenUp = plan.givenUp
    summary.failures = plan.keptFailures.map { IndexSummary.Failure($0) }
    summary.stages = clock.stages
    if isPlanned {
      for work in plan.work {
        summary.files[work.reason, default: 0] += 1
        summary.events.append(.init(path: work.path, reason: work.reason, status: nil))
      }
    }
    return summary
  }

  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Measures one stage after the other.
struct StageClock {
  private(set) var stages: [IndexSummary.Stage] = []
  private var last = ContinuousClock.now

  mutating func end(_ name: String) {
    let now = ContinuousClock.now
    let seconds = last.duration(to: now) / .seconds(1)
    stages.append(.init(name: name, seconds: seconds))
    last = now
  }
}

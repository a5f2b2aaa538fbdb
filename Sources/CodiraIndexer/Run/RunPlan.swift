import CodiraDigest
import CodiraModel
import CodiraPlanner
import CodiraPluginHost
import CodiraStore

/// Everything a run has to do, known before it writes anything.
struct RunPlan: Sendable {
  /// A file to read or list, in path order.
  struct Work: Sendable {
    enum Action: Sendable {
      case analyze
      case list(FileStatus)
      case remove
    }

    var path: RepositoryPath
    var action: Action
    var reason: FileReason
    /// nil for a removed file.
    var entry: RepositoryScan.Entry?
    /// Its analyzer's place in the inventory; nil where none owns it.
    var analyzer: Int?
    /// What the index has of it.
    var row: FileRow?

    /// Bytes to read, and one for the file itself.
    var byteCount: Int {
      guard case .analyze = action, let entry else { return 1 }
      return Int(entry.stat.size) + 1
    }
  }

  var work: [Work] = []
  /// Files whose bytes turned out the same, with what to remember of them.
  var refreshed: [(file: Int64, stat: StatKey)] = []
  var kept: [FileReason: Int] = [:]
  var excludedCount = 0
  /// By place in the inventory.
  var keys: [ReuseKey] = []
  var views: [ProjectView] = []
  /// The generation it was made for.
  var generation: Int64 = 0
  /// By the id of an analyzer that was switched off, the files it had read that are given up now.
  var givenUp: [String: Int] = [:]
  var keptFailures: [FileRow] = []
  var keptStatuses: [FileStatus: Int] = [:]

  var needsAnalysis: Bool {
    work.contains { if case .analyze = $0.action { true } else { false } }
  }
}

/// What the index knows, as far as planning needs it.
struct StoredState: Sendable {
  var generation: Int64 = 0
  var files: [FileRow] = []
  var analyzers: [Int64: AnalyzerRow] = [:]
  var recipe: UInt32 = 0
  var textRecipe: UInt32 = 0
  /// Key of the model its vectors are of, and the generation for which none is missing.
  var vectorKey = ""
  var vectorsComplete: Int64 = -1
  /// Whether the vectors are all there, but not in the form that searches read.
  var lacksVectorCodes = false

  init() {}

  init(_ snapshot: Snapshot) throws {
    generation = try snapshot.generation()
    files = try snapshot.files()
    analyzers = Dictionary(uniqueKeysWithValues: try snapshot.analyzers().map { ($0.id, $0) })
    recipe = UInt32(try snapshot.meta(MetaKey.recipe) ?? "") ?? 0
    textRecipe = UInt32(try snapshot.meta(MetaKey.textRecipe) ?? "") ?? 0
    vectorKey = try snapshot.meta(MetaKey.vectorKey) ?? ""
    vectorsComplete = Int64(try snapshot.meta(MetaKey.vectorsComplete) ?? "") ?? -1
    lacksVectorCodes = try snapshot.lacksVectorCodes()
  }

  func known(_ row: FileRow) -> KnownFile {
    let key = row.analyzer.flatMap { analyzers[$0] }.map { analyzer in
      ReuseKey(
        analyzer: analyzer.descriptor.id, digest: analyzer.digest, abiVersion: analyzer.descriptor.abiVersion,
        configuration: analyzer.configuration, project: analyzer.project, recipe: recipe)
    }
    return KnownFile(
      status: row.status, stat: row.stat, key: key, timeouts: row.timeouts, isRead: row.content != nil,
      textRecipe: textRecipe, isSetAside: row.errorCode == AnalysisFailure.setAsideCode)
  }
}

/// What runs remember in the index beside files.
enum MetaKey {
  static let recipe = "recipe"
  static let textRecipe = "text_recipe"
  static let vectorKey = "vector_key"
  static let vectorsComplete = "vectors_complete"
}

/// Makes the plan from a scan, the inventory and what the index knows.
struct RunPlanner {
  let options: IndexOptions
  let inventory: AnalyzerInventory

  func plan(_ scan: RepositoryScan, state: StoredState) throws(IndexError) -> RunPlan {
    var plan = RunPlan()
    plan.generation = state.generation
    plan.excludedCount = scan.excluded.count
    for analyzer in inventory.analyzers {
      let view = ProjectView(analyzer.descriptor.projectInterests, in: scan.entries)
      plan.views.append(view)
      plan.keys.append(
        ReuseKey(
          analyzer: analyzer.descriptor.id, digest: analyzer.digest,
          abiVersion: analyzer.descriptor.abiVersion,
          configuration: SHA256.hash(Array(analyzer.configuration.utf8)), project: view.hash,
          recipe: PayloadRecipe.version))
    }
    try checkAnalyzers(state)
    merge(scan, state, into: &plan)
    return plan
  }

  /// An analyzer that files were read with and that is gone would silently take their symbols away.
  private func checkAnalyzers(_ state: StoredState) throws(IndexError) {
    if options.allowsMissingAnalyzers { return }
    let available = Set(inventory.analyzers.map(\.descriptor.id)).union(inventory.disabled)
    var missing: [String: String] = [:]
    for analyzer in state.analyzers.values where !available.contains(analyzer.descriptor.id) {
      let id = analyzer.descriptor.id
      let refusal = inventory.refused.first { $0.key.hasSuffix("libcodira-\(id).so") }
      missing[id] = refusal.map { "\($0.key): \($0.value)" } ?? "no plugin gives it"
    }
    if !missing.isEmpty { throw .analyzersMissing(missing) }
  }

  private func merge(_ scan: RepositoryScan, _ state: StoredState, into plan: inout RunPlan) {
    let planner = FilePlanner(
      isForced: options.isFull, available: Set(inventory.analyzers.map(\.descriptor.id)),
      textRecipe: TextChunks.version,
      setAside: Set(inventory.analyzers.filter(\.isSetAside).map(\.descriptor.id)))
    let ownership = Ownership(
      inventory.analyzers.map(\.descriptor), owners: inventory.owners, paths: scan.entries.lazy.map(\.path))
    var rows = state.files[...]
    for entry in scan.entries {
      while let row = rows.first, row.path < entry.path {
        remove(rows.removeFirst(), scan, planner, &plan)
      }
      let row = rows.first.flatMap { $0.path == entry.path ? $0 : nil }
      if row != nil { rows.removeFirst() }
      decide(entry, row, state, planner, ownership, &plan)
    }
    while let row = rows.popFirst() { remove(row, scan, planner, &plan) }
  }

  private func remove(_ row: FileRow, _ scan: RepositoryScan, _ planner: FilePlanner, _ plan: inout RunPlan) {
    guard case .remove(let reason) = planner.decideMissing(isExcluded: scan.excluded[row.path] != nil) else {
      return
    }
    plan.work.append(RunPlan.Work(path: row.path, action: .remove, reason: reason, row: row))
  }

  private func decide(
    _ entry: RepositoryScan.Entry, _ row: FileRow?, _ state: StoredState, _ planner: FilePlanner,
    _ ownership: Ownership, _ plan: inout RunPlan
  ) {
    let owner = ownership.owner(of: entry)
    let known = row.map(state.known)
    let observed = ObservedFile(
      stat: entry.stat, key: owner.map { plan.keys[$0] },
      isTooLarge: owner.map { isTooLarge(entry, $0) } ?? false,
      isText: owner == nil && TextFiles.isRead(entry.path, size: entry.stat.size))
    var work = RunPlan.Work(
      path: entry.path, action: .analyze, reason: .unchanged, entry: entry, analyzer: owner, row: row)
    var decision = planner.decide(observed, known: known)
    if case .compare = decision, let row, let known { decision = compare(entry, row, known, planner, &plan) }
    switch decision {
    case .keep(let reason):
      plan.kept[reason, default: 0] += 1
      guard let row else { return }
      plan.keptStatuses[row.status, default: 0] += 1
      if row.status.isFailure { plan.keptFailures.append(row) }
      return
    case .analyze(let reason): work.reason = reason
    case .list(let status, let reason):
      work.action = .list(status)
      work.reason = reason
    case .compare, .remove: return
    }
    if let before = known?.key?.analyzer, inventory.disabled.contains(before) {
      plan.givenUp[before, default: 0] += 1
    }
    plan.work.append(work)
  }

  /// Hashes the file as it is now against what is stored.
  private func compare(
    _ entry: RepositoryScan.Entry, _ row: FileRow, _ known: KnownFile, _ planner: FilePlanner,
    _ plan: inout RunPlan
  ) -> FileDecision {
    do {
      let (bytes, status) = try SystemFile.read(entry.systemPath)
      let isSame = row.content == SHA256.hash(bytes)
      if isSame {
        plan.refreshed.append((row.id, SystemFile.key(status, recorded: entry.stat.recorded)))
      }
      return planner.afterComparing(known, isSame: isSame)
    } catch {
      return planner.afterComparing(known, isSame: row.status == .unreadable)
    }
  }

  private func isTooLarge(_ entry: RepositoryScan.Entry, _ analyzer: Int) -> Bool {
    let own = inventory.analyzers[analyzer].descriptor.largestFile
    let limit = own == 0 ? options.largestFile : min(options.largestFile, Int64(clamping: own))
    return entry.stat.size > limit
  }
}

import CodiraModel
import CodiraPlanner
import CodiraStore

/// Analyzes what the plan says and writes it, as one generation.
struct StructureStage {
  let options: IndexOptions
  let inventory: AnalyzerInventory
  let plan: RunPlan
  let observe: (IndexProgress) -> Void
  /// Files that may be analyzed ahead of the one being written.
  private static let lookAhead = 128

  func run(_ writer: IndexWriter, summary: inout IndexSummary) throws {
    let needed = Set(plan.work.compactMap(\.analyzer))
    let analyzers = inventory.analyzers.indices.map { place in
      needed.contains(place) ? inventory.prepare(place, plan.views[place].files) : nil
    }
    let preparation = FilePreparation(inventory: inventory, analyzers: analyzers)
    var counted = summary
    do {
      try writer.writeStructure(replacingAll: options.isFull) { structure in
        try structure.setMeta(MetaKey.recipe, String(PayloadRecipe.version))
        try structure.setMeta(MetaKey.textRecipe, String(TextChunks.version))
        let rows = try needed.reduce(into: [Int: Int64]()) { rows, place in
          rows[place] = try structure.analyzer(row(of: place))
        }
        let work = plan.work
        let sizes = work.map(\.byteCount)
        var progress = IndexProgress(
          stage: .analyze, done: 0, total: work.count, totalWork: sizes.reduce(0, +))
        try OrderedPipeline.run(
          count: work.count, threads: options.jobs, window: Self.lookAhead,
          make: { preparation.prepare(work[$0]) },
          consume: { index, prepared in
            try write(work[index], prepared, rows, structure, &counted)
            progress.done += 1
            progress.work += sizes[index]
            observe(progress)
          })
      }
    } catch {
      inventory.finish(true)
      throw error
    }
    inventory.finish(false)
    summary = counted
    summary.isChanged = true
  }

  private func row(of place: Int) -> AnalyzerRow {
    let key = plan.keys[place]
    return AnalyzerRow(
      digest: key.digest, configuration: key.configuration, project: key.project,
      descriptor: inventory.analyzers[place].descriptor)
  }

  private func write(
    _ work: RunPlan.Work, _ prepared: PreparedFile, _ analyzers: [Int: Int64], _ structure: StructureWriter,
    _ summary: inout IndexSummary
  ) throws {
    try Interruption.check()
    summary.files[work.reason, default: 0] += 1
    switch prepared.outcome {
    case .stop(let error): throw error
    case .vanished:
      if let row = work.row, !options.isFull {
        summary.removedSymbols += row.symbolCount
        try structure.remove(file: row.id)
      }
      summary.events.append(.init(path: work.path, reason: work.reason, status: nil))
    case .file(var file):
      file.row.analyzer = work.analyzer.flatMap { analyzers[$0] }
      if options.isFull { file.row.id = 0 }
      try difference(&file, structure, &summary)
      try structure.put(file)
      count(file.row, work.reason, &summary)
    }
  }

  /// Says of every symbol what became of it; one whose payload stayed keeps the generation it is from.
  private func difference(
    _ file: inout StoredFile, _ structure: StructureWriter, _ summary: inout IndexSummary
  ) throws {
    let old = file.row.id == 0 ? [] : try structure.snapshot.symbolHistory(of: file.row.id)
    if old.isEmpty {
      for index in file.symbols.indices { file.symbols[index].reason = SymbolChange.added.rawValue }
      summary.symbols[.added, default: 0] += file.symbols.count
      return
    }
    let plan = SymbolPlan(
      old: old.map { .init(id: $0.id, payload: $0.payload) },
      new: file.symbols.map { .init(id: $0.symbol.id, payload: $0.payload?.hash) })
    for (index, change) in plan.changes.enumerated() {
      if change == .samePayload, let previous = plan.previous[index] {
        file.symbols[index].generation = old[previous].generation
        file.symbols[index].reason = old[previous].reason
      } else {
        file.symbols[index].reason = change.rawValue
      }
      summary.symbols[change, default: 0] += 1
    }
    summary.removedSymbols += plan.removed
  }

  private func count(_ row: FileRow, _ reason: FileReason, _ summary: inout IndexSummary) {
    summary.statuses[row.status, default: 0] += 1
    summary.events.append(.init(path: row.path, reason: reason, status: row.status))
    if row.status.isFailure { summary.failures.append(.init(row)) }
  }
}

extension IndexSummary.Failure {
  init(_ row: FileRow) {
    self.init(
      path: row.path, status: row.status, code: row.errorCode ?? row.status.name,
      message: row.errorMessage ?? "")
  }
}

import CodiraDigest
import CodiraModel
import CodiraPlanner
import CodiraPluginHost
import CodiraStore

/// A file read and analyzed, ready for the writer: everything that takes time is done on the analyzing
/// threads.
struct PreparedFile: Sendable {
  enum Outcome: Sendable {
    case file(StoredFile)
    /// It went away after the scan.
    case vanished
    /// The run cannot go on.
    case stop(IndexError)
  }

  var outcome: Outcome
}

/// Turns one piece of planned work into what is stored.
struct FilePreparation: Sendable {
  let inventory: AnalyzerInventory
  /// By place in the inventory, where some file needs it.
  let analyzers: [AnalyzerInventory.Analyze?]

  func prepare(_ work: RunPlan.Work) -> PreparedFile {
    guard let entry = work.entry else { return PreparedFile(outcome: .vanished) }
    var row = FileRow(id: work.row?.id ?? 0, path: work.path, status: .unowned, reason: work.reason.rawValue)
    if let analyzer = work.analyzer {
      row.language = inventory.analyzers[analyzer].descriptor.language(ofFileNamed: work.path.name)
    }
    if case .list(let status) = work.action {
      row.status = status
      return PreparedFile(outcome: .file(StoredFile(row: row)))
    }
    let bytes: [UInt8]
    do throws(SystemFile.Failure) {
      let (content, status) = try SystemFile.read(entry.systemPath)
      bytes = content
      row.stat = SystemFile.key(status, recorded: entry.stat.recorded)
    } catch {
      if error.isAbsent { return PreparedFile(outcome: .vanished) }
      row.status = .unreadable
      row.errorCode = "unreadable"
      row.errorMessage = error.reason
      return PreparedFile(outcome: .file(StoredFile(row: row)))
    }
    row.content = SHA256.hash(bytes)
    if Interruption.isRequested { return PreparedFile(outcome: .stop(.interrupted())) }
    guard let place = work.analyzer, let analyze = analyzers[place] else { return text(row, bytes) }
    switch analyze(work.path, bytes) {
    case .success(let artifacts): return stored(row, artifacts, bytes)
    case .failure(let failure): return failed(row, failure, work, place, bytes)
    }
  }

  /// A file that no analyzer reads, or that its analyzer failed on, is found by its text.
  private func text(_ row: FileRow, _ bytes: [UInt8]) -> PreparedFile {
    PreparedFile(outcome: .file(StoredFile(row: row, chunks: TextChunks.chunks(of: bytes))))
  }

  private func stored(_ row: FileRow, _ artifacts: FileArtifacts, _ bytes: [UInt8]) -> PreparedFile {
    var row = row
    guard artifacts.symbols.count < SymbolRow.limit, artifacts.documentation.count < SymbolRow.limit,
      let names = try? artifacts.references.postingNames()
    else {
      row.status = .failed
      row.errorCode = "too_many_symbols"
      row.errorMessage = "the analyzer reported \(artifacts.symbols.count) symbols"
      return PreparedFile(outcome: .file(StoredFile(row: row)))
    }
    row.status = artifacts.isPartial ? .partial : .indexed
    let symbols = bytes.withUnsafeBytes { source in
      artifacts.symbols.map { StoredSymbol(symbol: $0, payload: PayloadRecipe.payload(of: $0, in: source)) }
    }
    return PreparedFile(
      outcome: .file(
        StoredFile(
          row: row, symbols: symbols, references: artifacts.references, postingNames: names,
          documentation: artifacts.documentation, diagnostics: artifacts.diagnostics)))
  }

  private func failed(
    _ row: FileRow, _ failure: AnalysisFailure, _ work: RunPlan.Work, _ place: Int, _ bytes: [UInt8]
  ) -> PreparedFile {
    var row = row
    row.status = .failed
    row.errorCode = failure.code
    row.errorMessage = failure.description
    switch failure {
    case .stopped: return PreparedFile(outcome: .stop(.interrupted()))
    case .unavailable(let reason):
      if Interruption.isRequested { return PreparedFile(outcome: .stop(.interrupted())) }
      return PreparedFile(
        outcome: .stop(.analyzerLost(id: inventory.analyzers[place].descriptor.id, reason: reason)))
    case .timedOut:
      row.status = .timedOut
      row.timeouts = (work.reason == .timedOutBefore ? work.row?.timeouts ?? 0 : 0) + 1
    case .notMine:
      row.status = .unowned
      row.errorCode = nil
      row.errorMessage = nil
    default: break
    }
    return text(row, bytes)
  }
}

import CodiraModel
import CodiraPluginHost

extension RawArtifacts {
  /// The lines of a corpus file.
  var text: String {
    let artifacts = FileArtifacts(
      isPartial: outcome == .partial, symbols: symbols, references: PackedReferences(references),
      documentation: documentation, diagnostics: diagnostics)
    return (try? ArtifactText.lines(artifacts)) ?? ""
  }

  /// What tells two reports apart: the first line that one has and the other lacks, on each side.
  func difference(to other: RawArtifacts) -> (old: String, new: String) {
    if outcome != other.outcome { return ("\(outcome)", "\(other.outcome)") }
    let lines = LineDifference.between(text, other.text).sorted { $0.number < $1.number }
    let old = lines.first { !$0.isNew }?.text
    let new = lines.first { $0.isNew }?.text
    return (old ?? "nothing", new ?? (old == nil ? "something that corpus text does not show" : "nothing"))
  }
}

extension Symbol {
  /// Where a person finds it.
  var place: String { "\(range.start.line):\(range.start.column) \(kind.name) \(name)" }
}

extension Reference {
  var place: String { "\(range.start.line):\(range.start.column) \(role.name) of \(name)" }
}

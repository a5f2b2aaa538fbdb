import CodiraPluginHost

extension OwnerProblem {
  /// The problem in words, without where it was written.
  var text: String {
    switch self {
    case .unknownAnalyzer(_, let analyzer, _): "names the analyzer `\(analyzer)`, which is not installed"
    case .notClaimed(let claim, let analyzer, let claimants):
      claimants.isEmpty
        ? "gives `\(claim)` to `\(analyzer)`, and no analyzer claims that"
        : "gives `\(claim)` to `\(analyzer)`, which does not claim it"
    }
  }

  var cure: String {
    switch self {
    case .unknownAnalyzer(_, let analyzer, let known):
      NearestName.of(analyzer, among: known).map { "Did you mean `\($0)`?" }
        ?? "`codira plugins list` shows the analyzers there are."
    case .notClaimed(_, let analyzer, let claimants):
      claimants.isEmpty
        ? "`codira plugins info \(analyzer)` shows what it claims."
        : "Name \(claimants.map { "`\($0)`" }.joined(separator: " or ")), or take the line out."
    }
  }

  /// As an error of the file that the choice stands in.
  func failure(_ configuration: Configuration) -> CommandFailure {
    let place = configuration.owners[claim].map { $0.origin.text + ": " } ?? ""
    let code = if case .unknownAnalyzer = self { "unknown_analyzer" } else { "unknown_claim" }
    return CommandFailure(.usage, code: code, "\(place)`owners.\"\(claim)\"` \(text).", hint: cure)
  }
}

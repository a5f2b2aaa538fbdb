import CodiraModel

/// What people decided about analyzers: which are not to be used, and who owns what several claim.
package struct PluginChoices: Hashable, Sendable {
  /// Analyzer ids; a plugin that is named for a run is used nevertheless.
  package var disabled: Set<String>
  /// By suffix, exact file name or interpreter, the id of the analyzer that takes it.
  package var owners: [String: String]

  package init(disabled: Set<String> = [], owners: [String: String] = [:]) {
    self.disabled = disabled
    self.owners = owners
  }
}

/// A choice of owner that nothing comes of.
package enum OwnerProblem: Hashable, Sendable {
  /// No plugin has that id; `known` are the ids there are.
  case unknownAnalyzer(claim: String, analyzer: String, known: [String])
  /// The analyzer does not claim it; `claimants` do.
  case notClaimed(claim: String, analyzer: String, claimants: [String])

  package var claim: String {
    switch self {
    case .unknownAnalyzer(let claim, _, _), .notClaimed(let claim, _, _): claim
    }
  }
}

extension AnalyzerDescriptor {
  /// Whether it asks for files of that suffix, exact name or interpreter.
  package func claims(_ claim: String) -> Bool {
    suffixes.contains(claim) || fileNames.contains(claim) || interpreters.contains(claim)
  }
}

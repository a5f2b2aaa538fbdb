import CodiraModel

/// One candidate of the catalog and what became of it.
package struct PluginEntry: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case loaded(Plugin)
    /// It loads, and another plugin with its analyzer id came first.
    case shadowed(Plugin, by: String)
    case refused(PluginRefusal, digest: ContentHash?)
    /// The user does not want this analyzer; what is known of it without running it.
    case disabled(id: String, Plugin?)
  }

  package let origin: PluginLocation.Origin
  /// Absolute and free of links, where the file is there.
  package let path: String
  package let state: State
  /// Why it is not asked, although it loads; known where the catalog was given the quarantine.
  package var setAside: SetAsideAnalyzer?

  /// What it says of itself, used or not.
  package var plugin: Plugin? {
    switch state {
    case .loaded(let plugin), .shadowed(let plugin, _): plugin
    case .disabled(_, let plugin): plugin
    case .refused: nil
    }
  }

  /// The id it gives itself; of one that does not load, the one that its file is named after.
  package var analyzerID: String? {
    if case .disabled(let id, _) = state { return id }
    return plugin?.descriptor.id ?? PluginLocation.analyzerID(ofFile: path)
  }

  /// SHA-256 of its file, where it was read.
  package var digest: ContentHash? {
    if case .refused(_, let digest) = state { return digest }
    return plugin?.digest
  }
}

/// A suffix, file name or interpreter that several plugins claim.
package struct PluginConflict: Hashable, Sendable {
  package let claim: String
  /// Analyzer id of the one that has it.
  package let owner: String
  /// Analyzer ids of the others, in order.
  package let others: [String]

  /// A suffix, which belongs to several: their other files say which takes what, and `owner` has the rest.
  package let isShared: Bool

  /// The configuration says that `owner` has it.
  package let isChosen: Bool
}

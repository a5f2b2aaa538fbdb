import CodiraModel

/// One candidate of the catalog and what became of it.
package struct PluginEntry: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case loaded(Plugin)
    /// It loads, and another plugin with its analyzer id came first.
    case shadowed(Plugin, by: String)
    case refused(PluginRefusal, digest: ContentHash?)
  }

  package let origin: PluginLocation.Origin
  /// Absolute and free of links, where the file is there.
  package let path: String
  package let state: State

  /// What it says of itself, used or not.
  package var plugin: Plugin? {
    switch state {
    case .loaded(let plugin), .shadowed(let plugin, _): plugin
    case .refused: nil
    }
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
}

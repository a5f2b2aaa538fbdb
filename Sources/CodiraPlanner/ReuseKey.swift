import CodiraModel

/// What the artifacts of a file depend on besides its path and bytes.
///
/// Nothing else can make them stale.
package struct ReuseKey: Hashable, Sendable {
  /// The analyzer's id.
  package var analyzer: String
  /// SHA-256 of its shared object.
  package var digest: ContentHash
  package var abiVersion: UInt32
  package var configuration: ContentHash
  /// SHA-256 over the files it asked to know.
  package var project: ContentHash
  /// The version of what the host makes of artifacts.
  package var recipe: UInt32

  package init(
    analyzer: String, digest: ContentHash, abiVersion: UInt32, configuration: ContentHash,
    project: ContentHash,
    recipe: UInt32
  ) {
    self.analyzer = analyzer
    self.digest = digest
    self.abiVersion = abiVersion
    self.configuration = configuration
    self.project = project
    self.recipe = recipe
  }

  /// Why artifacts made under `self` are stale under `other`; nil where they are not.
  package func reason(against other: ReuseKey) -> FileReason? {
    if analyzer != other.analyzer { return .ownerChanged }
    if digest != other.digest || abiVersion != other.abiVersion { return .analyzerChanged }
    if configuration != other.configuration { return .configurationChanged }
    if project != other.project { return .projectChanged }
    if recipe != other.recipe { return .recipeChanged }
    return nil
  }
}

/// A file that identities depend on, as the analyzer asked for it.
package struct ProjectFile: Hashable, Sendable {
  package var path: String
  /// nil where only the path was asked for.
  package var bytes: [UInt8]?

  package init(path: String, bytes: [UInt8]? = nil) {
    self.path = path
    self.bytes = bytes
  }
}

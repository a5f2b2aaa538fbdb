import CodiraModel

/// A plugin that loads: its file, what that file held, and what the analyzer says of itself.
package struct Plugin: Hashable, Sendable {
  package let path: String
  /// SHA-256 of the shared object.
  package let digest: ContentHash
  package let descriptor: AnalyzerDescriptor

  package init(path: String, digest: ContentHash, descriptor: AnalyzerDescriptor) {
    self.path = path
    self.digest = digest
    self.descriptor = descriptor
  }
}

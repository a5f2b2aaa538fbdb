import CodiraStore

/// What a run is asked to do.
package struct IndexOptions: Sendable {
  package var root: String
  package var location: IndexLocation
  /// Analyzer processes at a time.
  package var jobs = 2
  package var usesGit = true
  /// Index a home directory or the root of the file system, too.
  package var force = false
  /// Read every file again.
  package var isFull = false
  /// Plan only.
  package var isDryRun = false
  package var computesVectors = true
  /// Compute every vector again.
  package var allVectors = false
  package var allowsMissingAnalyzers = false
  /// Bytes; larger files are listed, not analyzed.
  package var largestFile: Int64 = 4 << 20
  /// Seconds to wait for another writer.
  package var lockTimeout = 10.0

  package init(root: String, location: IndexLocation) {
    self.root = root
    self.location = location
  }

  var place: RepositoryScan.Place {
    RepositoryScan.Place(root: root, usesGit: usesGit, force: force, indexDirectory: location.directory)
  }
}

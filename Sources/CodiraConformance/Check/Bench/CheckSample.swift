import CodiraModel
import CodiraPluginHost

/// A source that an analyzer is tested with.
package struct CheckSample: Sendable {
  /// What the analyzer is told.
  package var path: String
  package var bytes: [UInt8]
  /// What people are told.
  package var title: String
  package var setup: SampleSetup

  package init(path: String, bytes: [UInt8], title: String? = nil, setup: SampleSetup = SampleSetup()) {
    self.path = path
    self.bytes = bytes
    self.title = title ?? path
    self.setup = setup
  }

  /// The cases of a corpus file; one without a path is the file `path`.
  package static func corpus(_ file: String, _ text: String, path: String) -> [CheckSample] {
    CorpusCase.parse(text).map { item in
      CheckSample(
        path: item.path.isEmpty ? path : item.path, bytes: Array(item.source.utf8),
        title: "\(file): \(item.title)",
        setup: SampleSetup(
          configuration: item.configuration.isEmpty ? "{}" : item.configuration,
          projectFiles: item.projectFiles))
    }
  }

  /// The same file with other bytes, and a title that says what was done.
  func edited(_ bytes: [UInt8], _ what: String) -> CheckSample {
    var copy = self
    copy.bytes = bytes
    copy.title = "\(title), \(what)"
    return copy
  }

  var lines: LineTable { bytes.withUnsafeBytes { LineTable($0) } }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  func contains(_ text: String) -> Bool { bytes.firstRange(of: Array(text.utf8)) != nil }
}

/// What an instance is created with.
package struct SampleSetup: Hashable, Sendable {
  package var configuration: String
  package var projectFiles: [ProjectFile]

  package init(configuration: String = "{}", projectFiles: [ProjectFile] = []) {
    self.configuration = configuration
    self.projectFiles = projectFiles
  }
}

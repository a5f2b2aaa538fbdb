import CCodiraAnalyzer
import CodiraModel

/// The file being analyzed: its path and bytes, borrowed until `analyze` returns.
public struct Source {
  /// Relative to the repository, `/` between components.
  public let path: Text
  public let bytes: UnsafeRawBufferPointer
  let bytesForParsing: UnsafeRawBufferPointer
  let sink: UnsafePointer<codira_sink>?

  package init(
    path: Text, bytes: UnsafeRawBufferPointer, bytesForParsing: UnsafeRawBufferPointer,
    sink: UnsafePointer<codira_sink>?
  ) {
    self.path = path
    self.bytes = bytes
    self.bytesForParsing = bytesForParsing
    self.sink = sink
  }

  /// The bytes of a node as they stand in the file.
  @inlinable
  public func text<G: Grammar>(_ node: SyntaxNode<G>) -> Text { text(node.start, node.end) }

  @inlinable
  public func text(_ start: UInt32, _ end: UInt32) -> Text {
    Text(UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(end)]))
  }

  /// Whether the host no longer wants the result: return `.stopped` then.
  public var shouldStop: Bool {
    guard let sink else { return false }
    return sink.pointee.should_stop(sink.pointee.context) != 0
  }

  /// Whether the file is UTF-16, by its byte order mark: such files are not analyzed.
  static func isUTF16(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 2 else { return false }
    return (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)
  }
}

/// The files of the repository that the analyzer asked for, sorted by path; valid as long as the analyzer lives.
public struct Project {
  public struct File {
    public let path: Text
    /// nil where only the path was asked for.
    public let bytes: UnsafeRawBufferPointer?
  }

  public let files: [File]

  init(_ project: UnsafePointer<codira_project>?) {
    guard let project = project?.pointee, let list = project.files else {
      files = []
      return
    }
    files = (0..<project.file_count).compactMap { index in
      guard let file = list[index]?.pointee else { return nil }
      return File(
        path: Text(raw: file.path),
        bytes: file.bytes.map { UnsafeRawBufferPointer(start: $0, count: file.byte_count) })
    }
  }
}

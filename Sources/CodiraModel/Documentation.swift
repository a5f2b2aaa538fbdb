/// A piece of documentation: a module's docstring, a section of a document.
public struct Documentation: Hashable, Sendable {
  public var id: StableID
  /// The symbol it describes, or empty.
  public var owner: StableID
  /// `plain`, `markdown`, `restructuredtext`, `doxygen`.
  public var format: String
  /// Heading path from the outermost.
  public var headings: [String]
  public var text: String
  public var range: SourceRange

  public init(
    id: StableID, owner: StableID = StableID(""), format: String, headings: [String] = [], text: String,
    range: SourceRange
  ) {
    self.id = id
    self.owner = owner
    self.format = format
    self.headings = headings
    self.text = text
    self.range = range
  }
}

/// Something an analyzer has to say about a place in a source.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: UInt8, CaseIterable, Sendable {
    case note = 1
    case warning
    case error

    public var name: String { "\(self)" }
  }

  public var severity: Severity
  /// Short and stable, for programs.
  public var code: String
  public var message: String
  public var range: SourceRange

  public init(severity: Severity, code: String, message: String, range: SourceRange) {
    self.severity = severity
    self.code = code
    self.message = message
    self.range = range
  }
}

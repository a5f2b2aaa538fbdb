import CodiraModel

/// Collects the parts of one document, and reports them: sections nested by level, each with its own text.
///
///     let outline = DocumentOutline(source, output, language: "markdown", format: "markdown")
///     outline.open(DocumentPart(.section(1), title: "Install", …))
///     outline.finish()
///
/// The document is a module named by its path; a part is a type in what it stands in, named by its title, with an
/// ordinal where that has an equal one. A part's payload and documentation are its own text, without the parts
/// inside it; the first paragraph is the documentation that its symbol carries. A part without text of its own has no
/// payload.
public final class DocumentOutline {
  struct Node {
    var part: DocumentPart
    var parent: Int
    var end: UInt32
    var pieces: [ByteSpan] = []
    var id = Text.empty
    var qualifiedName = Text.empty
    var children: UInt32
  }

  struct Code {
    var part: Int
    var language: Text
    var span: ByteSpan
  }

  struct Label {
    var part: Int
    var target: UInt32
    var id: Text
    var name: Text
    var span: ByteSpan
    var nameSpan: ByteSpan
  }

  struct Link {
    var part: Int
    var name: Text
    var target: Text
    var span: ByteSpan
  }

  public let source: Source
  public let output: Output
  /// What the document says of itself beside its text: in place of its first paragraph.
  public var summary = Text.empty
  let language: String
  let format: Text
  var nodes: [Node] = []
  var codes: [Code] = []
  var labels: [Label] = []
  var links: [Link] = []
  private var stack: [Int] = []

  /// Begins with the document itself, whose text starts at `bodyStart`.
  public init(_ source: Source, _ output: Output, language: String, format: Text, bodyStart: UInt32) {
    self.source = source
    self.output = output
    self.language = language
    self.format = format
    let name = source.path.lastIndex(of: "/").map { source.path.dropFirst($0 + 1) } ?? source.path
    let part = DocumentPart(
      .section(0), title: name, signature: output.arena.join("document", " ", name), start: 0,
      bodyStart: bodyStart, nameStart: 0, nameEnd: 0)
    nodes.append(Node(part: part, parent: -1, end: 0, children: bodyStart))
    nodes[0].id = output.ids.document(language, path: source.path)
    nodes[0].qualifiedName = source.path
    stack.append(0)
  }

  /// The innermost open part.
  var current: Int { stack[stack.count - 1] }

  /// The id of the document.
  public var id: Text { nodes[0].id }

  /// Ends what it cannot stand in, and begins a part.
  public func open(_ part: DocumentPart) {
    var part = part
    part.title = DocumentPart.cutName(part.title)
    close(upTo: part.level, at: part.start)
    let parent = current
    nodes[parent].pieces.append(ByteSpan(start: nodes[parent].children, end: part.start))
    nodes.append(Node(part: part, parent: parent, end: part.start, children: part.bodyStart))
    stack.append(nodes.count - 1)
    if case .section = part.level {
      // What sets a title off is no text; the title itself is in the name.
      output.comments.append(ByteSpan(start: part.start, end: part.bodyStart))
    }
  }

  /// Ends the parts of that level and those inside them.
  public func close(upTo level: DocumentPart.Level, at end: UInt32) {
    while stack.count > 1, nodes[current].part.level >= level { pop(end) }
  }

  /// Leaves out bytes that are no text of the innermost part: a comment, a label.
  public func skip(_ span: ByteSpan) {
    output.comments.append(span)
    nodes[current].pieces.append(ByteSpan(start: nodes[current].children, end: span.start))
    nodes[current].children = span.end
  }

  /// A piece of code in the innermost part, and the language its author says it is in.
  public func code(_ language: Text, _ span: ByteSpan) {
    codes.append(Code(part: current, language: language, span: span))
  }

  /// A name that other documents point to by `id`, for the part that begins at `target`, else for the one that it
  /// stands in.
  public func label(_ name: Text, id: Text, _ span: ByteSpan, name nameSpan: ByteSpan, for target: UInt32) {
    labels.append(Label(part: current, target: target, id: id, name: name, span: span, nameSpan: nameSpan))
  }

  /// A pointer to what has the id `target`, written at `span`.
  public func link(_ name: Text, target: Text, _ span: ByteSpan) {
    links.append(Link(part: current, name: name, target: target, span: span))
  }

  /// Ends the document and gives everything to the output.
  public func finish() {
    let end = UInt32(source.bytes.count)
    while stack.count > 1 { pop(end) }
    nodes[0].pieces.append(ByteSpan(start: min(nodes[0].children, end), end: end))
    nodes[0].end = end
    output.comments.sort { $0.start < $1.start }
    report()
  }

  private func pop(_ end: UInt32) {
    let index = stack.removeLast()
    let node = nodes[index]
    nodes[index].pieces.append(ByteSpan(start: min(node.children, end), end: end))
    nodes[index].end = max(node.part.bodyStart, end)
    nodes[node.parent].children = nodes[index].end
  }
}

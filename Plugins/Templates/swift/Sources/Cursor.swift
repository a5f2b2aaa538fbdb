import CodiraAnalyzerKit

/// Where the reader is: the token to be read next, and the comment above it.
struct Cursor {
  /// Comment lines with nothing between them.
  struct Comment {
    var start: UInt32
    var end: UInt32
    var lastLine: UInt32
  }

  let source: Source
  let output: Output
  private(set) var token = Token()
  /// Where the token before ended.
  private(set) var lastEnd: UInt32 = 0
  private var scanner: Scanner
  private var comment: Comment?
  private var header: Comment?
  private var isPastHeader = false

  init(_ source: Source, _ output: Output) {
    self.source = source
    self.output = output
    scanner = Scanner(source)
    advance()
  }

  var isAtEnd: Bool { token.kind == .end }
  var isKeyword: Bool { isWord("fn") || isWord("type") || isWord("use") }
  var isName: Bool { token.kind == .word && !isKeyword }

  func isSign(_ sign: Unicode.Scalar) -> Bool { token.kind == .sign && token.text[0] == UInt8(ascii: sign) }

  func isWord(_ word: Text) -> Bool { token.kind == .word && token.text == word }

  /// Goes on to the next token that is no comment.
  mutating func advance() {
    if !isAtEnd { lastEnd = token.end }
    token = scanner.next()
    while token.kind == .comment {
      noteComment()
      token = scanner.next()
    }
    if token.isBroken { output.diagnose(.warning, code: "syntax", "This string does not end.", token.span) }
  }

  /// Goes on to the name behind the token, and passes it; nil, and a problem there, where there is none.
  mutating func readName(_ problem: String) -> Token? {
    let before = token.span
    advance()
    guard isName else {
      output.diagnose(.warning, code: "syntax", problem, before)
      return nil
    }
    let name = token
    advance()
    return name
  }

  /// What the comment directly above the token says.
  var documentation: Text {
    guard let comment, comment.lastLine + 1 == token.line else { return .empty }
    return text(comment)
  }

  /// Gives the first comment of the file to the module, unless a definition follows it at once.
  mutating func passHeader() {
    if isPastHeader { return }
    isPastHeader = true
    guard let header else { return }
    if header.lastLine + 1 == token.line, isKeyword, !isWord("use") { return }
    let words = text(header)
    output.symbols[0].documentation = words
    if words.isEmpty { return }
    let id = output.symbols[0].id
    output.documentation.append(
      DocumentationDraft(
        id: id, owner: id, format: "plain", text: words, start: header.start, end: header.end))
  }

  private mutating func noteComment() {
    output.comments.append(token.span)
    guard token.isFirstOnLine else {
      comment = nil
      return
    }
    var block = Comment(start: token.start, end: token.end, lastLine: token.line)
    if let comment, comment.lastLine + 1 == token.line { block.start = comment.start }
    comment = block
    if !isPastHeader, header == nil || header?.start == block.start { header = block }
  }

  /// What the lines of a comment say: without markers and one blank behind each.
  private func text(_ comment: Comment) -> Text {
    var words: [UInt8] = []
    for line in Lines(source, from: comment.start) {
      if line.start >= comment.end { break }
      if !words.isEmpty || line.start > comment.start { words.append(0x0A) }
      var text = source.text(line)
      while let first = text.bytes.first, Self.isBlank(first) { text = text.dropFirst(1) }
      while text.hasPrefix("#") { text = text.dropFirst(1) }
      if text.hasPrefix(" ") { text = text.dropFirst(1) }
      while let last = text.bytes.last, Self.isBlank(last) { text = text.dropLast(1) }
      words.append(contentsOf: text.bytes)
    }
    return output.arena.copy(words)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

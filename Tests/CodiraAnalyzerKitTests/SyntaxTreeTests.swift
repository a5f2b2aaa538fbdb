import CodiraAnalyzerKit
import Testing
import TreeSitterPython

private enum Python: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case async = "'async'"
    case call, identifier
    case function = "function_definition"
  }
  enum Field: String, CaseIterable {
    case none = ""
    case name, function
  }
  static var language: OpaquePointer { tree_sitter_python() }
}

@Suite struct SyntaxTreeTests {
  private let parser = SyntaxParser(Python.self, depthLimit: 50)

  private func withTree<Result>(
    _ text: StaticString, _ body: (Source, SyntaxTree<Python>) throws -> Result
  ) throws -> Result {
    let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    let source = Source(path: "a.py", bytes: bytes, bytesForParsing: bytes, sink: nil)
    let tree = try #require(parser.parse(source))
    return try body(source, tree)
  }

  @Test func nodesKnowTheirKindFieldAndNeighbours() throws {
    try withTree("# note\nasync def f(): g(h())\n") { source, tree in
      let function = try #require(tree.root.firstChild)
      #expect(function.kind == .function)
      #expect(function.child(of: .async) != nil)
      let name = try #require(function.child(.name))
      #expect(source.text(name) == "f")
      #expect(name.field == .name)
      #expect(name.parent == function)
      #expect(name.nextSibling?.parent == function)
      #expect(function.nextSibling == nil)
      let calls = tree.root.descendants.filter { $0.kind == .call }.map { source.text($0).description }
      #expect(calls == ["g(h())", "h()"])
      #expect(tree.comments == [ByteSpan(start: 0, end: 6)])
      #expect(tree.errors.isEmpty)
    }
  }

  @Test func brokenPartsAreKnown() throws {
    try withTree("def f(:\n  pass\nx = 1\n") { _, tree in #expect(!tree.errors.isEmpty) }
    try withTree("x = 1\n") { _, tree in #expect(tree.errors.isEmpty) }
    try withTree("") { _, tree in #expect(tree.root.firstChild == nil) }
  }

  @Test func bracketsWithoutPartnerAreBlankedBehindALimit() {
    func parsed(_ text: String) -> String {
      var brackets = OpenBrackets()
      return Array(text.utf8).withUnsafeBytes { bytes in
        brackets.blanked(bytes) { String(decoding: $0, as: UTF8.self) }
      }
    }
    let limit = OpenBrackets.limit
    let open = String(repeating: "(", count: limit)
    #expect(parsed("()[x]{}" + open + "[{(]x") == "()[x]{}" + open + "   ]x")
    #expect(parsed("a" + open + open + "b") == "a" + open + String(repeating: " ", count: limit) + "b")
    #expect(parsed(String(repeating: "]", count: limit + 2)) == String(repeating: "]", count: limit) + "  ")
    let balanced = String(repeating: "[", count: 3 * limit) + String(repeating: "]", count: 3 * limit)
    for text in [open, balanced, "(]", "}{"] { #expect(parsed(text) == text) }
  }

  @Test func whatIsRepeatedWithoutEndIsBlankedBehindALimit() {
    func parsed(_ text: String) -> String {
      var repetition = Repetition()
      return Array(text.utf8).withUnsafeBytes { bytes in
        repetition.blanked(bytes) { String(decoding: $0, as: UTF8.self) }
      }
    }
    let limit = Repetition.limit
    for unit in ["-", "not ", "lambda:", "a\n= "] {
      let kept = String(repeating: unit, count: limit)
      let blank = String(unit.map { $0 == "\n" ? $0 : " " })
      let text = "x;" + String(repeating: unit, count: 2 * Repetition.smallest) + "y"
      #expect(
        parsed(text) == "x;" + kept
          + String(repeating: blank, count: 2 * Repetition.smallest - limit) + "y")
    }
    let numbers = (0..<20_000).map { "\($0), " }.joined()
    let few = String(repeating: "-", count: Repetition.smallest - 1)
    for text in ["", numbers, String(repeating: " ", count: 200_000), few] { #expect(parsed(text) == text) }
  }

  @Test func whatIsTooDeepIsLeftOut() throws {
    let depth: StaticString =
      "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((x))))))))))))))))))))))))))))))))))))))))))))))))))))))))))"
    try withTree(depth) { _, tree in #expect(tree.isTooDeep) }
    try withTree("((x))") { _, tree in #expect(!tree.isTooDeep) }
  }

  @Test func whatWasBlankedIsSaidToBeLeftOut() throws {
    let units = [String(repeating: "x = 1\n", count: 4_000), String(repeating: ")", count: 4_000)]
    for (text, start) in zip(units, [3_000, OpenBrackets.limit]) {
      let bytes = Array(text.utf8)
      try bytes.withUnsafeBytes { bytes in
        let source = Source(path: "a.py", bytes: bytes, bytesForParsing: bytes, sink: nil)
        let tree = try #require(parser.parse(source))
        #expect(tree.tooDeep == ByteSpan(start: UInt32(start), end: UInt32(bytes.count)))
      }
    }
  }

  @Test func queriesCapture() throws {
    let query = try Query(Python.self, "(call function: (identifier) @callee) @call")
    #expect(query.captureNames == ["callee", "call"])
    try withTree("f(g(1))\n") { source, tree in
      let callees = query.captures(in: tree).filter { $0.index == 0 }
        .map { source.text($0.span.start, $0.span.end).description }
      #expect(callees == ["f", "g"])
    }
    #expect(throws: QueryError.malformed(offset: 1)) { try Query(Python.self, "(nothing) @x") }
    #expect(throws: QueryError.hasPredicate(name: "eq?")) {
      try Query(Python.self, "((identifier) @x (#eq? @x \"a\"))")
    }
  }
}

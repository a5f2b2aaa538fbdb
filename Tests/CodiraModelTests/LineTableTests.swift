import CodiraModel
import Testing

@Suite struct LineTableTests {
  @Test(
    arguments: [
      ("", 1), ("a", 1), ("a\n", 2), ("a\r\nb", 2), ("a\rb\n", 3), ("\r\r\n\n", 4), ("\n\r", 3),
    ])
  func lineEndsAreCounted(_ text: String, _ count: Int) {
    #expect(table(text).lineCount == count)
  }

  @Test func everyPlaceHasOneLineAndColumn() {
    let text = "ab\r\n\rcd\n\ne"
    let lines = table(text)
    for offset in 0...text.utf8.count {
      let place = lines.position(ofByte: offset)
      #expect(lines.holds(place))
      for (line, column) in [(1, 0), (0, 1), (-1, 0), (0, -1)] {
        let other = SourcePosition(
          offset: place.offset, line: UInt32(Int(place.line) + line),
          column: UInt32(Int(place.column) + column))
        #expect(!lines.holds(other))
      }
    }
    #expect(lines.position(ofByte: 3) == SourcePosition(offset: 3, line: 1, column: 4))
    #expect(lines.position(ofByte: 4) == SourcePosition(offset: 4, line: 2, column: 1))
  }

  @Test func faultsAreNamed() {
    let lines = table("ab\ncd")
    let start = lines.position(ofByte: 0)
    let end = lines.position(ofByte: 4)
    #expect(lines.fault(in: SourceRange(start: start, end: end)) == nil)
    #expect(lines.fault(in: SourceRange(start: end, end: start))?.contains("before its start") == true)
    let beyond = SourcePosition(offset: 9, line: 2, column: 7)
    #expect(
      lines.fault(in: SourceRange(start: start, end: beyond))?.contains("of a source of 5 bytes") == true)
    let wrong = SourcePosition(offset: 4, line: 2, column: 3)
    #expect(
      lines.fault(in: SourceRange(start: start, end: wrong))
        == "byte 4 is line 2, column 2, not line 2, column 3")
  }

  private func table(_ text: String) -> LineTable { Array(text.utf8).withUnsafeBytes { LineTable($0) } }
}

import CodiraAnalyzerKit
import Testing

@Suite struct PayloadSpansTests {
  private func symbol(_ kind: SymbolKind, _ start: UInt32, _ end: UInt32, docs: ByteSpan? = nil)
    -> SymbolDraft
  {
    var symbol = SymbolDraft(
      kind, id: "x a.", name: "a", qualifiedName: "a", start: start, end: end, nameStart: start,
      nameEnd: start)
    symbol.documentationSpan = docs
    return symbol
  }

  private func spans(_ symbols: [SymbolDraft], comments: [ByteSpan] = []) -> [[String]] {
    var payload = PayloadSpans()
    payload.compute(symbols, comments: comments)
    return payload.ranges.map { range in payload.spans[range].map { "\($0.start)-\($0.end)" } }
  }

  @Test func nestedSymbolsCommentsAndDocumentationAreCutOut() {
    let found = spans(
      [
        symbol(.module, 0, 100), symbol(.class, 10, 60, docs: ByteSpan(start: 15, end: 20)),
        symbol(.method, 30, 50), symbol(.field, 32, 35),
      ], comments: [ByteSpan(start: 2, end: 5), ByteSpan(start: 40, end: 42), ByteSpan(start: 98, end: 100)])
    #expect(found == [["0-2", "5-10", "60-98"], ["10-15", "20-30", "50-60"], ["30-40", "42-50"], []])
  }

  @Test func equalRangesDoNotEatEachOther() {
    #expect(spans([symbol(.variable, 0, 9), symbol(.variable, 0, 9)]) == [["0-9"], ["0-9"]])
  }
}

import CCodiraAnalyzer
import CodiraPluginHost
import Testing

/// What an earlier header lacked is zero, and never read behind its end.
@Suite struct GrowingStructTests {
  @Test func anEarlierStructIsCompleted() {
    var value = codira_diagnostic()
    value.severity = 2
    value.code.length = 7
    value.range.end.column = 9
    let known = MemoryLayout<codira_diagnostic>.offset(of: \.message)!
    withUnsafePointer(to: value) { pointer in
      #expect(pointer.grown(from: MemoryLayout<codira_diagnostic>.size) == pointer)
      let grown = pointer.grown(from: known)
      #expect(grown != pointer)
      #expect(grown.pointee.severity == 2 && grown.pointee.code.length == 7)
      #expect(grown.pointee.range.end.column == 0)
    }
  }

  @Test func theFirstReleaseIsNotLongerThanThisOne() {
    #expect(codira_analyzer.firstSize <= MemoryLayout<codira_analyzer>.size)
    #expect(codira_symbol.firstSize <= MemoryLayout<codira_symbol>.size)
    #expect(codira_reference.firstSize <= MemoryLayout<codira_reference>.size)
    #expect(codira_documentation.firstSize <= MemoryLayout<codira_documentation>.size)
    #expect(codira_diagnostic.firstSize <= MemoryLayout<codira_diagnostic>.size)
  }
}

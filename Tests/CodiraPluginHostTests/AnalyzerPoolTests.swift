import CodiraModel
import CodiraPluginHost
import Testing

@Suite struct AnalyzerPoolTests {
  private let source = Array("some text\n".utf8)

  @Test func everyFieldArrivesAsItWasSent() throws {
    let pool = FixturePlugin.pool()
    let artifacts = try pool.analyze(try FixturePlugin.setup("good"), path: "a.fix", source: source).get()
    let range = SourceRange(
      start: SourcePosition(offset: 0, line: 1, column: 1), end: SourcePosition(offset: 1, line: 1, column: 2)
    )
    let candidates = [
      Candidate(root: StableID("fixture io/"), members: ["close", "()"]),
      Candidate(root: StableID("an external text"), flags: .external),
    ]
    #expect(artifacts.isPartial)
    #expect(
      artifacts.symbols == [
        Symbol(
          id: StableID("fixture word."), kind: .variable, visibility: .public, flags: .test, name: "word",
          qualifiedName: "word", signature: "word = 1", documentation: "A word.", range: range,
          nameRange: range,
          aliases: [candidates[0]], valueTypes: [ValueTypeEntry(path: ["[]"], candidates: candidates)],
          payload: [ByteSpan(start: 0, end: 1), ByteSpan(start: 2, end: 3)])
      ])
    #expect(
      try artifacts.references.unpack() == [
        Reference(
          owner: StableID("fixture word."), role: .call, noName: true, name: "print", externalKind: .builtin,
          external: "builtins.print", range: range, candidates: candidates, argumentCount: 2,
          labels: ["", "end"], arguments: [[candidates[0]], []])
      ])
    #expect(artifacts.documentation.map(\.headings) == [["Top", "Below"]])
    #expect(artifacts.documentation.map(\.id.text) == ["fixture `doc;+1`."])
    #expect(artifacts.diagnostics.map(\.message) == ["odd"])
    #expect(pool.finish().isEmpty)
  }
}

import CodiraConformance
import Testing

@Suite struct CorpusCaseTests {
  private static let text = """
    === a title
    path: app/models.py
    project: app/settings.json = {"root": true}\\n
    project: app/__init__.py
    configuration: {"macros": {}}
    show: symbols

    first line
    \\=== no title
    \\--- no divider
    ---
    one
      two

    === the least

    source
    ---
    expected

    """

  @Test func textIsReadAndWrittenBack() {
    let cases = CorpusCase.parse(Self.text)
    #expect(cases.map(\.title) == ["a title", "the least"])
    #expect(cases[0].path == "app/models.py")
    #expect(cases[0].source == "first line\n=== no title\n--- no divider\n")
    #expect(cases[0].expected == "one\n  two\n")
    #expect(cases[0].projectFiles.map(\.path) == ["app/__init__.py", "app/settings.json"])
    #expect(
      cases[0].projectFiles.map { $0.bytes.map { String(decoding: $0, as: UTF8.self) } } == [
        nil, "{\"root\": true}\n",
      ])
    #expect(cases.map(\.text).joined(separator: "\n") == Self.text)
  }

  @Test func differenceNamesTheLinesOfEachSide() {
    let lines = LineDifference.between("a\nb\nc\n", "a\nc\nd\n")
    #expect(lines.map(\.description).sorted() == ["+ 3: d", "- 2: b"])
    #expect(LineDifference.between("a\n", "a\n").isEmpty)
  }
}

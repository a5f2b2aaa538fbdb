import CodiraTestSupport
import Testing

/// `docs/plugins/abi.md` describes what the header declares, all of it and nothing else.
@Suite struct ReferencePageTests {
  private let page: Markdown
  private let header: InterfaceHeader

  init() throws {
    page = try Markdown("docs/plugins/abi.md")
    header = try InterfaceHeader(folder: InterfaceHeader.current)
  }

  @Test func hasASectionForEveryTypeAndFunction() {
    let declared = header.structs.map(\.name) + header.opaqueTypes + header.functions
    let described = page.sections.map { $0.title.replacing("`", with: "") }.filter { $0.hasPrefix("codira_") }
    #expect(described.sorted() == declared.sorted())
  }

  @Test func describesEveryFieldInItsPlace() {
    for item in header.structs {
      let rows = page.sections.first { $0.title.replacing("`", with: "") == item.name }?.rows ?? []
      let fields = rows.dropFirst().prefix { $0[0] != "constant" }.map {
        InterfaceHeader.Field(type: $0[1], name: $0[0])
      }
      #expect(fields.map(\.name) == item.fields.map(\.name), "\(item.name)")
      #expect(fields.map(\.type) == item.fields.map(\.type), "\(item.name)")
      for row in rows where row.count == 3 { #expect(!row[2].isEmpty, "\(item.name).\(row[0])") }
    }
  }

  @Test func givesEveryConstantWithItsValue() throws {
    let values = try header.values(in: InterfaceHeader.current)
    let rows = page.sections.flatMap(\.rows).filter { $0[0].hasPrefix("CODIRA_") }
    #expect(rows.map { $0[0] }.sorted() == header.constants.sorted())
    for row in rows {
      let written = row[1].replacing("\"", with: "")
      #expect(written == values[row[0]], "\(row[0])")
    }
  }

  @Test func namesNothingElse() throws {
    let text = try InterfaceHeader.text(folder: InterfaceHeader.current)
    for word in page.text.matches(of: #/\b(?:CODIRA|codira)_\w+/#).map(\.output) where !word.hasSuffix("_") {
      #expect(text.contains(word), "\(word) is not in the header")
    }
  }
}

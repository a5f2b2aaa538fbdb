import CodiraTestSupport
import Foundation
import Testing

/// What docs/plugins/queries.md says is so.
@Suite struct NoCodePageTests {
  private let page = try! Checkout.text("docs/plugins/queries.md")

  init() throws { try NoCodeProducts.build() }

  /// The fenced blocks of the page, with their language and the line before them.
  private var blocks: [(title: String, language: String, text: String)] {
    page.matches(of: /```(\w+)\n((?:(?!```)[\s\S])*)```/).map { match in
      let before = page[..<match.range.lowerBound].split(separator: "\n").last ?? ""
      return (String(before), String(match.1), String(match.2))
    }
  }

  @Test func theExampleRunsAsItIsWritten() throws {
    let folder = try NoCodeFolder()
    for block in blocks where block.language != "console" {
      guard let file = block.title.firstMatch(of: /`([\w.\/]+)`:/) else { continue }
      try folder.write(String(file.1), block.text)
    }
    let sessions = blocks.filter { $0.language == "console" }
    #expect(sessions.count == 2)
    for (index, session) in sessions.enumerated() {
      if index == 1 { try folder.replace("queries/tags.scm", "function_declaration", "function_definitions") }
      for step in session.text.split(separator: "$ codira ") {
        let (words, expected) = (step.prefix { $0 != "\n" }, step.drop { $0 != "\n" }.dropFirst())
        let isSilent = words.hasSuffix(" >/dev/null")
        let run = try folder.run(String(words.split(separator: " >").first ?? words))
        #expect(isSilent ? run.status == 0 : run.output == String(expected), "codira \(words): \(run.output)")
      }
    }
  }

  @Test func everyKeyHasItsRow() throws {
    let sources = try Checkout.text("Sources/codira/Plugins/Build/AnalyzerSchema.swift")
    let keys = sources.matches(of: /\("([a-z_.*]+)", \./).map { String($0.1) }
    #expect(keys.count > 40)
    for key in keys {
      let name = key.contains("*") ? String(key.split(separator: ".").last!) : key
      #expect(page.contains("`\(name)`"), "\(key)")
    }
  }

  @Test func everyCaptureHasItsRow() throws {
    let sources = try Checkout.text("Sources/codira/Plugins/Build/CaptureTable.swift")
    let list = try #require(sources.firstMatch(of: /plain = \[([^\]]*)\]/)).1
    let names = list.matches(of: /"([a-z.]+)"/).map { String($0.1) }
    #expect(names.count >= 16)
    for name in names { #expect(page.contains("`@\(name)`"), "@\(name)") }
  }
}

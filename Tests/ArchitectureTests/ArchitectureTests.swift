import CodiraTestSupport
import Testing

/// Rules that no compiler checks, on the files of the checkout as they are.
@Suite("Architecture")
struct ArchitectureTests {
  /// Text files alone: what is not UTF-8 is a fixture.
  static let codebase: Result<Codebase, any Error> = Result {
    var texts: [String: String] = [:]
    for path in try Checkout.files() where path != ForbiddenWords.path {
      if path.contains("/Corpus/") || path.contains("/Fixtures/") { continue }
      texts[path] = try Checkout.text(path)
    }
    return Codebase(texts: texts)
  }

  @Test("holds", arguments: Rule.all)
  func holds(_ rule: Rule) throws {
    let violations = rule.violations(try Self.codebase.get())
    #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
  }

  @Test("notices", arguments: Rule.all)
  func notices(_ rule: Rule) {
    let violations = rule.violations(rule.example)
    #expect(violations.count == 1, "\(violations.joined(separator: "\n"))")
  }

  @Test("the lists are read: every target, every word")
  func readsAll() throws {
    let codebase = try Self.codebase.get()
    let targets = Set(codebase.sources.map(\.target)).subtracting(["CodiraIni"])
    #expect(targets.isSubset(of: codebase.manifest.dependencies.keys), "a target without declared arrows")
    let words = try Checkout.text(ForbiddenWords.path).split(separator: "\n")
    #expect(ForbiddenWords.list.count == words.count && !words.isEmpty)
  }
}

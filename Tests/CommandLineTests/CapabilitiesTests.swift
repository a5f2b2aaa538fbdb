import CodiraTestSupport
import Foundation
import Testing

/// `codira capabilities`: what analyzers declare, and what the index has.
@Suite struct CapabilitiesTests {
  private func rows(_ outcome: CommandOutcome) throws -> [String: [String: Any]] {
    let rows = try outcome.json()["results"] as? [[String: Any]] ?? []
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["analyzer"] as? String ?? "", $0) })
  }

  @Test func everyInstalledAnalyzerHasARow() throws {
    let repository = try SampleRepository()
    let found = try rows(repository.run("capabilities", "--json"))
    #expect(
      try Set(found.keys)
        == Set(
          Checkout.plugins().map { url in
            String(url.lastPathComponent.dropFirst("libcodira-".count).dropLast(3))
          }))
    let python = try #require(found["python"])
    #expect(python["traits"] as? [String] == ["c3", "constructor_calls"])
    #expect((python["seen"] as? [String: Int])?["class"] == 2)
    #expect((python["seen"] as? [String: Int])?["method"] == 3)
    #expect((found["go"]?["seen"] as? [String: Int]) == [:])
    let text = try repository.run("caps").output
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
  }

  @Test func oneAnalyzerOrLanguageIsShownInDetail() throws {
    let repository = try SampleRepository()
    let text = try repository.run("capabilities", "python").output
    #expect(text.contains("  callable       yes  3 function, 3 method\n"), "\(text)")
    #expect(try Array(rows(repository.run("capabilities", "javascript", "--json")).keys) == ["typescript"])
    let unknown = try repository.run("capabilities", "pythn")
    #expect(unknown.status == 1 && unknown.errors.contains("Did you mean `python`?"))
  }

  @Test func withoutAnIndexNothingIsSeen() throws {
    let repository = try SampleRepository(indexed: false)
    let outcome = try repository.run("capabilities", "--json")
    #expect(outcome.status == 0)
    #expect(try outcome.json()["generation"] is NSNull)
    #expect(try rows(outcome)["python"]?["seen"] is NSNull)
    #expect(try repository.run("capabilities", "python").output.contains("There is no index here"))
  }

  @Test func aDisabledAnalyzerOfTheIndexIsNamed() throws {
    let repository = try SampleRepository()
    _ = try repository.run("plugins", "disable", "python")
    #expect(try rows(repository.run("capabilities", "--json"))["python"]?["installed"] as? Bool == false)
    #expect(try repository.run("caps").output.contains("python is known from the index, and not in use now."))
  }
}

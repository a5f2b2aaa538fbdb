import CodiraTestSupport
import Foundation
import Testing

/// What authors of analyzers do, on a machine with an installation and without this checkout: the commands of the
/// sessions and of the tutorial, with what they print.
///
/// `Benchmarks/plugins/author-session --update PAGE` writes what they print now.
@Suite struct AuthorSessionTests {
  @Test func everyPageIsAsItIsPrinted() throws {
    let run = try ToolRun(["Benchmarks/plugins/author-session"] + Self.pages)
    print(run.output)
    #expect(run.status == 0, "\(run.output)")
    for page in Self.pages {
      let name = page.split(separator: "/").last ?? ""
      #expect(run.output.contains("session: \(name): "), "\(name)")
    }
  }

  /// Every language that `codira plugins new` knows has a session.
  @Test func everyLanguageHasASession() throws {
    let help = try Checkout.text("Tests/CommandLineTests/Help/codira-plugins-new.txt")
    let words = try #require(help.firstMatch(of: /\(values: ((?:\w|,|\s)+)\)/)).1
    let languages = words.split { $0 == "," || $0.isWhitespace }
    for language in languages {
      #expect(Self.pages.contains { $0.hasSuffix("author-\(language).md") }, "\(language)")
    }
  }

  private static let pages: [String] = {
    let folder = "Tests/EndToEndTests/Sessions"
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: Checkout.root.appendingPathComponent(folder).path)
    return (names ?? []).sorted().map { "\(folder)/\($0)" } + ["docs/plugins/tutorial.md"]
  }()
}

import CodiraTestSupport
import Foundation
import Testing

/// `codira plugins new`: projects without a placeholder or a path of this machine left in them.
@Suite struct PluginsNewTests {
  private static let languages = ["c", "cpp", "swift", "rust"]

  private func text(_ path: String, in repository: SampleRepository) throws -> String {
    String(decoding: try Data(contentsOf: repository.folder.appendingPathComponent(path)), as: UTF8.self)
  }

  @Test(arguments: languages)
  func everyPlaceholderIsFilled(_ language: String) throws {
    let repository = try SampleRepository(indexed: false)
    let outcome = try repository.run(
      "plugins", "new", "my-lang2", "--language", language, "--suffix", ".my.l", "--directory", "made/here",
      "--json")
    #expect(outcome.status == 0, "\(outcome.output)")
    let rows = try outcome.json()["results"] as? [[String: Any]] ?? []
    let paths = rows.compactMap { $0["path"] as? String }
    #expect(paths.contains("made/here/Tests/Corpus/my-lang2.txt") && paths == paths.sorted())
    #expect(
      Set(paths).isSuperset(
        of: ["README.md", "RULES.md", ".gitignore", "Makefile"].map { "made/here/\($0)" }))
    var all = ""
    for path in paths {
      let text = try text(path, in: repository)
      #expect(!(path + text).contains(/__(NAME|SUFFIX|PREFIX|TYPE)__/), "\(path)")
      #expect(!text.contains(Checkout.root.path) && !text.contains(repository.folder.path), "\(path)")
      all += text
    }
    for word in ["\"my-lang2\"", "\".my.l\"", "libcodira-my-lang2.so"] {
      #expect(all.contains(word), "\(word)")
    }
  }

  @Test func nothingIsWrittenOver() throws {
    let repository = try SampleRepository(indexed: false)
    let arguments = ["plugins", "new", "toy", "--language", "c"]
    #expect(try repository.run(arguments).status == 0)
    let again = try repository.run(arguments)
    #expect(again.status == 2 && again.errors.contains("toy is there already, and no empty folder."))
    try FileManager.default.createDirectory(
      at: repository.folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
    #expect(try repository.run(arguments + ["--directory", "empty"]).status == 0)
    try repository.write("file", "")
    #expect(try repository.run(arguments + ["--directory", "file"]).status == 2)
    #expect(
      try repository.run(arguments + ["--directory", "file/below"]).errors.contains("Cannot write file: "))
  }

  @Test(arguments: [
    ("Toy", "toy"), ("9p", "p"), ("my_lang", "my-lang"), ("toy lang", "toy-lang"), ("../toy", "toy"),
    ("-", nil),
    ("ß", nil),
  ])
  func badNamesAreRefused(_ name: String, _ proposal: String?) throws {
    let repository = try SampleRepository(indexed: false)
    let outcome = try repository.run("plugins", "new", "--language", "c", "--", name)
    #expect(
      outcome.status == 2 && outcome.errors.contains("cannot be an analyzer's name"), "\(outcome.errors)")
    #expect(outcome.errors.contains("For example") == (proposal != nil), "\(outcome.errors)")
    if let proposal { #expect(outcome.errors.contains("`\(proposal)`"), "\(outcome.errors)") }
  }

  @Test(arguments: ["toy", ".", "./x", ".a b", ".é"])
  func badSuffixesAreRefused(_ suffix: String) throws {
    let repository = try SampleRepository(indexed: false)
    let outcome = try repository.run("plugins", "new", "toy", "--language", "c", "--suffix=\(suffix)")
    #expect(outcome.status == 2 && outcome.errors.contains("cannot be a suffix"), "\(outcome.errors)")
  }

  @Test func theNextStepsAreSaid() throws {
    let repository = try SampleRepository(indexed: false)
    let outcome = try repository.run("plugins", "new", "toy", "--language", "c")
    for step in ["cd toy", "make", "make test", "make check", "make install"] {
      #expect(outcome.output.contains("\n  \(step) "), "\(outcome.output)")
    }
  }
}

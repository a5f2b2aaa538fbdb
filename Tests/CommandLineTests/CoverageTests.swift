import CodiraTestSupport
import Foundation
import Testing

/// `codira coverage` over the sample: three files of Python, one of settings, and what each test adds.
@Suite struct CoverageTests {
  private func repository(_ files: [String: String]) throws -> SampleRepository {
    let repository = try SampleRepository(indexed: false)
    // What the runs of the command leave here.
    try repository.write(".codiraignore", ".*\n")
    for (path, text) in files { try repository.write(path, text) }
    _ = try repository.run("index", "--no-embeddings", "--no-git")
    return repository
  }

  private func coverage(_ repository: SampleRepository, _ arguments: String...) throws -> CommandOutcome {
    try repository.run(["coverage", "--no-git"] + arguments)
  }

  private func rows(_ outcome: CommandOutcome) throws -> [String: [String: Any]] {
    let rows = try outcome.json()["results"] as? [[String: Any]] ?? []
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["suffix"] as? String ?? "", $0) })
  }

  @Test func filesWithoutAnalyzerAreCountedBySuffix() throws {
    let repository = try repository([
      "shop/a.zig": "const a = 1;\n", "shop/b.zig": "const b = 2;\n", "Justfile": "all:\n\techo\n",
      "prices.csv": "a,b\n",
    ])
    let outcome = try coverage(repository, "--json")
    #expect(outcome.status == 0)
    let found = try rows(outcome)
    #expect(found[".zig"]?["unowned"] as? Int == 2 && found[".zig"]?["unowned_bytes"] as? Int == 26)
    #expect(found["Justfile"]?["unowned"] as? Int == 1)
    #expect(found[".py"]?["read"] as? Int == 3 && found[".py"]?["analyzers"] as? [String] == ["python"])
    #expect(found[".csv"]?["data"] as? Int == 1 && found[".csv"]?["unowned"] as? Int == 0)
    let totals = try outcome.json()["totals"] as? [String: Any]
    // The table of prices is data: it counts for nobody.
    #expect(totals?["files"] as? Int == 7 && totals?["read_files"] as? Int == 4)
    let text = try coverage(repository).output
    #expect(text.hasPrefix("Analyzers read 4 of 7 files, "))
    #expect(
      text.contains("  .zig      2      26     ") && text.contains("Not counted, as data: 1 .csv"), "\(text)")
  }

  @Test func requireEndsWithOneWhereSomethingIsNotRead() throws {
    let repository = try repository(["shop/a.zig": "const a = 1;\n", "prices.csv": "a,b\n"])
    #expect(try coverage(repository, "--require").status == 1)
    #expect(try coverage(repository, "--require", "--suffix", ".py").status == 0)
    #expect(try coverage(repository, "--require", "--suffix", "zig").status == 1)
    #expect(try coverage(repository, "--require", "--suffix", ".csv").status == 1)
    #expect(try coverage(repository, "--require", "settings.ini").status == 0)
    #expect(try coverage(repository, "--require", "shop").status == 1)
    #expect(try coverage(repository, "--at-least", "90").status == 0)
    #expect(try coverage(repository, "--at-least", "99.9").status == 1)
    let check = try coverage(repository, "--require", "--json").json()
    #expect(check["status"] as? String == "failed" && check["holds"] as? Bool == false)
    #expect(try coverage(repository, "nowhere").status == 1)
  }

  @Test func filesWithoutTextAreNotCounted() throws {
    let repository = try repository(["shop/a.tif": "II*\0\u{1}\u{2}", "shop/.keep": "", "shop/empty.zig": ""])
    #expect(try coverage(repository, "--require").status == 0)
    #expect(try rows(coverage(repository, "--json"))[".tif"]?["data"] as? Int == 1)
    #expect(try coverage(repository, "--require", "--suffix", ".tif").status == 1)
  }

  @Test func partialFilesAreListedWithTheirFirstPlace() throws {
    let repository = try repository(["shop/broken.c": "int a(void) { return 1; }\nint b( {{{\n"])
    let answer = try coverage(repository, "--json").json()
    let partial = answer["partial"] as? [[String: Any]] ?? []
    #expect(partial.map { $0["path"] as? String } == ["shop/broken.c"])
    let status = try repository.run("status", "--json").json()["partial_files"] as? [[String: Any]] ?? []
    #expect(status.map { $0["path"] as? String } == ["shop/broken.c"])
    let place = (partial.first?["line"] as? Int).map { "shop/broken.c:\($0): " } ?? "shop/broken.c"
    for command in [["coverage", "--no-git"], ["status"]] {
      #expect(try repository.run(command).output.contains("read in part: " + place))
    }
    #expect(try coverage(repository, "--require").status == 0)
  }

  @Test func filesThatTheirAnalyzerDidNotReadAreListed() throws {
    let repository = try repository(["shop/large.py": String(repeating: "# a comment\n", count: 400_000)])
    let answer = try coverage(repository, "--json").json()
    let notRead = answer["not_read"] as? [[String: Any]] ?? []
    #expect(notRead.map { $0["status"] as? String } == ["too_large"])
    #expect(try coverage(repository, "--require").status == 1)
  }

  @Test func anOldIndexSaysSo() throws {
    let repository = try repository([:])
    #expect(try coverage(repository).output == "Analyzers read 4 of 4 files, 100 % of the bytes\n")
    try repository.write("shop/new.py", "x = 1\n")
    try repository.write("shop/price.py", "y = 1\n")
    try FileManager.default.removeItem(at: repository.folder.appendingPathComponent("settings.ini"))
    let outcome = try coverage(repository, "--json")
    let age = try outcome.json()["index"] as? [String: Any]
    #expect(age?["new"] as? Int == 1 && age?["changed"] as? Int == 1 && age?["missing"] as? Int == 1)
    #expect(try coverage(repository).output.contains("(1 new, 1 changed, 1 gone): run `codira index` first."))
  }
}

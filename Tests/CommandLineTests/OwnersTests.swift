import CodiraTestSupport
import Foundation
import Testing

/// Who takes `.h`, which the analyzers of C and C++ both claim, and how the configuration says otherwise.
@Suite struct OwnersTests {
  private func repository() throws -> SampleRepository {
    let repository = try SampleRepository(indexed: false)
    for (path, text) in [
      ("shop/a.c", "int a(void) { return 1; }\n"), ("shop/a.h", "int a(void);\n"),
      ("shop/b.h", "int b(void);\n"), ("shop/c.cpp", "int c() { return 1; }\n"),
      // What the runs of the command leave here.
      (".codiraignore", ".*\n"),
    ] { try repository.write(path, text) }
    try FileManager.default.createDirectory(
      at: repository.folder.appendingPathComponent(".codira"), withIntermediateDirectories: true)
    return repository
  }

  private func index(_ repository: SampleRepository, _ more: String...) throws -> CommandOutcome {
    try repository.run(["index", "--no-embeddings", "--no-git", "--explain", "--json"] + more)
  }

  private func read(_ outcome: CommandOutcome) throws -> [String: String] {
    let rows = try outcome.json()["results"] as? [[String: Any]] ?? []
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0["path"] as? String ?? "", $0["reason"] as? String ?? "") })
  }

  @Test func changingTheOwnerReadsExactlyItsFilesAgain() throws {
    let repository = try repository()
    #expect(try read(index(repository)).count == 8)
    try repository.write(".codira/config.toml", "[owners]\n\".h\" = \"cpp\"\n")
    #expect(try read(index(repository)) == ["shop/a.h": "owner_changed", "shop/b.h": "owner_changed"])
    #expect(try read(index(repository)).isEmpty)
    let incremental = try repository.run("export").output
    #expect(incremental.contains("\"path\":\"shop/b.h\",") && incremental.contains("\"analyzer\":\"cpp\""))
    try FileManager.default.removeItem(at: repository.folder.appendingPathComponent(".codira/index.db"))
    _ = try index(repository)
    #expect(try repository.run("export").output == incremental)
    try repository.write(".codira/config.toml", "[owners]\n\".h\" = \"c\"\n")
    #expect(try read(index(repository)).keys.sorted() == ["shop/a.h", "shop/b.h"])
  }

  @Test func theRepositoryDecidesOverTheUser() throws {
    let repository = try repository()
    let settings = repository.folder.appendingPathComponent(".settings/codira")
    try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: true)
    try Data("[owners]\n\".h\" = \"cpp\"\n".utf8).write(to: settings.appendingPathComponent("config.toml"))
    _ = try index(repository)
    func owner() throws -> (analyzer: String?, decided: String?) {
      let answer = try repository.run("explain", "shop/a.h", "--no-git", "--json").json()
      let row = (answer["results"] as? [[String: Any]])?.first?["owner"] as? [String: Any]
      return (row?["analyzer"] as? String, row?["decided_by"] as? String)
    }
    #expect(try owner() == ("cpp", "configuration"))
    try repository.write(".codira/config.toml", "[owners]\n\".h\" = \"c\"\n")
    #expect(try owner() == ("c", "configuration"))
    let text = try repository.run("explain", "shop/a.h", "--no-git").output
    #expect(text.contains("c takes it by .h, which cpp claims too: [owners] in"), "\(text)")
    #expect(text.contains("the index has it from cpp: run `codira index`"), "\(text)")
  }

  @Test func explainSaysWhatDecides() throws {
    let repository = try repository()
    try repository.write("shop/d.cpp", "int d() { return 1; }\n")
    _ = try index(repository)
    for (path, decided) in [("shop/a.h", "namesake"), ("shop/b.h", "nearest"), ("shop/a.c", "claim")] {
      let answer = try repository.run("explain", path, "--no-git", "--json").json()
      let row = (answer["results"] as? [[String: Any]])?.first?["owner"] as? [String: Any]
      #expect(row?["decided_by"] as? String == decided, "\(path): \(answer)")
    }
    #expect(
      try repository.run("explain", "shop/b.h", "--no-git").output.contains("more files of its own in shop/"))
  }

  @Test func listAndDoctorShowWhoHasASharedSuffix() throws {
    let repository = try repository()
    let shared = try repository.run("plugins", "list").output
    #expect(shared.contains(".h is shared by c and cpp") && shared.contains("[owners]  \".h\" = \"c\""))
    try repository.write(".codira/config.toml", "[owners]\n\".h\" = \"cpp\"\n")
    let list = try repository.run("plugins", "list")
    #expect(list.output.contains(".h goes to cpp, as configured; c claims it too."), "\(list.output)")
    #expect(
      list.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("/") }, "\(list.output)")
    let settings = try repository.run("config", "list").output
    #expect(settings.contains("owners.\".h\" = \"cpp\"\n    The analyzer that takes what several claim."))
    let doctor = try repository.run("doctor").output
    #expect(doctor.contains(".h is claimed by cpp, which has it as configured, and by c"), "\(doctor)")
  }

  /// A line under `[owners]`, the error's code, and what its text must hold.
  static let mistakes: [(line: String, code: String, mention: String)] = [
    (
      "\".h\" = \"cppp\"", "unknown_analyzer",
      "`owners.\".h\"` names the analyzer `cppp`, which is not installed."
    ),
    ("\".hh\" = \"c\"", "unknown_claim", "gives `.hh` to `c`, which does not claim it."),
    ("\".nothing\" = \"c\"", "unknown_claim", "gives `.nothing` to `c`, and no analyzer claims that."),
    ("\".h\" = 3", "bad_value", "must be the id of an analyzer."),
    ("\".h\" = \"/tmp/libcodira-cpp.so\"", "bad_value", "must be the id of an analyzer, not a path."),
  ]

  @Test(arguments: mistakes)
  func aChoiceThatMakesNoSenseIsAnError(_ item: (line: String, code: String, mention: String)) throws {
    let repository = try repository()
    try repository.write(".codira/config.toml", "[owners]\n\(item.line)\n")
    let outcome = try index(repository)
    let error = try outcome.json()["error"] as? [String: String]
    #expect(outcome.status == 2 && error?["code"] == item.code, "\(outcome.output)")
    #expect(error?["message"]?.contains(item.mention) == true, "\(outcome.output)")
    #expect(error?["message"]?.contains(".codira/config.toml") == true && error?["hint"]?.isEmpty == false)
  }

  @Test func aChoiceOfADisabledAnalyzerWaitsForIt() throws {
    let repository = try repository()
    try repository.write(".codira/config.toml", "[owners]\n\".h\" = \"cpp\"\n")
    _ = try index(repository)
    #expect(try repository.run("plugins", "disable", "cpp").status == 0)
    let without = try index(repository)
    #expect(without.status == 0, "\(without.output)")
    #expect(
      try read(without) == [
        "shop/a.h": "owner_changed", "shop/b.h": "owner_changed", "shop/c.cpp": "analyzer_unavailable",
      ])
    #expect(
      without.errors.contains("the analyzer cpp is disabled: 3 files that it had read are read without it"))
    #expect(try repository.run("plugins", "enable", "cpp").status == 0)
    #expect(try read(index(repository)).count == 3)
  }
}

import Foundation
import Testing

/// `plugins disable` and `plugins enable`, and what `list`, `doctor` and `index` make of them.
@Suite struct PluginsSwitchTests {
  private func installed() throws -> PluginHome {
    let home = try PluginHome()
    _ = try home.run("plugins", "install", try FixturePlugin.path("good"))
    try home.write("repository/a.fix", "word\n")
    return home
  }

  private func index(_ home: PluginHome, _ more: String...) throws -> PluginHome.Outcome {
    try home.run("index", "--no-git", "--no-embeddings", "-C", "repository", "--json")
  }

  @Test func aDisabledAnalyzerIsListedAndNotUsed() throws {
    let home = try installed()
    #expect(try home.run("plugins", "disable", "fixture").output.hasPrefix("Disabled fixture.\n"))
    #expect(try home.run("plugins", "disable", "fixture").output.hasPrefix("fixture is disabled already.\n"))
    let row = try #require(
      try home.run("plugins", "list", "--json").rows.first { $0["id"] as? String == "fixture" })
    #expect(row["status"] as? String == "disabled" && row["code"] as? String == "disabled")
    #expect((row["reason"] as? String)?.contains("codira plugins enable fixture") == true)
    let doctor = try home.run("doctor", "--json").rows.first {
      ($0["message"] as? String)?.contains("fixture is disabled") == true
    }
    #expect(doctor?["status"] as? String == "ok")
    #expect(try home.run("plugins", "enable", "fixture").output.hasPrefix("Enabled fixture.\n  loaded: "))
    #expect(try home.run("plugins", "enable", "fixture").output.hasPrefix("fixture is not disabled.\n"))
    #expect(try home.run("plugins", "disable", "fixtrue").status == 1)
  }

  @Test func indexSaysWhatBecomesOfItsFiles() throws {
    let home = try installed()
    #expect((try index(home).json["statuses"] as? [String: Int]) == ["partial": 1])
    _ = try home.run("plugins", "disable", "fixture")
    let without = try index(home)
    #expect(without.status == 0, "\(without)")
    #expect(without.json["disabled"] as? [String: Int] == ["fixture": 1])
    #expect(without.json["files"] as? [String: Int] == ["analyzer_unavailable": 1])
    #expect(without.json["statuses"] as? [String: Int] == ["unowned": 1])
    #expect(without.errors.contains("1 file that it had read is read without it now"))
    #expect(without.errors.contains("`codira plugins enable fixture` brings it back"))
    let quiet = try index(home)
    #expect(quiet.json["changed"] as? Bool == false && quiet.json["disabled"] as? [String: Int] == [:])
    let explained = try home.run("explain", "a.fix", "--no-git", "-C", "repository")
    #expect(explained.output.contains("fixture claims it and is disabled"), "\(explained)")
    _ = try home.run("plugins", "enable", "fixture")
    #expect(try index(home).json["statuses"] as? [String: Int] == ["partial": 1])
  }

  @Test func whatIsNamedForARunIsUsedNevertheless() throws {
    let home = try installed()
    _ = try home.run("plugins", "disable", "fixture")
    let named = try home.run(
      "index", "--no-git", "--no-embeddings", "-C", "repository", "--json", "--plugin",
      home.installed("fixture"))
    #expect(named.json["statuses"] as? [String: Int] == ["partial": 1], "\(named)")
  }

  /// Its constructor would leave a trace; the name of its file says whose it is.
  @Test func nothingOfADisabledPluginRuns() throws {
    let home = try PluginHome()
    let hanging = try FixturePlugin.path(
      "loading", flags: ["-DCONSTRUCTOR=_exit(9)", "-DFIXTURE_ID=\"late\""])
    try home.write("data/codira/plugins/disabled", "# by hand\nlate\n")
    try FileManager.default.copyItem(atPath: hanging, toPath: home.installed("late"))
    chmod(home.plugins, 0o700)
    let list = try home.run("plugins", "list", "--json")
    let row = list.rows.first { $0["path"] as? String == home.installed("late") }
    #expect(row?["status"] as? String == "disabled" && row?["id"] as? String == "late", "\(list)")
    _ = try home.run("plugins", "enable", "late")
    let after = try home.run("plugins", "list", "--json").rows.first {
      $0["path"] as? String == home.installed("late")
    }
    #expect(after?["status"] as? String == "refused" && after?["code"] as? String == "exited")
  }
}

import Foundation
import Testing

/// `plugins install` and `plugins remove`, as a user meets them.
@Suite struct PluginsInstallTests {
  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func aPluginIsCopiedAndUsedByEveryRun() throws {
    let home = try PluginHome()
    let install = try home.run("plugins", "install", try FixturePlugin.path("good"), "--json")
    #expect(install.status == 0, "\(install)")
    let row = try #require(install.rows.first)
    #expect(row["id"] as? String == "fixture" && row["version"] as? String == "1")
    #expect(row["path"] as? String == home.installed("fixture"))
    #expect(row["changed"] as? Bool == true && row["status"] as? String == "loaded")
    #expect(try mode(home.plugins) == 0o700 && mode(home.installed("fixture")) == 0o644)
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.plugins) == ["libcodira-fixture.so"])
    let list = try home.run("plugins", "list", "--json")
    let own = list.rows.filter { $0["origin"] as? String == "user" }
    #expect(own.map { $0["status"] as? String } == ["loaded"])
    try home.write("repository/a.fix", "word\n")
    let index = try home.run("index", "--no-git", "--no-embeddings", "-C", "repository", "--json")
    #expect(index.status == 0, "\(index)")
    #expect((index.json["statuses"] as? [String: Int])?["partial"] == 1)
  }

  @Test func coverageNamesAnAnalyzerThatCameAfterTheIndex() throws {
    let home = try PluginHome()
    try home.write("repository/a.fix", "word\n")
    _ = try home.run("index", "--no-git", "--no-embeddings", "-C", "repository")
    let before = try home.run("coverage", "--no-git", "-C", "repository", "--require")
    #expect(
      before.status == 1 && before.output.contains("  .fix    1      5      100 %  a.fix\n"), "\(before)")
    _ = try home.run("plugins", "install", try FixturePlugin.path("good"))
    let after = try home.run("coverage", "--no-git", "-C", "repository")
    #expect(after.output.contains("fixture claims .fix now: run `codira index`."), "\(after)")
    _ = try home.run("index", "--no-git", "--no-embeddings", "-C", "repository")
    let read = try home.run("coverage", "--no-git", "-C", "repository", "--require")
    #expect(read.status == 0 && read.output.contains("read in part: a.fix:1: odd\n"), "\(read)")
  }

  @Test func theSameFileAgainChangesNothing() throws {
    let home = try PluginHome()
    let good = try FixturePlugin.path("good")
    _ = try home.run("plugins", "install", good)
    let again = try home.run("plugins", "install", good)
    #expect(again.status == 0 && again.output.hasPrefix("fixture 1 is installed already.\n"))
  }

  @Test func aNewerVersionReplacesAnOlderOneAndSaysSo() throws {
    let home = try PluginHome()
    let versions = try ["1.9", "1.10", "1.10"].enumerated().map { index, version in
      try FixturePlugin.path(
        "loading", flags: ["-DOWN_ENTRY=changed.version = text(\"\(version)\")", "-DBUILD_\(index)"])
    }
    #expect(try home.run("plugins", "install", versions[0]).output.hasPrefix("Installed fixture 1.9.\n"))
    let newer = try home.run("plugins", "install", versions[1])
    #expect(newer.output.hasPrefix("Installed fixture 1.10 in the place of 1.9.\n"))
    let older = try home.run("plugins", "install", versions[0], "--json")
    #expect(older.status == 2 && older.error["code"] as? String == "older_version")
    #expect((older.error["message"] as? String)?.contains("fixture 1.9 is older than 1.10") == true)
    let forced = try home.run("plugins", "install", versions[0], "--force", "--json")
    #expect(forced.status == 0)
    #expect((forced.rows.first?["replaced"] as? [String: Any])?["version"] as? String == "1.10")
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.plugins) == ["libcodira-fixture.so"])
  }

  /// Compiler flags for `loading.c`, and what the error must mention.
  static let refused: [(flags: [String], mention: String)] = [
    (["-DFIXTURE_ABI=2"], "it is built for ABI 2, this host serves 1 to 1"),
    (["-DFIXTURE_NO_ENTRY"], "it does not export codira_analyzer_entry"),
    (["-DCONSTRUCTOR=_exit(3)"], "it ended its process with status 3 while loading"),
  ]

  @Test(arguments: refused)
  func whatWouldBeRefusedLaterIsRefusedNow(_ item: (flags: [String], mention: String)) throws {
    let home = try PluginHome()
    let file = try FixturePlugin.path("loading", flags: item.flags)
    let outcome = try home.run("plugins", "install", file)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("\(file) is not installed: \(item.mention)"), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.plugins) == [])
  }

  @Test func addressesMissingFilesAndForeignFilesAreRefused() throws {
    let home = try PluginHome()
    for (name, code) in [("https://host/a.so", "not_a_file"), ("nowhere.so", "no_file")] {
      let outcome = try home.run("plugins", "install", name, "--json")
      #expect(outcome.status == 2 && outcome.error["code"] as? String == code, "\(name)")
    }
    try home.write("text.so", "no object\n")
    let text = try home.run("plugins", "install", "text.so")
    #expect(text.status == 2 && text.errors.contains("begins with 6e 6f 20 6f, not with 7f 45 4c 46"))
  }

  @Test func aFileThatOthersMayWriteNeedsForce() throws {
    let home = try PluginHome()
    let file = home.folder.path + "/shared.so"
    try FileManager.default.copyItem(atPath: FixturePlugin.path("good"), toPath: file)
    chmod(file, 0o666)
    let outcome = try home.run("plugins", "install", file)
    #expect(outcome.status == 2 && outcome.errors.contains("may be written by others"))
    #expect(try home.run("plugins", "install", file, "--force").status == 0)
    #expect(try mode(home.installed("fixture")) == 0o644)
  }

  @Test func aFolderThatOthersMayWriteIsRefused() throws {
    let home = try PluginHome()
    try home.write("data/codira/plugins/keep", "")
    chmod(home.plugins, 0o777)
    let outcome = try home.run("plugins", "install", try FixturePlugin.path("good"))
    #expect(outcome.status == 2 && outcome.errors.contains("\(home.plugins) may be written by others"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.plugins) == ["keep"])
  }

  @Test func shadowedPluginsAndSharedSuffixesAreNamed() throws {
    let home = try PluginHome()
    let other = try FixturePlugin.path("loading", flags: ["-DFIXTURE_ID=\"other\""])
    _ = try home.run("plugins", "install", try FixturePlugin.path("good"))
    let install = try home.run("plugins", "install", other, "--json")
    let conflicts = install.rows.first?["conflicts"] as? [[String: Any]] ?? []
    #expect(conflicts.map { $0["claim"] as? String } == [".fix"])
    // An id of the installation's own.
    let python = try FixturePlugin.path(
      "loading", flags: ["-DFIXTURE_ID=\"python\"", "-DOWN_ENTRY=changed.version = text(\"99\")"])
    let shadowing = try home.run("plugins", "install", python, "--json").rows.first
    let shadows = shadowing?["shadows"] as? [[String: Any]] ?? []
    #expect(shadows.map { $0["version"] as? String } == ["4"])
    #expect((shadows.first?["path"] as? String)?.hasSuffix("libcodira-python.so") == true)
    // Named by the environment, another comes first.
    let late = try home.run(
      "plugins", "install", try FixturePlugin.path("good"), "--force", environment: ["CODIRA_PLUGINS": other])
    #expect(late.status == 0)
  }

  @Test func removingGivesTheInstallationsBack() throws {
    let home = try PluginHome()
    let python = try FixturePlugin.path(
      "loading", flags: ["-DFIXTURE_ID=\"python\"", "-DOWN_ENTRY=changed.version = text(\"99\")"])
    _ = try home.run("plugins", "install", python)
    let removed = try home.run("plugins", "remove", "python", "--json")
    #expect(removed.status == 0 && removed.rows.first?["version"] as? String == "99")
    let heir = removed.json["used_now"] as? [String: Any]
    #expect((heir?["path"] as? String)?.hasSuffix("libcodira-python.so") == true)
    #expect(!FileManager.default.fileExists(atPath: home.installed("python")))
    let again = try home.run("plugins", "remove", "python")
    #expect(again.status == 2)
    #expect(again.errors.contains("python is not in your plugin folder: it comes from the installation"))
    #expect(again.errors.contains("`codira plugins disable python`"))
    let unknown = try home.run("plugins", "remove", "pyhton")
    #expect(unknown.status == 1 && unknown.errors.contains("Did you mean `python`?"))
  }
}

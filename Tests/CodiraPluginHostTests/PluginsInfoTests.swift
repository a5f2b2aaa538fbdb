import Foundation
import Testing

/// `plugins info` of plugins that are used, that are not, and that cannot be.
@Suite struct PluginsInfoTests {
  @Test func aUsedPluginShowsItsDescriptorAndItsFile() throws {
    let home = try PluginHome()
    _ = try home.run("plugins", "install", try FixturePlugin.path("good"))
    let info = try home.run("plugins", "info", "fixture", "--json")
    #expect(info.status == 0 && info.rows.count == 1)
    let row = try #require(info.rows.first)
    #expect(row["status"] as? String == "loaded" && row["origin"] as? String == "user")
    #expect(row["verdict"] as? String == "used.")
    #expect((row["digest"] as? String)?.count == 64 && (row["bytes"] as? Int ?? 0) > 1000)
    #expect(row["trusted"] as? Bool == true && row["abi"] as? Int == 1)
    #expect(row["exports"] as? [String] == ["codira_analyzer_entry"])
    #expect(row["libraries"] as? [String] == ["libc.so.6"])
    #expect((row["host_abi"] as? [String: Int]) == ["oldest": 1, "newest": 1])
    let descriptor = try #require(row["descriptor"] as? [String: Any])
    #expect((descriptor["capabilities"] as? [String: Bool])?.filter(\.value).map(\.key) == ["variable"])
    #expect(descriptor["threads"] as? String == "one_instance" && descriptor["conversions"] as? Int == 0)
  }

  @Test func ofTwoItSaysWhichWonAndWhy() throws {
    let home = try PluginHome()
    let python = try FixturePlugin.path(
      "loading", flags: ["-DFIXTURE_ID=\"python\"", "-DOWN_ENTRY=changed.version = text(\"99\")"])
    _ = try home.run("plugins", "install", python)
    let rows = try home.run("plugins", "info", "python", "--json").rows
    #expect(rows.map { $0["status"] as? String } == ["loaded", "shadowed"])
    let verdicts = rows.map { $0["verdict"] as? String ?? "" }
    #expect(verdicts[0].hasPrefix("used: it comes before /") && verdicts[0].hasSuffix("libcodira-python.so."))
    #expect(verdicts[1].contains("\(home.installed("python")) has the analyzer id python and comes first"))
    let text = try home.run("plugins", "info", "python").output
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("/") }, "\(text)")
  }

  @Test func aFileThatIsNotInstalledIsShownByItself() throws {
    let home = try PluginHome()
    let file = try FixturePlugin.path("good")
    let info = try home.run("plugins", "info", file, "--json")
    let row = try #require(info.rows.first)
    #expect(row["installed"] as? Bool == false && row["origin"] is NSNull)
    #expect((row["verdict"] as? String)?.contains("`codira plugins install \(file)`") == true)
  }

  @Test func aRefusedFileShowsWhatWasFoundAndTheReason() throws {
    let home = try PluginHome()
    let file = try FixturePlugin.path("loading", flags: ["-DFIXTURE_ABI=7"])
    let info = try home.run("plugins", "info", file, "--json")
    #expect(info.status == 0)
    let row = try #require(info.rows.first)
    #expect(row["code"] as? String == "abi_outside_window" && row["descriptor"] is NSNull)
    #expect(row["verdict"] as? String == "refused: it is built for ABI 7, this host serves 1 to 1.")
    #expect(row["exports"] as? [String] == ["codira_analyzer_entry"])
    try home.write("text.so", "no object\n")
    let text = try home.run("plugins", "info", "text.so", "--json").rows.first
    #expect(
      text?["code"] as? String == "not_elf" && text?["exports"] is NSNull && text?["bytes"] as? Int == 10)
  }

  @Test func whatIsNotThereIsNamed() throws {
    let home = try PluginHome()
    for (name, status, code) in [("nowhere.so", 2, "no_file"), ("pythn", 1, "unknown_plugin")]
      as [(String, Int32, String)]
    {
      let outcome = try home.run("plugins", "info", name, "--json")
      #expect(outcome.status == status && outcome.error["code"] as? String == code, "\(outcome)")
    }
    #expect(try home.run("plugins", "info", "pythn").errors.contains("Did you mean `python`?"))
  }

  @Test func escapesInADescriptorNeverReachTheTerminal() throws {
    let home = try PluginHome()
    let file = try FixturePlugin.path(
      "loading",
      flags: [
        "-DOWN_ENTRY=changed.grammar_name = text(\"\\x1b[31mred\"); changed.grammar_version = text(\"1\"); "
          + "changed.configuration_schema = text(\"\\x1b]0;title\\x07\")"
      ])
    let info = try home.run("plugins", "info", file)
    #expect(info.status == 0 && info.output.contains("red"))
    #expect(!info.output.utf8.contains(0x1B) && !info.output.utf8.contains(7))
  }

  @Test func settingsAreReadFromTheSchema() throws {
    let home = try PluginHome()
    let info = try home.run("plugins", "info", "cpp")
    #expect(
      info.output.contains(
        "settings under [analyzers.cpp] in the configuration\n    macros: table of string\n"))
  }
}

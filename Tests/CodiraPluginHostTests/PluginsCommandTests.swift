import Foundation
import Testing

/// `plugins list` and `doctor` as programs see them, over plugins named on the command line alone.
@Suite struct PluginsCommandTests {
  @Test func listTellsLoadedFromRefusedAndShadowed() throws {
    let good = try FixturePlugin.path("good")
    let shadowed = try FixturePlugin.path("hostile")
    let foreign = try FixturePlugin.path("loading", flags: ["-DFIXTURE_ABI=2"])
    let answer = try run(["plugins", "list", "--json"], plugins: [good, shadowed, foreign])
    #expect(answer.status == 0)
    let rows = try #require(answer.json["results"] as? [[String: Any]])
    let own = rows.filter { $0["origin"] as? String == "explicit" }
    #expect(own.map { $0["status"] as? String } == ["loaded", "shadowed", "refused"])
    #expect(own.map { $0["path"] as? String } == [good, shadowed, foreign])
    #expect(own[0]["suffixes"] as? [String] == [".fix"])
    #expect(own[0]["suffix_languages"] as? [String] == [])
    #expect((own[0]["digest"] as? String)?.count == 64)
    #expect(own[2]["code"] as? String == "abi_outside_window")
    #expect((own[2]["reason"] as? String)?.contains("ABI 2") == true)
  }

  @Test func doctorFailsOnAPluginThatDoesNotLoad() throws {
    let good = try FixturePlugin.path("good")
    let broken = try FixturePlugin.path("loading", flags: ["-DCONSTRUCTOR=_exit(3)"])
    let answer = try run(["doctor", "--json"], plugins: [good, broken])
    #expect(answer.status == 1)
    let rows = try #require(answer.json["results"] as? [[String: Any]])
    func states(_ path: String) -> [String?] {
      rows.filter { ($0["message"] as? String)?.contains(path) == true }.map { $0["status"] as? String }
    }
    #expect(states(good) == ["ok"])
    #expect(states(broken) == ["fail"])
    #expect(rows.allSatisfy { $0["status"] as? String == "ok" || $0["cure"] is String })
  }

  private func run(_ arguments: [String], plugins: [String]) throws -> (status: Int32, json: [String: Any]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: FixturePlugin.worker)
    process.arguments = arguments + plugins.flatMap { ["--plugin", $0] }
    process.environment = ["HOME": FixturePlugin.folder.path, "PATH": "/usr/bin:/bin"]
    process.currentDirectoryURL = FixturePlugin.folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return (process.terminationStatus, json ?? [:])
  }
}

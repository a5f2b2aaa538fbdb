import CodiraModel
import CodiraPluginHost
import Foundation
import Testing

@Suite struct PluginCatalogTests {
  @Test func descriptorIsReadInAWorker() throws {
    let catalog = FixturePlugin.catalog([try FixturePlugin.path("good")])
    let plugin = try #require(catalog.plugins.first)
    #expect(plugin.descriptor.id == "fixture")
    #expect(plugin.descriptor.suffixes == [".fix"])
    #expect(plugin.descriptor.supports(.variable))
    #expect(catalog.owner(ofPath: "a/b.fix") == plugin)
    #expect(catalog.owner(ofPath: "a.fix/b.txt") == nil)
  }

  /// Compiler flags for `loading.c`, the code of the refusal, and what its text must mention.
  static let refusals: [(flags: [String], code: String, mention: String)] = [
    (["-DFIXTURE_ABI=2"], "abi_outside_window", "built for ABI 2, this host serves 1 to 1"),
    (["-DFIXTURE_ABI=0"], "abi_outside_window", "built for ABI 0"),
    (["-DOWN_ENTRY=return NULL"], "entry_returned_null", "gave no descriptor"),
    (["-DFIXTURE_NO_ENTRY"], "no_entry_symbol", "codira_analyzer_entry"),
    (["-DFIXTURE_ID=\"Bad Id\""], "malformed_descriptor", "id is `Bad Id`"),
    (["-DOWN_ENTRY=changed.size = 16"], "malformed_descriptor", "size is 16"),
    (["-DOWN_ENTRY=changed.analyze = NULL"], "malformed_descriptor", "analyze is NULL"),
    (["-DOWN_ENTRY=changed.suffixes = NULL"], "malformed_descriptor", "suffixes is NULL"),
    (["-DOWN_ENTRY=changed.suffix_count = 1000000"], "malformed_descriptor", "suffixes has 1000000 entries"),
    (
      ["-DOWN_ENTRY=changed.suffix_languages = fixture_suffixes"], "malformed_descriptor",
      "suffix_languages holds one that is not among languages"
    ),
    (["-DOWN_ENTRY=changed.language_count = 0"], "malformed_descriptor", "languages is empty"),
    (["-DOWN_ENTRY=changed.traits = 64"], "malformed_descriptor", "traits has the unknown bits"),
    (["-DOWN_ENTRY=changed.version.length = 0"], "malformed_descriptor", "version is ``"),
    (["-DOWN_ENTRY=changed.version.data = NULL"], "malformed_descriptor", "version is a string of 1 bytes"),
    (["-DCONSTRUCTOR=__builtin_trap()"], "crashed", "crashed while loading"),
    (["-DCONSTRUCTOR=_exit(3)"], "exited", "status 3"),
    (["-DCONSTRUCTOR=for (;;)"], "hung", "0.4 s"),
    (
      ["-Wl,--no-as-needed", "-Wl,-z,lazy", "-DCONSTRUCTOR=missing_function()"], "loader_failed",
      "missing_function"
    ),
  ]

  @Test(arguments: refusals)
  func pluginThatDoesNotLoadSaysWhy(_ item: (flags: [String], code: String, mention: String)) throws {
    let catalog = FixturePlugin.catalog([try FixturePlugin.path("loading", flags: item.flags)])
    guard case .refused(let refusal, let digest)? = catalog.entries.first?.state else {
      Issue.record("\(item.flags): \(catalog.entries)")
      return
    }
    #expect(refusal.code == item.code, "\(refusal)")
    #expect(refusal.description.contains(item.mention), "\(refusal)")
    #expect(digest != nil)
    #expect(catalog.plugins.isEmpty)
  }

  @Test func objectIsJudgedByItsHeaderBeforeAnyLoad() throws {
    let good = try [UInt8](Data(contentsOf: URL(fileURLWithPath: FixturePlugin.path("good"))))
    func check(_ name: String, _ bytes: [UInt8], _ expected: PluginRefusal) throws {
      let path = try file(name, bytes)
      #expect(FixturePlugin.catalog([path]).entries.first?.refusal == expected)
    }
    try check("text", Array("#!/bin/sh\n".utf8), .notELF(found: "23 21 2f 62"))
    try check("empty", [], .notELF(found: "nothing"))
    try check("short", Array(good.prefix(20)), .notELF(found: "20 bytes, less than a header,"))
    var other = good
    (other[18], other[19]) = (243, 0)
    let own = "ELF class 2, byte order 1, machine \(good[18])"
    try check("other", other, .wrongMachine(found: "ELF class 2, byte order 1, machine 243", expected: own))
    other = good
    other[16] = 2
    try check("program", other, .notSharedObject(type: 2))
  }

  /// A place in the header, the bytes put there, and what the refusal says was found and expected.
  @Test(arguments: [
    (0, [0x23, 0x21], "it begins with 23 21 4c 46, not with 7f 45 4c 46"),
    (4, [1], "it is built for ELF class 1, byte order 1, machine "),
    (5, [2], "it is built for ELF class 2, byte order 2, machine "),
    (18, [40, 0], "it is built for ELF class 2, byte order 1, machine 40, this machine is ELF class 2, "),
    (16, [1, 0], "its ELF type is 1, not 3 (shared object)"),
    (16, [4, 0], "its ELF type is 4, not 3 (shared object)"),
  ])
  func refusalsOfForeignObjectsNameFoundAndExpected(_ place: Int, _ bytes: [UInt8], _ text: String) throws {
    var object = try [UInt8](Data(contentsOf: URL(fileURLWithPath: FixturePlugin.path("good"))))
    object.replaceSubrange(place..<place + bytes.count, with: bytes)
    let entry = try #require(FixturePlugin.catalog([try file("foreign", object)]).entries.first)
    #expect(entry.refusal?.description.contains(text) == true, "\(entry)")
  }

  /// Without section headers nobody but the loader can tell what an object exports; it is asked in the worker.
  @Test func withoutSectionHeadersTheLoaderDecides() throws {
    var object = try [UInt8](Data(contentsOf: URL(fileURLWithPath: FixturePlugin.path("good"))))
    object.replaceSubrange(60..<62, with: [0, 0])
    #expect(FixturePlugin.catalog([try file("stripped", object)]).plugins.count == 1)
    var other = try [UInt8](
      Data(contentsOf: URL(fileURLWithPath: FixturePlugin.path("loading", flags: ["-DFIXTURE_NO_ENTRY"]))))
    other.replaceSubrange(60..<62, with: [0, 0])
    let entry = try #require(FixturePlugin.catalog([try file("bare", other)]).entries.first)
    #expect(["no_entry_symbol", "loader_failed"].contains(entry.refusal?.code ?? ""), "\(entry)")
  }

  @Test func damagedObjectsNeverHurtTheHost() throws {
    let good = try [UInt8](Data(contentsOf: URL(fileURLWithPath: FixturePlugin.path("good"))))
    var random = SystemRandomNumberGenerator()
    for round in 0..<40 {
      var bytes = good
      for _ in 0..<8 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255) }
      if round % 4 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      let path = try file("damaged", bytes)
      _ = FixturePlugin.catalog([path])
      _ = PluginFile(path: path).exports
    }
  }

  @Test func missingFilesAndFoldersAreNamed() throws {
    let folder = FixturePlugin.folder.appendingPathComponent("libcodira-folder.so").path
    try FileManager.default.createDirectory(
      atPath: folder + "/libcodira-x.so", withIntermediateDirectories: true)
    let catalog = FixturePlugin.catalog(["/no/such/plugin.so", folder])
    #expect(catalog.entries.map(\.refusal) == [.notFound, .notAFile])
  }

  @Test func whatOthersMayWriteIsRefused() throws {
    let good = try FixturePlugin.path("good")
    let folder = FixturePlugin.folder.appendingPathComponent("open").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let copy = folder + "/libcodira-open.so"
    try FileManager.default.copyItem(atPath: good, toPath: copy)
    #expect(FixturePlugin.catalog([copy]).plugins.count == 1)
    chmod(folder, 0o775)
    let reason = "may be written by others: run `chmod go-w` on it"
    let resolved = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    #expect(
      FixturePlugin.catalog([copy]).entries.map(\.refusal) == [.untrusted(path: resolved, reason: reason)])
    chmod(folder, 0o755)
    chmod(copy, 0o757)
    #expect(
      FixturePlugin.catalog([copy]).entries.map(\.refusal) == [
        .untrusted(path: resolved + "/libcodira-open.so", reason: reason)
      ])
  }

  @Test func firstOfTwoWinsAndTheOtherIsShown() throws {
    let first = try FixturePlugin.path("good")
    let second = try FixturePlugin.path("loading")
    let other = try FixturePlugin.path("loading", flags: ["-DFIXTURE_ID=\"other\""])
    let catalog = FixturePlugin.catalog([first, first, second, other])
    #expect(catalog.plugins.map(\.path) == [first, other])
    guard case .shadowed(_, by: first)? = catalog.entries.first(where: { $0.path == second })?.state else {
      Issue.record("\(catalog.entries)")
      return
    }
    #expect(catalog.conflicts.map { [$0.claim, $0.owner] + $0.others } == [[".fix", "fixture", "other"]])
    #expect(catalog.owner(ofPath: "a.fix")?.path == first)
  }

  @Test func theChosenOwnerHasAClaimAndAnUnknownOneIsToldOf() throws {
    let paths = [
      try FixturePlugin.path("good"), try FixturePlugin.path("loading", flags: ["-DFIXTURE_ID=\"other\""]),
    ]
    func catalog(_ owners: [String: String], disabled: Set<String> = []) -> PluginCatalog {
      PluginCatalog(
        locations: paths.map { PluginLocation(.environment, $0) },
        choices: PluginChoices(disabled: disabled, owners: owners), executable: FixturePlugin.worker)
    }
    let chosen = catalog([".fix": "other"])
    #expect(chosen.owner(ofPath: "a.fix")?.descriptor.id == "other" && chosen.ownerProblems == [])
    let conflict = try #require(chosen.conflicts.first)
    #expect(conflict.owner == "other" && conflict.others == ["fixture"] && conflict.isChosen)
    #expect(
      catalog([".fix": "none", ".other": "other"]).ownerProblems == [
        .unknownAnalyzer(claim: ".fix", analyzer: "none", known: ["fixture", "other"]),
        .notClaimed(claim: ".other", analyzer: "other", claimants: []),
      ])
    let switched = catalog([".fix": "other"], disabled: ["other"])
    #expect(switched.owner(ofPath: "a.fix")?.descriptor.id == "fixture" && switched.ownerProblems == [])
    #expect(switched.conflicts == [] && switched.plugins.count == 1)
  }

  private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = FixturePlugin.folder.appendingPathComponent("libcodira-\(name).so").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o644)
    return path
  }
}

extension PluginEntry {
  fileprivate var refusal: PluginRefusal? {
    if case .refused(let refusal, _) = state { return refusal }
    return nil
  }
}

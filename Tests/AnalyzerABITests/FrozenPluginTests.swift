import CodiraModel
import CodiraPluginHost
import CodiraTestSupport
import Testing

/// What was built for the first release loads, and is read as it was then.
@Suite struct FrozenPluginTests {
  @Test(arguments: Corpus.files(FrozenPlugin.folder))
  func readsItsCorpus(_ file: String) throws {
    try corpus(FrozenPlugin.build()).check(file)
  }

  @Test func describesItselfInEveryField() throws {
    let catalog = FrozenPlugin.catalog(try FrozenPlugin.build())
    let descriptor = try #require(catalog.plugins.first, "\(catalog.entries)").descriptor
    var expected = AnalyzerDescriptor(abiVersion: 1, id: "frozen", version: "1")
    expected.capabilities = 1 | 2 | 4 | 8 | 32 | 128
    expected.traits = .overloads
    expected.threads = 1
    expected.grammarABI = 14
    expected.largestFile = 1 << 20
    expected.grammarName = "none"
    expected.grammarVersion = "0"
    expected.configurationSchema = #"{"type":"object"}"#
    expected.languages = ["frozen", "frozen-notes"]
    expected.suffixes = [".frozen", ".frozen-notes"]
    expected.fileNames = ["Frozenfile"]
    expected.interpreters = ["frozen"]
    expected.projectInterests = [
      .init(pattern: "frozen.project", match: .name, bytes: true),
      .init(pattern: ".frozen-list", match: .suffix, bytes: false),
    ]
    expected.conversions = [.init(from: "int", to: "long", phase: 0)]
    expected.suffixLanguages = ["frozen", "frozen-notes"]
    #expect(descriptor == expected)
  }

  /// What analyze() returned, said so that a failure has its words.
  @Test(arguments: [
    ("! This is no source.\n", AnalysisFailure.failed(message: " This is no source.")),
    ("#!/usr/bin/other\n", .notMine),
  ])
  func failsAsItSays(_ source: String, _ expected: AnalysisFailure) throws {
    #expect(try analyze(FrozenPlugin.build(), source) == .failure(expected))
  }

  @Test func refusesAsItSays() throws {
    let outcome = try analyze(FrozenPlugin.build(), "", configuration: #"{"refuse":true}"#)
    #expect(outcome == .failure(.unavailable(reason: "It was asked to refuse.")))
  }

  // MARK: other headers

  @Test func compilesWithTheCurrentHeader() throws {
    let header = try Checkout.text("\(InterfaceHeader.current)/codira_analyzer.h")
    try corpus(FrozenPlugin.build(header: header)).check("corpus.txt")
  }

  /// A header to come, of the same version, in which whatever an analyzer fills in is longer.
  @Test func longerStructsAreServed() throws {
    var header = try Checkout.text("\(FrozenPlugin.folder)/codira_analyzer.h")
    for name in ["symbol", "reference", "documentation", "diagnostic", "analyzer"] {
      header = header.replacing("\n} codira_\(name);", with: "\n  uint64_t later[7];\n} codira_\(name);")
    }
    var source = try Checkout.text("\(FrozenPlugin.folder)/plugin.c")
    source = source.replacing("    languages,\n};", with: "    languages,\n    {1, 2, 3, 4, 5, 6, 7},\n};")
    try corpus(FrozenPlugin.build(source: source, header: header)).check("corpus.txt")
    try corpus(FrozenPlugin.build(changing: "changed.known.size += 64")).check("corpus.txt")
  }

  /// What each artifact's size is called in the plugin, and how the host tells of one that is too short.
  @Test(arguments: [
    ("value.size = sizeof value;", "symbol 0: its size is 200, ABI 1 has 208 bytes"),
    ("reference.size = sizeof reference;", "reference 0: its size is 144, ABI 1 has 152 bytes"),
    ("diagnostic.size = sizeof diagnostic;", "diagnostic 0: its size is 64, ABI 1 has 72 bytes"),
  ])
  func shorterArtifactsFailTheirFile(_ statement: String, _ detail: String) throws {
    let source = try Checkout.text("\(FrozenPlugin.folder)/plugin.c")
    let shorter = source.replacing(statement, with: statement.dropLast() + " - 8;")
    #expect(shorter != source)
    let outcome = try analyze(FrozenPlugin.build(source: shorter), "type A : B\nnonsense\n")
    #expect(outcome == .failure(.protocolViolation(detail: detail)))
  }

  /// How a descriptor is changed, and why the host refuses it then.
  @Test(arguments: [
    ("changed.known.abi_version = 2", "it is built for ABI 2, this host serves 1 to 1"),
    ("changed.known.abi_version = 0", "it is built for ABI 0, this host serves 1 to 1"),
    ("changed.known.size -= 8", "its descriptor is malformed: size is 224, ABI 1 has 232 bytes"),
    ("return NULL", "its entry function gave no descriptor: it cannot serve this host"),
  ])
  func otherDescriptorsAreRefused(_ change: String, _ reason: String) throws {
    let catalog = FrozenPlugin.catalog(try FrozenPlugin.build(changing: change))
    guard case .refused(let refusal, _)? = catalog.entries.first?.state else {
      Issue.record("\(catalog.entries)")
      return
    }
    #expect(refusal.description == reason)
  }

  private func corpus(_ path: String) throws -> Corpus {
    try Corpus(plugin: path, suffix: ".frozen", folder: FrozenPlugin.folder)
  }

  private func analyze(
    _ path: String, _ source: String, configuration: String = "{}"
  ) throws -> Result<FileArtifacts, AnalysisFailure> {
    let plugin = try #require(FrozenPlugin.catalog(path).plugins.first)
    let pool = AnalyzerPool(jobs: 1, executable: FrozenPlugin.worker)
    let setup = AnalyzerSetup(plugin: plugin, configuration: configuration)
    return pool.analyze(setup, path: "a.frozen", source: Array(source.utf8))
  }
}

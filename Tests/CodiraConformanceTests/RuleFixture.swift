import CodiraConformance
import CodiraPluginHost
import CodiraTestSupport
import Foundation

/// `Fixtures/rules.c`, compiled so that it breaks one rule, and the samples it is checked with.
enum RuleFixture {
  static let fixtures = Checkout.root.appendingPathComponent("Tests/CodiraConformanceTests/Fixtures")
  static let command = Checkout.products.appendingPathComponent("codira").path

  /// A folder that this process alone may write.
  private static let output: URL = {
    var template = Array((NSTemporaryDirectory() + "/codira-rules-XXXXXX").utf8CString)
    return URL(fileURLWithPath: String(cString: mkdtemp(&template)))
  }()

  /// What it takes beside the number of the rule to break it.
  private static let flags: [String: [String]] = [
    "shared-object": ["-c"], "one-export": ["-DBAD_EXPORT"], "loads": ["-DBAD_UNDEFINED"],
    "known-libraries": ["-Wl,--no-as-needed", "-lnettle"], "no-executable-stack": ["-Wl,-z,execstack"],
    "no-text-relocations": ["-DBAD_RELOCATION", "-Wl,-z,notext"],
  ]

  /// The plugin that breaks the rule, and none where the name is `none`.
  ///
  /// Each call writes a file of its own: tests that run at once must not compile over what another one loads.
  static func plugin(breaking rule: String) throws -> String {
    let folder = output.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let file = folder.appendingPathComponent("libcodira-\(rule).so").path
    let rest = flags[rule] ?? []
    let run = try ToolRun(
      ["cc"] + (rest == ["-c"] ? [] : ["-shared"]) + [
        "-fPIC", "-O1", "-w", "-ISources/CCodiraAnalyzer/include",
        "-DBAD=b_" + rule.replacing("-", with: "_"), "-o", file,
        fixtures.appendingPathComponent("rules.c").path,
      ] + rest)
    guard run.status == 0 else { throw ToolRun.Failure(run: run) }
    return file
  }

  static func samples() throws -> [CheckSample] {
    try ["one", "two", "three"].map { name in
      let file = fixtures.appendingPathComponent("samples/\(name).fix")
      return CheckSample(path: "src/\(name).fix", bytes: Array(try Data(contentsOf: file)))
    }
  }

  /// The verdict of every rule.
  ///
  /// Without the filter of system calls: it would end a plugin that breaks some of them.
  static func check(
    _ plugin: String, _ samples: [CheckSample], sandbox: SandboxChoice = SandboxChoice(word: "no-calls")
  ) throws -> [RuleResult] {
    let bench = CheckBench(
      file: plugin, fileBytes: Array(try Data(contentsOf: URL(fileURLWithPath: plugin))), samples: samples,
      seed: 1,
      executable: command, sandbox: sandbox)
    var conformance = Conformance(bench)
    return conformance.run()
  }
}

import CodiraModel
import CodiraPluginHost
import Foundation

/// Plugins of `Fixtures/`, compiled by `cc` when a test first asks for one, and the program that serves as worker.
enum FixturePlugin {
  /// The built `codira` beside this test bundle.
  static let worker: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("codira").path
  }()

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let lock = NSLock()
  nonisolated(unsafe) private static var built: [String: String] = [:]

  /// A folder that this process alone may write; the system's temporary folder has the sticky bit.
  static let folder: URL = {
    var template = Array((NSTemporaryDirectory() + "/codira-fixtures-XXXXXX").utf8CString)
    let made = realpath(mkdtemp(&template), nil)!
    defer { free(made) }
    return URL(fileURLWithPath: String(cString: made))
  }()

  /// The path of `Fixtures/<name>.c` as a shared object, compiled with `flags`.
  static func path(_ name: String, flags: [String] = []) throws -> String {
    lock.lock()
    defer { lock.unlock() }
    let key = ([name] + flags).joined(separator: " ")
    if let path = built[key] { return path }
    let output = folder.appendingPathComponent("libcodira-\(name)-\(built.count).so").path
    let header = root.appendingPathComponent("../../Sources/CCodiraAnalyzer/include").path
    let source = root.appendingPathComponent("Fixtures/\(name).c").path
    try run(
      "/usr/bin/env", ["cc", "-shared", "-fPIC", "-O1", "-w", "-I", header, "-o", output, source] + flags)
    built[key] = output
    return output
  }

  /// A loaded fixture, ready for a pool.
  static func setup(_ name: String, flags: [String] = []) throws -> AnalyzerSetup {
    AnalyzerSetup(plugin: try plugin(name, flags: flags))
  }

  static func plugin(_ name: String, flags: [String] = []) throws -> Plugin {
    let catalog = catalog([try path(name, flags: flags)])
    guard let plugin = catalog.plugins.first else { throw Unexpected(text: "\(catalog.entries)") }
    return plugin
  }

  static func catalog(_ paths: [String], cache: String? = nil) -> PluginCatalog {
    PluginCatalog(
      locations: paths.map { PluginLocation(.explicit, $0) }, cache: cache,
      limits: AnalyzerLimits(cpuSeconds: 0.4, memory: 256 << 20), executable: worker)
  }

  static func pool(jobs: Int = 1, cpuSeconds: Double = 0.4, memory: Int = 256 << 20) -> AnalyzerPool {
    AnalyzerPool(
      jobs: jobs, limits: AnalyzerLimits(cpuSeconds: cpuSeconds, memory: memory), executable: worker)
  }

  /// Changes one byte in the middle of a file.
  static func damage(_ path: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  struct Unexpected: Error {
    let text: String
  }

  private static func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw Unexpected(text: arguments.joined(separator: " ")) }
  }
}

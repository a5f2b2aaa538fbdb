import CodiraIndexer
import CodiraModel
import CodiraStore
import Foundation

/// A folder of sources with an index, removed with the value.
final class ScratchRepository {
  let folder: URL
  var toy = ToyAnalyzer()
  var model: ToyModel? = ToyModel()

  init(git: Bool = false, files: [String: String] = [:]) throws {
    folder = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath()
      .appendingPathComponent("codira-indexer-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files { try write(path, text) }
    if git {
      try self.git("init", "-q", "-b", "main")
      try self.git("config", "user.name", "test")
      try self.git("config", "user.email", "test@localhost")
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var root: String { folder.path }
  var location: IndexLocation { IndexLocation(directory: root + "/.codira") }

  func path(_ name: String) -> String { root + "/" + name }

  func write(_ name: String, _ text: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", root] + arguments
    let outlet = Pipe()
    process.standardOutput = outlet
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = outlet.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw GitFailure(arguments: arguments) }
    return String(decoding: bytes, as: UTF8.self)
  }

  struct GitFailure: Error { var arguments: [String] }

  /// One run; `location` other than the repository's own for a second index of the same tree.
  @discardableResult
  func index(
    at location: IndexLocation? = nil, analyzers: ToyAnalyzer.Counter = .init(),
    vectors: ToyModel.Counter = .init(), extra: [ToyAnalyzer] = [],
    _ change: (inout IndexOptions) -> Void = { _ in }
  ) throws -> IndexSummary {
    var options = IndexOptions(root: root, location: location ?? self.location)
    options.lockTimeout = 1
    change(&options)
    return try IndexRun(
      options, toy.inventory(analyzers, extra: extra), embedding: model.map { $0.source(vectors) }
    ).perform()
  }

  func snapshot<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    try IndexReader(location).read(body)
  }

  /// A clean index of the tree as it is, in a folder outside of it.
  func cleanDump(jobs: Int = 2) throws -> String {
    let other = IndexLocation(directory: root + ".clean")
    try? FileManager.default.removeItem(atPath: other.directory)
    defer { try? FileManager.default.removeItem(atPath: other.directory) }
    try index(at: other) { $0.jobs = jobs }
    return try IndexReader(other).read { try IndexDump($0).text }
  }

  func dump() throws -> String { try snapshot { try IndexDump($0).text } }
}

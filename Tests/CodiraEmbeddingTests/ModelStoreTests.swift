import CodiraEmbedding
import Foundation
import Testing

@Suite struct ModelStoreTests {
  private let source = Fixtures.temporaryDirectory() + "/tiny"
  private let root = Fixtures.temporaryDirectory() + "/data/models"
  private var store: ModelStore { ModelStore(root: root) }

  init() throws { try Fixtures.copyTinyModel(to: source) }

  private func failure<Value>(_ body: () throws(EmbeddingError) -> Value) -> EmbeddingError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  @Test func installsListsResolvesAndVerifies() throws {
    let installed = try store.install(from: source)
    #expect(installed.name == "tiny")
    #expect(try installed.fingerprint == EmbeddingModel(directory: source).fingerprint())
    #expect(try store.resolve("tiny") == installed)
    #expect(try store.verify("tiny") == installed)
    #expect(try store.list() == [installed])
    #expect(try EmbeddingModel(directory: installed.directory).fingerprint() == installed.fingerprint)
    #expect(try store.install(from: source + "/", name: "other").directory == installed.directory)
    #expect(try store.list().map(\.name) == ["other", "tiny"])
    let left = try FileManager.default.contentsOfDirectory(atPath: root).sorted()
    #expect(left == [installed.fingerprint.hex, "names"])
  }

  @Test func absentModelSaysWhereItWasLookedForAndTheCure() throws {
    let both = ModelStore(root: root, installations: ["/nonexistent/models"])
    let error = failure { () throws(EmbeddingError) in try both.resolve("all-MiniLM-L6-v2") }
    #expect(error == .absent(model: "all-MiniLM-L6-v2", searched: [root, "/nonexistent/models"]))
    #expect(error?.cure == "codira model install PATH --name all-MiniLM-L6-v2")
    #expect(try both.list().isEmpty)
  }

  @Test func installationsAreSearchedAfterTheRoot() throws {
    let installation = Fixtures.temporaryDirectory()
    let installed = try ModelStore(root: installation).install(from: source)
    let both = ModelStore(root: root, installations: [installation])
    #expect(try both.resolve("tiny") == installed)
    let own = try both.install(from: source)
    #expect(own.directory.hasPrefix(root))
    #expect(try both.resolve("tiny") == own)
  }

  @Test func aChangedByteIsFoundThoughSizeIsTheSame() throws {
    let installed = try store.install(from: source)
    let path = "\(installed.directory)/model.safetensors"
    let expected = try store.resolve("tiny")
    #expect(expected == installed)
    try flipLastByte(path)
    guard
      case .damaged("tiny", path, _, _) = failure({ () throws(EmbeddingError) in try store.resolve("tiny") })
    else {
      Issue.record("the change was not found")
      return
    }
    #expect(
      failure { () throws(EmbeddingError) in try store.verify("tiny") }?.cure
        == "codira model install PATH --name tiny")
    #expect(try store.install(from: source) == installed)
    #expect(try store.verify("tiny") == installed)
  }

  @Test func aFileCutShortOrRemovedIsFound() throws {
    let installed = try store.install(from: source)
    let path = "\(installed.directory)/vocab.txt"
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    truncate(path, off_t(size - 1))
    #expect(
      failure { () throws(EmbeddingError) in try store.resolve("tiny") }
        == .resized(model: "tiny", path: path, expected: size, found: size - 1))
    unlink(path)
    #expect(failure { () throws(EmbeddingError) in try store.resolve("tiny") } == .missing(path: path))
  }

  /// Touching a file makes one hash and one new manifest; after that nothing is written.
  @Test func aTouchedFileIsHashedOnce() throws {
    let installed = try store.install(from: source)
    let manifest = URL(fileURLWithPath: "\(installed.directory)/manifest.json")
    let first = try Data(contentsOf: manifest)
    utimes(
      "\(installed.directory)/config.json", [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)])
    #expect(try store.resolve("tiny") == installed)
    let second = try Data(contentsOf: manifest)
    #expect(first != second)
    #expect(try store.resolve("tiny") == installed)
    #expect(try Data(contentsOf: manifest) == second)
  }

  @Test func whatIsNoModelIsNotInstalled() throws {
    try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(source)/config.json"))
    #expect(failure { () throws(EmbeddingError) in try store.install(from: source) } != nil)
    #expect(!FileManager.default.fileExists(atPath: root))
  }

  @Test(arguments: ["", ".", "..", ".hidden", "a/b", "a\0b"])
  func namesThatAreNone(name: String) {
    #expect(failure { () throws(EmbeddingError) in try store.resolve(name) } == .invalidName(name))
    #expect(
      failure { () throws(EmbeddingError) in try store.install(from: source, name: name) }
        == .invalidName(name))
  }

  @Test func aDamagedManifestIsAnErrorWithItsPath() throws {
    let installed = try store.install(from: source)
    let path = "\(installed.directory)/manifest.json"
    try Data("{\"name\": ".utf8).write(to: URL(fileURLWithPath: path))
    guard case .malformed(path, _) = failure({ () throws(EmbeddingError) in try store.resolve("tiny") })
    else {
      Issue.record("the manifest was accepted")
      return
    }
  }

  @Test func theRootFollowsTheEnvironment() {
    #expect(ModelStore.defaultRoot(["CODIRA_MODEL_HOME": "/m", "XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/m")
    #expect(ModelStore.defaultRoot(["XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/x/codira/models")
    #expect(ModelStore.defaultRoot(["XDG_DATA_HOME": "", "HOME": "/h"]) == "/h/.local/share/codira/models")
  }

  private func flipLastByte(_ path: String) throws {
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    let end = try handle.seekToEnd()
    try handle.seek(toOffset: end - 1)
    let byte = try #require(try handle.read(upToCount: 1)?.first)
    try handle.seek(toOffset: end - 1)
    try handle.write(contentsOf: Data([byte ^ 1]))
    try handle.close()
  }
}

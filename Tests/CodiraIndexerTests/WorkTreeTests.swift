import CodiraIndexer
import CodiraPlanner
import CodiraStore
import Foundation
import Testing

/// A new work tree of a repository begins with the index of another one.
@Suite struct WorkTreeTests {
  /// A repository with an index, and a second work tree without one.
  private func twoTrees() throws -> (repository: ScratchRepository, second: String) {
    let repository = try ScratchRepository(
      git: true, files: ["a.toy": ReuseTests.source, "deep/b.toy": "def other\ncall one\n"])
    try repository.git("add", "a.toy", "deep")
    try repository.git("commit", "-q", "-m", "first")
    try repository.index()
    let second = repository.root + ".second"
    try repository.git("worktree", "add", "-q", "-b", "side", second)
    return (repository, second)
  }

  private func index(
    _ root: String, _ repository: ScratchRepository, _ location: IndexLocation, isFull: Bool = false,
    analyzers: ToyAnalyzer.Counter = .init(), vectors: ToyModel.Counter = .init()
  ) throws -> IndexSummary {
    var options = IndexOptions(root: root, location: location)
    options.isFull = isFull
    return try IndexRun(
      options, repository.toy.inventory(analyzers), embedding: repository.model.map { $0.source(vectors) }
    ).perform()
  }

  private func dump(_ location: IndexLocation) throws -> String {
    try IndexReader(location).read { try IndexDump($0).text }
  }

  @Test func onlyTheDifferenceIsReadAndEmbedded() throws {
    let (repository, second) = try twoTrees()
    defer { try? FileManager.default.removeItem(atPath: second) }
    try Data("def other\ncall one\ndef fresh\nwords\n".utf8).write(
      to: URL(fileURLWithPath: second + "/deep/b.toy"))
    let before = try repository.dump()
    let own = IndexLocation(directory: second + "/.codira")
    let analyzers = ToyAnalyzer.Counter()
    let vectors = ToyModel.Counter()
    let summary = try index(second, repository, own, analyzers: analyzers, vectors: vectors)
    #expect(summary.origin == repository.root)
    #expect(analyzers.value == 1 && vectors.computed == 1)
    #expect(summary.count(.contentChanged) == 1 && summary.count(.unchanged) == 1)

    let clean = IndexLocation(directory: second + ".clean")
    defer { try? FileManager.default.removeItem(atPath: clean.directory) }
    #expect(try index(second, repository, clean, isFull: true).origin == nil)
    #expect(try dump(own) == dump(clean))
    #expect(try repository.dump() == before, "the index that was copied is as it was")
    let mode = try FileManager.default.attributesOfItem(atPath: own.database)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func aFolderOfAWorkTreeBeginsWithTheSameFolder() throws {
    let (repository, second) = try twoTrees()
    defer { try? FileManager.default.removeItem(atPath: second) }
    let inner = repository.root + "/deep"
    _ = try index(inner, repository, IndexLocation(directory: inner + "/.codira"))
    let analyzers = ToyAnalyzer.Counter()
    let summary = try index(
      second + "/deep", repository, IndexLocation(directory: second + "/deep/.codira"), analyzers: analyzers)
    #expect(summary.origin == repository.root && analyzers.value == 0)
  }

  @Test func whatCannotBeCopiedIsLeftAlone() throws {
    let (repository, second) = try twoTrees()
    defer { try? FileManager.default.removeItem(atPath: second) }
    try Data("no database".utf8).write(to: URL(fileURLWithPath: repository.location.database))
    let own = IndexLocation(directory: second + "/.codira")
    let analyzers = ToyAnalyzer.Counter()
    let summary = try index(second, repository, own, analyzers: analyzers)
    #expect(summary.origin == nil && analyzers.value == 2)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: own.directory).allSatisfy { !$0.hasSuffix(".copy") }
    )
  }
}

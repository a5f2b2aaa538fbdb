import CodiraIndexer
import CodiraModel
import CodiraPlanner
import CodiraStore
import Foundation
import Testing

/// How much a run reads and computes after each kind of edit, as exact counts.
@Suite struct ReuseTests {
  static let source = "def one\ncall two\ndef two\nbody words here\ndef three\nx\n"

  private func indexed() throws -> ScratchRepository {
    let repository = try ScratchRepository(files: ["a.toy": Self.source, "b.toy": "def other\ncall one\n"])
    let counter = ToyModel.Counter()
    let summary = try repository.index(vectors: counter)
    #expect(summary.symbols[.added] == 4)
    #expect(counter.computed == 4 && summary.vectors.computed == 4)
    return repository
  }

  /// Runs again and demands these counts.
  private func check(
    _ repository: ScratchRepository, analyzed: Int, computed: Int, _ comment: Comment? = nil,
    _ change: (inout IndexOptions) -> Void = { _ in }
  ) throws {
    let files = ToyAnalyzer.Counter()
    let vectors = ToyModel.Counter()
    let summary = try repository.index(analyzers: files, vectors: vectors, change)
    #expect(files.value == analyzed, comment)
    #expect(vectors.computed == computed, comment)
    #expect(summary.vectors.computed == computed, comment)
    #expect(summary.vectors.missing == 0, comment)
  }

  @Test func nothingChangedWritesNothing() throws {
    let repository = try indexed()
    try repository.index()
    let before = try FileManager.default.attributesOfItem(atPath: repository.location.database)
    let vectors = ToyModel.Counter()
    let summary = try repository.index(vectors: vectors)
    let after = try FileManager.default.attributesOfItem(atPath: repository.location.database)
    #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
    #expect(!summary.isChanged && summary.generation == 1)
    #expect(summary.count(.unchanged) == 2)
    #expect(vectors.opened == 0, "the model was opened for nothing")
    #expect(try repository.snapshot { try $0.lastRun()?.id } == 1)
  }

  @Test func unrelatedEditsComputeNothing() throws {
    for (name, text) in [
      ("comment", "# hello\n" + Self.source), ("blank lines", "\n\n" + Self.source),
      ("reformatting", Self.source.replacingOccurrences(of: "body words here", with: "body   words\n  here")),
      ("moved function", "def three\nx\ndef one\ncall two\ndef two\nbody words here\n"),
    ] {
      let repository = try indexed()
      try repository.write("a.toy", text)
      try check(repository, analyzed: 1, computed: 0, "\(name)")
    }
  }

  @Test func aRenamedFileComputesNothing() throws {
    let repository = try indexed()
    try FileManager.default.moveItem(atPath: repository.path("a.toy"), toPath: repository.path("c.toy"))
    try check(repository, analyzed: 1, computed: 0)
  }

  @Test func oneEditedFunctionComputesOneVector() throws {
    for (name, from, to) in [("body", "body words", "other words"), ("signature", "def two", "def deux")] {
      let repository = try indexed()
      try repository.write("a.toy", Self.source.replacingOccurrences(of: from, with: to))
      try check(repository, analyzed: 1, computed: 1, "\(name)")
    }
  }

  @Test func aBranchSwitchedThereAndBackComputesNothing() throws {
    let repository = try ScratchRepository(git: true, files: ["a.toy": Self.source])
    try repository.git("add", "-A")
    try repository.git("commit", "-qm", "one")
    try repository.index()
    try repository.git("checkout", "-qb", "side")
    try repository.write("a.toy", "def quite\ndifferent\n")
    try repository.git("commit", "-qam", "two")
    try check(repository, analyzed: 1, computed: 1)
    try repository.git("checkout", "-q", "main")
    try check(repository, analyzed: 1, computed: 0)
    try repository.git("checkout", "-q", "side")
    try check(repository, analyzed: 1, computed: 0)
  }

  @Test func touchedFilesAreHashedAndNothingElse() throws {
    let repository = try indexed()
    utimes(repository.path("a.toy"), nil)
    try check(repository, analyzed: 0, computed: 0)
    #expect(try repository.snapshot { try $0.generation() } == 1)
  }

  @Test func aChangedAnalyzerReadsAllAndComputesWhatDiffers() throws {
    let repository = try indexed()
    repository.toy.build = "b"
    repository.toy.version = "2"
    try check(repository, analyzed: 2, computed: 0)
    repository.toy.build = "c"
    repository.toy.signature = "function"
    try check(repository, analyzed: 2, computed: 4)
  }

  @Test func aChangedModelOrPrecisionComputesAll() throws {
    let repository = try indexed()
    repository.model?.name = "two"
    try check(repository, analyzed: 0, computed: 4)
    repository.model?.precision = "int8"
    try check(repository, analyzed: 0, computed: 4)
    try check(repository, analyzed: 0, computed: 4, "all on demand") { $0.allVectors = true }
    #expect(try repository.snapshot { try $0.generation() } == 1)
  }

  @Test func oneTextInTwoPlacesIsOneVector() throws {
    let repository = try ScratchRepository(files: ["a.toy": "def f\nx\n", "b.toy": "def f\nx\n"])
    let counter = ToyModel.Counter()
    try repository.index(vectors: counter)
    #expect(counter.computed == 1)
  }

  @Test func vectorsLeftOutComeLater() throws {
    let repository = try ScratchRepository(files: ["a.toy": Self.source])
    let summary = try repository.index { $0.computesVectors = false }
    #expect(summary.vectors.computed == 0)
    #expect(try repository.snapshot { try $0.vectorStatus().missing } == 3)
    try check(repository, analyzed: 0, computed: 3)
    try check(repository, analyzed: 0, computed: 0)
  }

  @Test func anAbsentModelEndsTheRunBeforeAnyWork() throws {
    let repository = try ScratchRepository(files: ["a.toy": Self.source])
    let files = ToyAnalyzer.Counter()
    var options = IndexOptions(root: repository.root, location: repository.location)
    let run = { try IndexRun(options, repository.toy.inventory(files), embedding: ToyModel.absent).perform() }
    #expect(throws: IndexError.self) { try run() }
    #expect(files.value == 0)
    #expect(!FileManager.default.fileExists(atPath: repository.location.database))
    options.computesVectors = false
    _ = try run()
    #expect(files.value == 1)
  }

  @Test func reasonsAreTold() throws {
    let repository = try indexed()
    try repository.write("a.toy", Self.source + "def four\n")
    try repository.write("c.toy", "def c\n")
    try repository.remove("b.toy")
    try repository.write("d.txt", "words")
    let summary = try repository.index()
    #expect(summary.count(.contentChanged) == 1)
    #expect(summary.count(.new) == 2)
    #expect(summary.count(.removed) == 1)
    #expect(summary.symbols == [.added: 2, .samePayload: 3, .changedPayload: 0].filter { $0.value > 0 })
    let planned = try repository.index { $0.isDryRun = true }
    #expect(planned.events.isEmpty)
    try repository.write("root.toyproject", "p")
    #expect(try repository.index { $0.isDryRun = true }.count(.projectChanged) == 2)
    #expect(try repository.index().count(.projectChanged) == 2)
  }

  @Test func symbolsRememberWhenTheirTextChanged() throws {
    let repository = try indexed()
    try repository.write("a.toy", Self.source.replacingOccurrences(of: "body", with: "new"))
    try repository.index()
    try repository.snapshot { (snapshot) throws in
      let generations = try snapshot.symbols(of: 1).map(\.generation)
      #expect(generations == [1, 2, 1])
    }
  }
}

import CodiraIndexer
import CodiraModel
import CodiraPlanner
import CodiraStore
import Foundation
import Testing

@Suite struct FaultTests {
  private func statuses(_ repository: ScratchRepository) throws -> [RepositoryPath: FileStatus] {
    try repository.snapshot { snapshot in
      Dictionary(uniqueKeysWithValues: try snapshot.files().map { ($0.path, $0.status) })
    }
  }

  @Test func oddEntriesAreLeftOutOrCounted() throws {
    let repository = try ScratchRepository(files: [
      "a.toy": "def a\n", "folder.toy/b.toy": "def b\n", ".env": "SECRET=1", ".env.local": "SECRET=2",
      "id_rsa": "key", "keys/server.pem": "key", ".codira/config.toml": "", "nested/.git/HEAD": "",
      "nested/c.toy": "",
    ])
    mkfifo(repository.path("pipe.toy"), 0o600)
    symlink("/etc/passwd", repository.path("link.toy"))
    symlink(repository.path("folder.toy"), repository.path("linked"))
    try repository.write("large.toy", "")
    let large = try FileHandle(forWritingTo: repository.folder.appendingPathComponent("large.toy"))
    try large.truncate(atOffset: 100 << 20)
    let summary = try repository.index()
    #expect(
      try statuses(repository) == ["a.toy": .indexed, "folder.toy/b.toy": .indexed, "large.toy": .tooLarge])
    #expect(summary.excluded == 4)
    #expect(summary.failures.isEmpty)
  }

  @Test func failuresCostOneFileAndAreRemembered() throws {
    let repository = try ScratchRepository(files: [
      "a.toy": "def a\n", "b.toy": "def b\n!fail\n", "c.toy": "def c\n",
    ])
    let summary = try repository.index()
    #expect(summary.failures.map(\.path.text) == ["b.toy"])
    #expect(summary.failures.first?.message == "it says !fail")
    let counter = ToyAnalyzer.Counter()
    let again = try repository.index(analyzers: counter)
    #expect(counter.value == 0 && !again.isChanged)
    #expect(again.count(.failedBefore) == 1 && again.failures.count == 1)
    try repository.write("b.toy", "def b\n")
    #expect(try repository.index(analyzers: counter).failures.isEmpty)
    #expect(counter.value == 1)
  }

  @Test func vectorsOutliveAFailure() throws {
    let repository = try ScratchRepository(files: ["a.toy": "def a\nbody\n"])
    try repository.index()
    try repository.write("a.toy", "def a\nbody\n!fail\n")
    try repository.index()
    #expect(try repository.snapshot { try $0.symbols(named: "a") }.isEmpty)
    try repository.write("a.toy", "def a\nbody\n")
    let vectors = ToyModel.Counter()
    try repository.index(vectors: vectors)
    #expect(vectors.computed == 0)
  }

  @Test func timeOutsAreTriedTwiceMore() throws {
    let repository = try ScratchRepository(files: ["a.toy": "!slow\n"])
    let counter = ToyAnalyzer.Counter()
    for expected in [1, 2, 3, 3, 3] {
      let summary = try repository.index(analyzers: counter)
      #expect(counter.value == expected)
      #expect(summary.failures.map(\.status) == [.timedOut])
    }
  }

  @Test func aMissingAnalyzerEndsTheRunUnlessAllowed() throws {
    let repository = try ScratchRepository(files: ["a.toy": "def a\n", "b.game": "def b\n"])
    let game = ToyAnalyzer(suffix: ".game")
    try repository.index(extra: [game])
    #expect(throws: IndexError.analyzersMissing(["toygame": "no plugin gives it"])) { try repository.index() }
    #expect(try statuses(repository)["b.game"] == .indexed)
    let summary = try repository.index { $0.allowsMissingAnalyzers = true }
    #expect(summary.count(.analyzerUnavailable) == 1)
    #expect(try statuses(repository) == ["a.toy": .indexed, "b.game": .unowned])
    let back = try repository.index(extra: [game])
    #expect(back.count(.ownerChanged) == 1 && back.vectors.computed == 0)
  }

  @Test func aDeletedRepositoryIsAnError() throws {
    let repository = try ScratchRepository(files: ["a.toy": "def a\n"])
    try FileManager.default.removeItem(atPath: repository.root)
    #expect(throws: IndexError.self) { try repository.index() }
  }

  @Test func homeAndRootAreRefused() throws {
    let home = try #require(getenv("HOME").map { String(cString: $0) })
    for root in ["/", home] {
      let place = RepositoryScan.Place(root: root, usesGit: false, force: false, indexDirectory: "/nowhere")
      #expect(throws: IndexError.self) { try RepositoryScan(place) }
    }
  }

  @Test func aFailingGitNamesItself() throws {
    let repository = try ScratchRepository(files: ["a.toy": "def a\n", ".git": "gitdir: /nowhere\n"])
    #expect(throws: IndexError.self) { try repository.index() }
    try repository.index { $0.usesGit = false }
    #expect(try statuses(repository)["a.toy"] == .indexed)
  }

  @Test func aRepositoryCannotMakeGitStartPrograms() throws {
    let repository = try ScratchRepository(git: true, files: ["a.toy": "def a\n"])
    let mark = repository.path("started")
    try repository.write("hook", "#!/bin/sh\ntouch \(mark)\n")
    chmod(repository.path("hook"), 0o755)
    try repository.git("config", "core.fsmonitor", repository.path("hook"))
    try repository.index()
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func pathsOfAnyBytesWork() throws {
    let names = [
      "a b.toy", "é.toy", "e\u{301}.toy", "日本.toy", "😀.toy", "back\\slash.toy", "new\nline.toy",
      String(repeating: "x", count: 200) + ".toy",
    ]
    for git in [true, false] {
      let repository = try ScratchRepository(git: git)
      for name in names { try repository.write(name, "def f\n") }
      let odd =
        repository.root.utf8CString.dropLast() + [0x2F, -1, 0x2E, 0x74, 0x6F, 0x79, 0].map { CChar($0) }
      let file = open(Array(odd), O_CREAT | O_WRONLY, 0o600)
      #expect(file >= 0)
      close(file)
      try repository.index()
      let found = Set(try statuses(repository).keys)
      #expect(found.count == names.count + 1)
      #expect(
        found.contains(RepositoryPath(text: "\\xFF.toy"))
          && found.contains(RepositoryPath(text: "back\\\\slash.toy")))
      #expect(try !repository.index().isChanged)
      #expect(try repository.dump() == repository.cleanDump())
    }
  }

  @Test func unreadableFilesAreCountedAndComeBack() throws {
    // A read that fails for everyone, root included: the process may open no more files.
    let repository = try ScratchRepository(files: ["a.toy": "def a\n"])
    try repository.index()
    #expect(try statuses(repository) == ["a.toy": .indexed])
    if getuid() == 0 { return }
    chmod(repository.path("a.toy"), 0)
    #expect(try repository.index().failures.map(\.status) == [.unreadable])
    #expect(try !repository.index().isChanged)
    chmod(repository.path("a.toy"), 0o644)
    #expect(try repository.index().failures.isEmpty)
  }

  @Test func garbageIsWhatNothingUses() throws {
    let repository = try ScratchRepository(files: ["a.toy": "def a\n", "b.toy": "def b\n"])
    try repository.index()
    try repository.remove("b.toy")
    try repository.index()
    let writer = try IndexWriter(repository.location, lockTimeout: 1)
    #expect(try writer.collectGarbage() == .init(payloads: 1, vectors: 1, sets: 0))
    #expect(try repository.dump() == repository.cleanDump())
  }
}

extension RepositoryPath: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text: text) }
}

import CodiraDigest
import CodiraIndexer
import CodiraModel
import Foundation
import Testing

@Suite struct GitRevisionTests {
  private func repository() throws -> ScratchRepository {
    let repository = try ScratchRepository(
      git: true,
      files: ["a.txt": "one\n", "deep/b c.txt": "two\n", "deep/gone.txt": "three\n", "same.txt": "four\n"])
    try repository.git("add", ".")
    try repository.git("commit", "-q", "-m", "first")
    return repository
  }

  private func changes(_ root: String, _ name: String = "HEAD", known: [String] = []) throws -> [String] {
    try GitRevision(name, root: root).changes(known: known.map { RepositoryPath(text: $0) }).map { change in
      func text(_ bytes: [UInt8]?) -> String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-" }
      return "\(change.path.text): \(text(change.before))>\(text(change.now))".filter { $0 != "\n" }
    }
  }

  @Test func whatIsNotAsItWasIsFound() throws {
    let repository = try repository()
    #expect(try changes(repository.root) == [])
    try repository.write("deep/b c.txt", "two and\n")
    try repository.remove("deep/gone.txt")
    try repository.write("new.txt", "five\n")
    #expect(try changes(repository.root) == ["deep/b c.txt: two>two and", "deep/gone.txt: >-"])
    #expect(try changes(repository.root, known: ["new.txt", "a.txt"]).last == "new.txt: ->five")
    // A root inside the work tree sees its own files, by their paths from there.
    #expect(try changes(repository.path("deep")) == ["b c.txt: two>two and", "gone.txt: >-"])
    try repository.git("add", ".")
    try repository.git("commit", "-q", "-m", "second")
    #expect(try changes(repository.root) == [])
    #expect(try changes(repository.root, "HEAD~1", known: ["new.txt"]).count == 3)
    try FileManager.default.createSymbolicLink(
      atPath: repository.path("link.txt"), withDestinationPath: "/etc/passwd")
    #expect(try changes(repository.root, known: ["link.txt"]) == [])
  }

  @Test func noProgramOfTheRepositoryRuns() throws {
    let repository = try repository()
    let mark = repository.path("ran")
    for (key, value) in [
      ("filter.evil.clean", "touch \(mark); cat"), ("filter.evil.smudge", "touch \(mark); cat"),
      ("diff.evil.textconv", "touch \(mark); cat"), ("diff.evil.command", "touch \(mark)"),
      ("core.fsmonitor", "touch \(mark)"), ("diff.external", "touch \(mark)"),
      ("core.pager", "touch \(mark)"),
    ] {
      try repository.git("config", key, value)
    }
    try repository.write(".gitattributes", "*.txt filter=evil diff=evil\n")
    try repository.write("a.txt", "changed\n")
    #expect(try changes(repository.root) == ["a.txt: one>changed"])
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func whatIsNoRevisionIsRefused() throws {
    let repository = try repository()
    for name in ["nothing", "", "--output=x", "HEAD:a.txt", "HEAD^{blob}"] {
      #expect(throws: IndexError.noRevision(name, reason: "git has no such revision")) {
        try GitRevision(name, root: repository.root)
      }
    }
    let bare = try ScratchRepository(files: ["a.txt": "one\n"])
    #expect(throws: IndexError.noRevision("HEAD", reason: "this is no git repository")) {
      try GitRevision("HEAD", root: bare.root)
    }
  }

  @Test func objectsAreNamedAsGitNamesThem() throws {
    let repository = try repository()
    for text in ["", "one\n", String(repeating: "line\n", count: 10_000)] {
      try repository.write("a.txt", text)
      let id = try repository.git("hash-object", "a.txt").filter { $0 != "\n" }
      #expect(GitBlob.id(of: Array(text.utf8), digits: 40) == id)
    }
    // `printf 'one\n' | git hash-object --stdin` in a repository of SHA-256.
    #expect(
      GitBlob.id(of: Array("one\n".utf8), digits: 64)
        == "a4ed1f355afb02d88cd291d0e4463910c5061ece48a49aa2b1539b9af973b286")
  }
}

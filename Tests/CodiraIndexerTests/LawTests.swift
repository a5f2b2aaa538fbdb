import CodiraIndexer
import CodiraModel
import CodiraStore
import CodiraTestSupport
import Foundation
import Testing

/// After any sequence of edits an incremental index equals a clean one.
@Suite struct LawTests {
  @Test(arguments: [UInt64(20_240_229), .random(in: 0...UInt64.max)])
  func anIncrementalIndexEqualsACleanOne(seed: UInt64) throws {
    print("LawTests seed \(seed)")
    let repository = try ScratchRepository(git: true)
    var editor = try RandomEditor(repository, seed: seed)
    try repository.index()
    for step in 1...120 {
      let edit = try editor.edit()
      try repository.index { $0.jobs = step % 3 + 1 }
      let (dump, clean) = (try repository.dump(), try repository.cleanDump(jobs: step % 2 * 3 + 1))
      if dump != clean {
        Issue.record("seed \(seed), step \(step), \(edit):\n\(difference(dump, clean))")
        return
      }
      let generation = try repository.snapshot { try $0.generation() }
      let again = try repository.index()
      #expect(!again.isChanged, "seed \(seed), step \(step), \(edit): a second run changed something")
      #expect(try repository.snapshot { try $0.generation() } == generation)
    }
  }

  @Test func threadsAndFoldersDoNotMatter() throws {
    let files = Dictionary(
      uniqueKeysWithValues: (0..<60).map {
        ("d\($0 % 7)/f\($0).toy", "def f\($0)\ncall f\($0 / 2)\ndef g\n\($0)\n")
      })
    let first = try ScratchRepository(files: files)
    let second = try ScratchRepository(files: files)
    try first.index { $0.jobs = 1 }
    try second.index { $0.jobs = 4 }
    #expect(try first.dump() == second.dump())
  }

  @Test func aFullRunEqualsACleanOne() throws {
    let repository = try ScratchRepository(files: ["a.toy": "def f\ncall g\n", "b.toy": "def g\n"])
    try repository.index()
    try repository.write("a.toy", "def h\ncall g\n")
    let summary = try repository.index { $0.isFull = true }
    #expect(summary.count(.forced) == 2)
    #expect(try repository.dump() == repository.cleanDump())
  }

  private func difference(_ left: String, _ right: String) -> String {
    let left = left.split(separator: "\n")
    let right = right.split(separator: "\n")
    let missing = Set(right).subtracting(left).prefix(5).map { "- \($0.prefix(600))" }
    let extra = Set(left).subtracting(right).prefix(5).map { "+ \($0.prefix(600))" }
    return (missing + extra).joined(separator: "\n")
  }
}

/// Edits a tree of toy sources at random, as people and tools do.
struct RandomEditor {
  private let repository: ScratchRepository
  private var random: SeededGenerator
  private var counter = 0
  private var branch = "main"

  init(_ repository: ScratchRepository, seed: UInt64) throws {
    self.repository = repository
    random = SeededGenerator(seed: seed)
    for index in 0..<8 { try repository.write("src/f\(index).toy", source(6)) }
    try repository.write("notes.txt", "words\n")
    try repository.git("add", "-A")
    try repository.git("commit", "-qm", "start")
    try repository.git("branch", "side")
  }

  /// Makes one edit and says what it was.
  mutating func edit() throws -> String {
    let edits: [(String, (inout RandomEditor) throws -> Void)] = [
      ("edit", { try $0.change { $0[$1] += "\nline \($2)" } }),
      ("insert", { try $0.change { $0.insert("def n\($2)\ncall f\($2 % 9)", at: $1) } }),
      ("delete", { try $0.change { lines, place, _ in lines.remove(at: place) } }),
      ("move", { try $0.change { lines, place, _ in lines.append(lines.remove(at: place)) } }),
      ("reorder", { try $0.change { lines, _, _ in lines.reverse() } }),
      ("duplicate", { try $0.change { lines, place, _ in lines.append(lines[place]) } }),
      ("comment", { try $0.change { $0[$1] += "\n# note \($2)" } }),
      ("break", { try $0.change { lines, place, _ in lines[place] += "\n!broken" } }),
      ("fail", { try $0.change { lines, place, _ in lines[place] += "\n!fail" } }),
      ("disown", { try $0.change { lines, place, _ in lines[place] += "\n!foreign" } }),
      ("repair", { try $0.repair() }), ("repair", { try $0.repair() }),
      ("create", { try $0.repository.write("src/new\($0.next()).toy", $0.source(3)) }),
      ("remove", { try $0.remove() }), ("rename", { try $0.rename() }), ("touch", { try $0.touch() }),
      ("chmod", { try $0.chmod() }), ("swap", { try $0.swap() }),
      ("same size and time", { try $0.sameSizeAndTime() }),
      ("symlink", { try $0.symlink() }), ("folder", { try $0.folder() }),
      ("branch", { try $0.switchBranch() }),
      (
        "project",
        { try $0.repository.write("root.toyproject", ["", "p", "q"].randomElement(using: &$0.random)!) }
      ),
      ("ignore", { try $0.ignore() }), ("script", { try $0.script() }),
    ]
    let (name, body) = edits.randomElement(using: &random)!
    try body(&self)
    return name
  }
}

extension RandomEditor {
  private mutating func next() -> Int {
    counter += 1
    return counter
  }

  private mutating func source(_ count: Int) -> String {
    (0..<count).map { _ in
      "def f\(Int.random(in: 0..<9, using: &random))\ncall f\(Int.random(in: 0..<9, using: &random))"
    }.joined(separator: "\n") + "\n"
  }

  /// The regular toy files, links left out.
  private func files() throws -> [String] {
    let all =
      FileManager.default.enumerator(atPath: repository.root + "/src")?.compactMap { $0 as? String } ?? []
    return all.filter { name in
      var status = stat()
      return name.hasSuffix(".toy") && lstat(repository.path("src/" + name), &status) == 0
        && status.st_mode & S_IFMT == S_IFREG
    }.map { "src/" + $0 }.sorted()
  }

  private mutating func anyFile() throws -> String {
    if let file = try files().randomElement(using: &random) { return file }
    let name = "src/again\(next()).toy"
    try repository.write(name, source(3))
    return name
  }

  /// Changes the blocks of a file: each a function with its lines.
  private mutating func change(_ body: (inout [String], Int, Int) -> Void) throws {
    let name = try anyFile()
    var blocks = try repository.read(name).split(separator: "\ndef ").map {
      $0.hasPrefix("def ") ? String($0) : "def " + $0
    }
    if blocks.isEmpty { blocks = ["def empty"] }
    body(&blocks, Int.random(in: 0..<blocks.count, using: &random), next())
    try repository.write(name, blocks.joined(separator: "\n"))
  }

  private mutating func repair() throws {
    for name in try files() {
      let text = try repository.read(name)
      if let mark = ["!broken", "!fail", "!foreign"].first(where: text.contains) {
        try repository.write(name, text.replacingOccurrences(of: mark, with: "mended"))
        return
      }
    }
  }

  private mutating func remove() throws { try repository.remove(try anyFile()) }

  private mutating func rename() throws {
    let (from, to) = (try anyFile(), "src/r\(next()).toy")
    try FileManager.default.moveItem(atPath: repository.path(from), toPath: repository.path(to))
  }

  private mutating func touch() throws {
    utimes(repository.path(try anyFile()), nil)
  }

  private mutating func chmod() throws {
    Glibc.chmod(repository.path(try anyFile()), [0o644, 0o755, 0o600].randomElement(using: &random)!)
  }

  private mutating func swap() throws {
    let (left, right) = (try anyFile(), try anyFile())
    let text = try repository.read(left)
    try repository.write(left, try repository.read(right))
    try repository.write(right, text)
  }

  private mutating func sameSizeAndTime() throws {
    let path = repository.path(try anyFile())
    var status = stat()
    lstat(path, &status)
    guard var bytes = FileManager.default.contents(atPath: path), !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    bytes[place] = bytes[place] == UInt8(ascii: "z") ? UInt8(ascii: "y") : UInt8(ascii: "z")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: bytes)
    try file.close()
    var times = [status.st_atim, status.st_mtim]
    utimensat(AT_FDCWD, path, &times, 0)
  }

  private mutating func symlink() throws {
    let (name, target) = (try anyFile(), repository.path("notes.txt"))
    try repository.remove(name)
    try FileManager.default.createSymbolicLink(atPath: repository.path(name), withDestinationPath: target)
  }

  private mutating func folder() throws {
    let name = try anyFile()
    try repository.remove(name)
    try repository.write(name + "/inner.toy", source(1))
  }

  private mutating func switchBranch() throws {
    try repository.git("add", "-A")
    try repository.git("commit", "-qm", "step \(next())", "--allow-empty")
    branch = branch == "main" ? "side" : "main"
    try repository.git("checkout", "-qf", branch)
  }

  private mutating func ignore() throws {
    let rules = ["", "src/f1*\n", "*.txt\n!src/f2.toy\n", "src/\n!src/f3.toy\n"]
    let name = [".gitignore", ".codiraignore"].randomElement(using: &random)!
    try repository.write(name, rules.randomElement(using: &random)!)
  }

  private mutating func script() throws {
    try repository.write(
      "run", ["#!/usr/bin/env toy\n", "#!/bin/sh\n", ""].randomElement(using: &random)! + source(1))
  }
}

import CodiraModel
import Foundation
import Testing

import CodiraIndexer

@Suite struct IgnoreTests {
  static let patterns = [
    "*.o", "/build", "build/", "a/**/z", "**/deep", "deep/**", "x?z", "[a-c].txt", "[!a-c].log", "\\#odd",
    "\\!not",
    "docs/*.md", "!keep.o", "foo*bar", "a\\ b", "**", "trailing   ", "/src/*.c", "*", "!/src", "src/**/*.h",
  ]
  static let paths = [
    "x.o", "keep.o", "src/x.o", "build", "build/x", "src/build/x", "a/z", "a/b/z", "a/b/c/z", "deep",
    "q/deep",
    "deep/x/y", "xyz", "xz", "src/xyz", "a.txt", "d.txt", "a.log", "d.log", "#odd", "!not", "docs/a.md",
    "docs/b/a.md",
    "fooXbar", "foobar", "foo/bar", "a b", "trailing", "src/m.c", "src/n/m.c", "src/n/m.h", "src/m.h",
  ]

  /// The files that a scan finds without git.
  static func walk(_ repository: ScratchRepository) throws -> [String] {
    let place = RepositoryScan.Place(
      root: repository.root, usesGit: false, force: false, indexDirectory: repository.location.directory)
    return try RepositoryScan(place).entries.map(\.path.text)
  }

  /// git itself says what each pattern means.
  @Test func agreesWithGit() throws {
    for pattern in Self.patterns {
      let repository = try ScratchRepository(git: true)
      for path in Self.paths {
        // Some paths are a folder of others: write what can be written.
        try? repository.write(path, "")
      }
      try repository.write(".gitignore", pattern + "\n")
      let expected = Set(
        try repository.git("ls-files", "-z", "--others", "--exclude-standard").split(separator: "\0").map(
          String.init))
      let found = Set(try Self.walk(repository))
      #expect(found == expected, "\(pattern): \(found.symmetricDifference(expected).sorted())")
    }
  }

  @Test func nestedIgnoreFilesAgreeWithGit() throws {
    let repository = try ScratchRepository(
      git: true,
      files: [
        ".gitignore": "*.tmp\nout/\n", "a/.gitignore": "!keep.tmp\n/local\n", "a/keep.tmp": "",
        "a/b/keep.tmp": "",
        "a/local": "", "a/b/local": "", "x.tmp": "", "out/a": "", "a/out/b": "",
      ])
    let expected = try repository.git("ls-files", "-z", "--others", "--exclude-standard").split(
      separator: "\0")
    let found = try Self.walk(repository)
    #expect(found.sorted() == expected.map(String.init).sorted())
  }

  @Test func ownRulesExcludeTrackedFilesAndBringIgnoredOnesBack() throws {
    for git in [true, false] {
      let repository = try ScratchRepository(
        git: git,
        files: [
          ".gitignore": "generated/\n", "generated/a.toy": "def g\n", "generated/b.toy": "def h\n",
          "src/x.toy": "def x\n",
          "src/y.toy": "def y\n", ".env.example": "A=1", ".env": "A=2",
          ".codiraignore": "src/x.toy\n!generated/a.toy\n!.env.example\n",
        ])
      if git { try repository.git("add", "src", ".gitignore") }
      let summary = try repository.index()
      let paths = try repository.snapshot { try $0.files().map(\.path.text) }
      if git {
        #expect(paths == [".codiraignore", ".env.example", ".gitignore", "generated/a.toy", "src/y.toy"])
      } else {
        #expect(paths.contains("src/y.toy") && !paths.contains("src/x.toy"))
      }
      #expect(summary.excluded >= 2)
      let place = RepositoryScan.Place(
        root: repository.root, usesGit: git, force: false, indexDirectory: repository.location.directory)
      let rule = try RepositoryScan.excludingRule(RepositoryPath(text: "src/x.toy"), in: place)
      #expect(rule == IgnoreRule(source: ".codiraignore", line: 1, text: "src/x.toy"))
      let ignored = try RepositoryScan.excludingRule(RepositoryPath(text: "generated/b.toy"), in: place)
      #expect(ignored == IgnoreRule(source: ".gitignore", line: 1, text: "generated/"))
      let secret = try RepositoryScan.excludingRule(RepositoryPath(text: ".env"), in: place)
      #expect(secret == IgnoreRule(source: "default", line: 0, text: ".env*"))
    }
  }
}

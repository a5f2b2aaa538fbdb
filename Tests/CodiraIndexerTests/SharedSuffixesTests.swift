import CodiraIndexer
import CodiraModel
import Testing

/// Analyzer 0 takes `.c` and `.h`, analyzer 1 `.cc` and `.h`.
@Suite struct SharedSuffixesTests {
  private func owner(of path: String, among paths: [String]) -> Int? {
    let claims = [".c": [0], ".cc": [1], ".h": [0, 1]]
    let shared = SharedSuffixes(
      Dictionary(uniqueKeysWithValues: claims.map { (Array($0.key.utf8), $0.value) }),
      paths: (paths + [path]).map { RepositoryPath(text: $0) })
    let suffix = path.hasSuffix(".h") ? ".h" : ".c"
    return shared.owner(RepositoryPath(text: path), suffix: Array(suffix.utf8))
  }

  @Test(arguments: [
    // Nothing speaks for either.
    ("a.h", [], 0), ("a.h", ["b.h", "readme.md"], 0),
    ("a.h", ["a.c"], 0), ("a.h", ["a.cc"], 1),
    // The nearest folder decides, whatever is farther away.
    ("lib/a.h", ["lib/a.cc", "b.c", "c.c"], 1), ("lib/a.h", ["lib/a.c", "b.cc", "c.cc"], 0),
    // Files deeper in a folder count as the folder's.
    ("include/x/a.h", ["src/deep/a.cc", "src/b.cc", "tools/c.c"], 1),
    // The majority of one folder; where there is none the folder around decides.
    ("lib/a.h", ["lib/x.c", "lib/b.cc", "lib/c.cc"], 1), ("lib/a.h", ["lib/x.c", "lib/b.cc", "c.cc"], 1),
    // As many of each in the whole repository: the first.
    ("a.h", ["x.c", "b.cc"], 0),
    // A namesake beside it decides before any majority; two of them decide nothing.
    ("lib/a.h", ["lib/a.c", "lib/b.cc", "lib/c.cc"], 0), ("a.h", ["a.c", "cpp/b.cc", "cpp/c.cc"], 0),
    ("a.h", ["a.c", "a.cc", "b.cc"], 1), ("a.h", ["lib/a.c", "b.cc", "c.cc"], 1),
  ])
  func theNearestOtherFilesDecide(_ path: String, _ paths: [String], _ expected: Int) {
    #expect(owner(of: path, among: paths) == expected)
  }

  @Test func aSuffixOfOneAnalyzerIsNotShared() { #expect(owner(of: "a.c", among: ["b.cc"]) == nil) }
}

import CodiraQuery
import Testing

@Suite struct PathGlobTests {
  @Test(arguments: [
    ("*.py", "a/b/c.py", true), ("*.py", "a/b.pyc", false), ("src", "src/a.c", true),
    ("src", "lib/src/a.c", true),
    ("src/*.c", "src/a.c", true), ("src/*.c", "src/x/a.c", false), ("src/**/*.c", "src/x/y/a.c", true),
    ("src/**/*.c", "src/a.c", true), ("src/**", "src/x/a.c", true), ("src/x", "src/x/a.c", true),
    ("src/x", "src/xy/a.c", false), ("/src", "src/a.c", true), ("./src/a.c", "src/a.c", true),
    ("a?.c", "ab.c", true), ("a?.c", "aé.c", true), ("a?.c", "a.c", false), ("[ab].c", "b.c", true),
    ("[!ab].c", "b.c", false), ("[a-c].c", "b.c", true), ("[", "[", true), ("src/", "src/a.c", true),
    ("", "a", false), ("**", "a/b", true), ("*", "a/b", true),
  ])
  func matches(pattern: String, path: String, expected: Bool) {
    #expect(PathGlob(pattern).matches(path) == expected, "\(pattern) on \(path)")
  }
}

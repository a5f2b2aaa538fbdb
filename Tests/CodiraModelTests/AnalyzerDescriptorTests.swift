import CodiraModel
import Testing

@Suite struct AnalyzerDescriptorTests {
  @Test(arguments: [
    ("a.ts", "typed"), ("a.js", "untyped"), ("a.test.js", "untyped"), ("a.d.js", "typed"),
    ("Config", "typed"),
    ("script", "typed"),
  ])
  func languageGoesByTheLongestSuffix(_ name: String, _ language: String) {
    var descriptor = AnalyzerDescriptor(
      abiVersion: 1, id: "both", version: "1", languages: ["typed", "untyped"],
      suffixes: [".ts", ".js", ".d.js"], fileNames: ["Config"])
    #expect(descriptor.language(ofFileNamed: name) == "typed")
    descriptor.suffixLanguages = ["typed", "untyped", "typed"]
    #expect(descriptor.language(ofFileNamed: name) == language)
  }
}

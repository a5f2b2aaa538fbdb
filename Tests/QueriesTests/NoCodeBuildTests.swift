import CodiraTestSupport
import Foundation
import Testing

/// `codira plugins build` makes a plugin of a folder, or says what is wrong with it.
@Suite struct NoCodeBuildTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    var file = "queries/tags.scm"
    var old = ""
    var new = ""
    var code: String
    var says: [String]

    var testDescription: String { "\(code): \(new)" }
  }

  private static let mistakes: [Mistake] = [
    Mistake(
      file: "analyzer.toml", old: "id = ", new: "id = = ", code: "bad_rules", says: ["analyzer.toml:1"]),
    Mistake(
      file: "analyzer.toml", old: "suffixes", new: "sufixes", code: "unknown_key",
      says: ["analyzer.toml:2", "sufixes", "suffixes"]),
    Mistake(
      file: "analyzer.toml", old: "kind =", new: "knid =", code: "unknown_key",
      says: ["analyzer.toml:6", "Known here: kind"]),
    Mistake(
      file: "analyzer.toml", old: "\"function\"", new: "\"functoin\"", code: "bad_value",
      says: ["analyzer.toml:6", "one of module"]),
    Mistake(file: "analyzer.toml", old: "\"tiny\"", new: "\"Tiny\"", code: "bad_value", says: ["lower-case"]),
    Mistake(
      file: "analyzer.toml", old: "[\".tiny\"]", new: "[\"tiny\"]", code: "bad_value",
      says: ["begins with a dot"]),
    Mistake(
      file: "analyzer.toml", old: "suffixes = [\".tiny\"]", new: "", code: "no_files",
      says: ["names no files"]),
    Mistake(file: "analyzer.toml", old: "id = \"tiny\"", new: "", code: "no_id", says: ["no `id`"]),
    Mistake(
      file: "analyzer.toml", old: "definition.function", new: "definition.functions", code: "unused_rule",
      says: ["@definition.functions", "[definition.function]"]),
    Mistake(
      file: "analyzer.toml", old: "sample = \"lua\"", new: "sample = \"luau\"", code: "no_grammar",
      says: ["analyzer.toml:4", "luau"]),
    Mistake(
      file: "analyzer.toml", old: "sample = \"lua\"", new: "", code: "no_grammar",
      says: ["src/parser.c", "tree-sitter generate --abi 14"]),
    Mistake(
      file: "analyzer.toml", old: "[grammar]", new: "[tests]\nnames = [\"(\"]\n[grammar]", code: "bad_rules",
      says: ["pattern `(`", "not closed"]),
    Mistake(
      old: "@definition.function", new: "@defintion.function", code: "no_definitions",
      says: ["@definition.function"]),
    Mistake(
      old: "@name)", new: "@nam)", code: "unknown_capture", says: ["tags.scm:3:22", "@nam.", "@name?"]),
    Mistake(
      old: "function_declaration", new: "function_declarations", code: "bad_query",
      says: ["tags.scm:2:2", "no such node", "function_declarations"]),
    Mistake(old: "name:", new: "nam:", code: "bad_query", says: ["tags.scm:3:3", "no such field", "nam:"]),
    Mistake(
      old: "(identifier) @name)", new: "(string) @name)", code: "bad_query",
      says: ["tags.scm:3:3", "no such node here"]),
    Mistake(old: "(identifier) @name)", new: "(identifier) @name", code: "bad_query", says: ["tags.scm:"]),
    Mistake(old: "; functions", new: "\"", code: "bad_query", says: ["tags.scm:1:1", "string does not end"]),
    Mistake(
      old: "@name)", new: "@name (#equal? @name \"x\"))", code: "bad_query",
      says: ["tags.scm:2:1", "#equal?", "not known"]),
    Mistake(
      old: "@name)", new: "@name (#match? @name \"[a\"))", code: "bad_query", says: ["`[a`", "not closed"]),
  ]

  init() throws { try NoCodeProducts.build() }

  @Test(arguments: mistakes)
  func aMistakeIsToldWithItsPlace(_ mistake: Mistake) throws {
    let folder = try NoCodeFolder()
    try folder.replace(mistake.file, mistake.old, mistake.new)
    let run = try folder.run("plugins build . --json")
    #expect(run.status == 2, "\(run.output)")
    #expect(run.output.contains("\"code\":\"\(mistake.code)\""), "\(run.output)")
    let said = run.output.replacingOccurrences(of: "\\\"", with: "\"").replacingOccurrences(
      of: "\\/", with: "/")
    for words in mistake.says { #expect(said.contains(words), "\(words): \(run.output)") }
    #expect(!folder.exists("libcodira-tiny.so"))
  }

  @Test func aGrammarOfAnotherABISaysHowToMakeIt() throws {
    let folder = try NoCodeFolder()
    try folder.replace("analyzer.toml", "sample = \"lua\"", "")
    try folder.write("src/parser.c", "#define LANGUAGE_VERSION 15\n")
    let run = try folder.run("plugins build .")
    #expect(run.status == 2)
    #expect(run.output.contains("its ABI is 15, this codira takes 13 to 14"), "\(run.output)")
    #expect(run.output.contains("tree-sitter generate --abi 14"), "\(run.output)")
  }

  @Test func whatTheCompilerSaysIsTold() throws {
    let folder = try NoCodeFolder()
    try folder.replace("analyzer.toml", "sample = \"lua\"", "symbol = \"tree_sitter_tiny\"")
    try folder.write("src/parser.c", "#define LANGUAGE_VERSION 14\nint broken(\n")
    let run = try folder.run("plugins build .")
    #expect(
      run.status == 2 && run.output.contains("parser.c:2") && run.output.contains("error"), "\(run.output)")
  }

  @Test(arguments: [("PATH=/nowhere", "No C compiler"), ("CC=no-such-compiler", "no-such-compiler")])
  func aMissingCompilerIsNamed(_ variable: String, _ words: String) throws {
    let run = try NoCodeFolder().run("plugins build .", variables: [variable])
    #expect(run.status == 2 && run.output.contains(words), "\(run.output)")
  }

  @Test(arguments: [("analyzer.toml", "analyzer.toml"), ("queries/tags.scm", "no capture queries")])
  func aMissingFileIsNamed(_ file: String, _ words: String) throws {
    let folder = try NoCodeFolder()
    try folder.remove(file)
    let run = try folder.run("plugins build .")
    #expect(run.status == 2 && run.output.contains(words), "\(run.output)")
  }

  @Test(arguments: ["gcc", "clang"])
  func aCompilerAloneMakesAPluginThatNeedsTheCLibraryAlone(_ compiler: String) throws {
    let folder = try NoCodeFolder()
    let run = try folder.run("plugins build . --output out.so --json", variables: ["CC=\(compiler)"])
    #expect(run.status == 0, "\(run.output)")
    let needed = try ToolRun("readelf", "--dynamic", folder.url.path + "/out.so").output
      .split(separator: "\n").filter { $0.contains("(NEEDED)") }
    #expect(
      !needed.isEmpty && needed.allSatisfy { $0.contains(/\[(libc|libm|ld-linux[^.]*)\.so/) }, "\(needed)")
    let exported = try ToolRun(
      "nm", "--dynamic", "--defined-only", "--extern-only", folder.url.path + "/out.so")
    #expect(
      exported.output.contains("codira_analyzer_entry") && exported.output.split(separator: "\n").count == 1)
  }
}

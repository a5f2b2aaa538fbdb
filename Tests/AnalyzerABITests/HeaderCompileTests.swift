import CodiraTestSupport
import Testing

/// The interface compiles wherever an author may use it, without a warning.
@Suite("codira_analyzer.h")
struct HeaderCompileTests {
  /// A compiler and a language standard that the interface promises.
  struct Dialect: CustomTestStringConvertible, Sendable {
    let compiler: String
    let language: String
    let standard: String

    var testDescription: String { "\(compiler) -std=\(standard)" }

    static let all = ["gcc", "clang"].flatMap { compiler in
      [("c", "c11"), ("c", "c17"), ("c++", "c++17"), ("c++", "c++20")].map { language, standard in
        Dialect(compiler: compiler, language: language, standard: standard)
      }
    }

    /// Compiles a text that includes the header, with every warning an error.
    func compile(_ source: String) throws -> ToolRun {
      try ToolRun(
        compiler, "-x", language, "-std=\(standard)", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
        "-ISources/CCodiraAnalyzer/include", "-fsyntax-only", "-", input: source)
    }
  }

  @Test("compiles by itself, twice included", arguments: Dialect.all)
  func includes(_ dialect: Dialect) throws {
    let run = try dialect.compile("#include \"codira_analyzer.h\"\n#include \"codira_analyzer.h\"\n")
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("serves an analyzer", arguments: Dialect.all)
  func analyzer(_ dialect: Dialect) throws {
    let run = try dialect.compile(smallestAnalyzer)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("has the pinned layout", arguments: Dialect.all)
  func layout(_ dialect: Dialect) throws {
    let run = try dialect.compile(try Checkout.text("Sources/CCodiraAnalyzer/codira_analyzer.c"))
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("a field of another size does not compile", arguments: Dialect.all)
  func movedField(_ dialect: Dialect) throws {
    let header = try Checkout.text("Sources/CCodiraAnalyzer/include/codira_analyzer.h")
    let layout = try Checkout.text("Sources/CCodiraAnalyzer/codira_analyzer.c")
    let moved = header.replacing("uint32_t line;", with: "uint64_t line;")
    #expect(moved != header)
    let run = try dialect.compile(moved + layout)
    #expect(run.status != 0)
    #expect(run.output.contains("codira_position must have 12 bytes"))
  }

  @Test("pins every struct and every field")
  func pinsAll() throws {
    let header = try Checkout.text("Sources/CCodiraAnalyzer/include/codira_analyzer.h")
    let layout = try Checkout.text("Sources/CCodiraAnalyzer/codira_analyzer.c")
    let structs = header.matches(of: /typedef struct (\w+) \{\n((?:.|\n)*?)\n\} \w+;/)
    #expect(structs.count >= 19)
    for found in structs {
      let name = found.1
      #expect(layout.contains("\nSIZE(\(name), "), "\(name) has no SIZE")
      let pinned = layout.matches(of: #/\nFIELD\((\w+), /#).count { $0.1 == name }
      let body = found.2.replacing(/\/\*(?:.|\n)*?\*\//, with: "")
      #expect(pinned == body.count { $0 == ";" }, "\(name) has fields without FIELD")
    }
  }

  private let smallestAnalyzer = """
    #include "codira_analyzer.h"

    static codira_instance *create(
        const codira_host *host, codira_string configuration, const codira_project *project, codira_string *reason) {
      (void)configuration; (void)project; (void)reason;
      return (codira_instance *)(uintptr_t)(host != NULL);
    }

    static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
      (void)instance; (void)source;
      codira_symbol symbol;
      symbol.size = sizeof symbol;
      symbol.kind = CODIRA_KIND_SECTION;
      sink->symbol(sink->context, &symbol);
      return sink->should_stop(sink->context) ? CODIRA_RESULT_FAILED : CODIRA_RESULT_OK;
    }

    static void destroy(codira_instance *instance) { (void)instance; }

    static codira_analyzer analyzer;

    const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
      if (host_abi < CODIRA_ABI_VERSION) return NULL;
      analyzer.size = sizeof analyzer;
      analyzer.abi_version = CODIRA_ABI_VERSION;
      analyzer.create = create;
      analyzer.analyze = analyze;
      analyzer.destroy = destroy;
      return &analyzer;
    }

    """
}

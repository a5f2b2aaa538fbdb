import CodiraTestSupport
import Foundation
import Testing

/// What was linked, as the dynamic linker will see it.
@Suite("Products")
struct ProductTests {
  /// The names in one kind of entry of a file's dynamic section: NEEDED, RPATH, RUNPATH.
  func dynamicEntries(_ file: URL, _ kind: String) throws -> [String] {
    let run = try ToolRun("readelf", "--dynamic", "--wide", file.path)
    try #require(run.status == 0, "\(run.output)")
    return run.output.split(separator: "\n").filter { $0.contains("(\(kind))") }
      .compactMap { $0.firstMatch(of: /\[(.*)\]/).map { String($0.1) } }
  }

  @Test("the command links neither tree-sitter nor a grammar")
  func commandIsFreeOfGrammars() throws {
    let command = Checkout.products.appendingPathComponent("codira")
    let needed = try dynamicEntries(command, "NEEDED")
    #expect(needed.contains { $0.hasPrefix("libc.so") })
    #expect(needed.filter { $0.contains(/tree-sitter|libcodira|microhttpd/) } == [])
    let symbols = try ToolRun(
      "sh", "-c", "nm '\(command.path)' | grep -E ' (tree_sitter|ts_parser|ts_tree)_' | head")
    #expect(symbols.output == "")
  }

  @Test("an analyzer exports its entry point and nothing else")
  func exports() throws {
    let plugins = try Checkout.plugins()
    #expect(plugins.count >= 3)
    for plugin in plugins {
      let run = try ToolRun("nm", "--dynamic", "--defined-only", "--extern-only", plugin.path)
      let names = run.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
      #expect(names == ["codira_analyzer_entry"], "\(plugin.lastPathComponent)")
    }
  }

  @Test("an analyzer needs no library of the command's, and no Swift runtime")
  func pluginLibraries() throws {
    for plugin in try Checkout.plugins() {
      let wrong = try dynamicEntries(plugin, "NEEDED").filter {
        $0.contains(/swift|Foundation|sqlite|nettle|codira/)
      }
      #expect(wrong == [], "\(plugin.lastPathComponent)")
    }
  }

  @Test("nothing looks for libraries in a folder of the machine it was built on")
  func libraryPaths() throws {
    let others = ["codira", "libcodirahttp.so"].map { Checkout.products.appendingPathComponent($0) }
    for file in try Checkout.plugins() + others {
      let entries = try dynamicEntries(file, "RPATH") + dynamicEntries(file, "RUNPATH")
      let paths = entries.joined(separator: ":").split(separator: ":")
      // An analyzer without code carries tree-sitter, and needs the C library alone.
      let isWhole = try dynamicEntries(file, "NEEDED").allSatisfy {
        $0.contains(/^(libc|libm|ld-linux.*)\.so/)
      }
      #expect(isWhole || paths.contains { $0.hasSuffix("/runtime") }, "\(file.lastPathComponent)")
      #expect(paths.filter { !$0.hasPrefix("$ORIGIN") } == [], "\(file.lastPathComponent)")
    }
  }
}

extension Rule {
  static let all: [Rule] = [
    declaredArrows, imports, foreignVocabulary, dynamicLoading, pureModules, publicDeclarations,
    analyzerGrammars,
    forbiddenWords, fileNames,
  ]

  static let declaredArrows = Rule(
    "Package.swift names no dependency that the arrows forbid",
    brokenBy: "Package.swift", #"targets: [ module("CodiraPlanner", ["CodiraModel", "CodiraStore"]) ]"#
  ) { codebase in
    codebase.manifest.dependencies.sorted { $0.key < $1.key }.flatMap { target, named in
      named.sorted().filter { !Arrows.allow(target, $0) }.map { "\(target) depends on \($0)" }
    }
  }

  static let imports = Rule(
    "a file imports what its target may know, and nothing it gets by way of others",
    brokenBy: "Sources/CodiraQuery/Lookup.swift", "import CodiraIndexer\n"
  ) { codebase in
    codebase.sources.flatMap { file in
      let system = Arrows.systemModules(of: file.target)
      return file.imports.filter { !system.contains($0) && !Arrows.allow(file.target, $0) }
        .map { "\(file.path) imports \($0)" }
    }
  }

  static let foreignVocabulary = Rule(
    "each foreign library has one target that speaks to it",
    brokenBy: "Sources/codira/Status.swift", "internal import struct GRDB.Row\n"
  ) { codebase in
    codebase.sources.flatMap { file in
      file.imports.filter { Arrows.owners[$0, default: file.target] != file.target }
        .map { "\(file.path) imports \($0)" }
    }
  }

  static let dynamicLoading = Rule(
    "only the plugin host, and the server its HTTP library, load code while running",
    brokenBy: "Sources/CodiraIndexer/Load.swift", "let handle = dlopen(path, RTLD_NOW)\n"
  ) { codebase in
    codebase.sources.filter {
      !Arrows.loaders.contains($0.target) && $0.code.contains(/\b(dlopen|dlmopen|dlsym)\b/)
    }
    .map { "\($0.path) loads code" }
  }

  static let pureModules = Rule(
    "model, planner, kit and analyzers use neither Foundation nor the C library",
    brokenBy: "Plugins/Python/Sources/Scope.swift", "import Foundation\n"
  ) { codebase in
    codebase.sources.filter { Arrows.isPure($0.target) }.flatMap { file in
      file.imports.filter { $0.hasPrefix("Foundation") || ["Glibc", "Dispatch"].contains($0) }
        .map { "\(file.path) imports \($0)" }
    }
  }

  static let publicDeclarations = Rule(
    "only model, kit and embedding declare anything public; a plugin, its entry point",
    brokenBy: "Sources/CodiraStore/Row.swift", "  public static func row() {}\n"
  ) { codebase in
    codebase.sources.filter { $0.isSwift && !Arrows.published.contains($0.target) }.flatMap { file in
      let code = file.code.replacing(/@c\(codira_analyzer_entry\)\s+public func/, with: "")
      return code.split(separator: "\n").filter { $0.contains(/\b(public|open)\s+[a-z@(]/) }
        .map { "\(file.path): \($0)" }
    }
  }

  static let analyzerGrammars = Rule(
    "a grammar is used by analyzers alone",
    brokenBy: "Sources/CodiraAnalyzerKit/Parser.swift", "import TreeSitterPython\n"
  ) { codebase in
    codebase.sources.flatMap { file in
      file.imports.filter { $0.hasPrefix("TreeSitter") && !file.path.hasPrefix("Plugins/") }
        .map { "\(file.path) imports \($0)" }
    }
  }

  static let forbiddenWords = Rule(
    "no file holds a path of one machine, a registry's host or a mark of something unfinished",
    brokenBy: "docs/notes.md", "see \("/root")/notes\n"
  ) { codebase in
    codebase.texts.sorted { $0.key < $1.key }.flatMap { path, text in
      text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
        ForbiddenWords.list.contains { line.contains($0) } ? "\(path):\(index + 1): \(line)" : nil
      }
    }
  }

  static let fileNames = Rule(
    "files are named after what they hold", brokenBy: "Sources/CodiraModel/SymbolUtils.swift",
    "enum SymbolUtils {}\n"
  ) { codebase in
    codebase.texts.keys.sorted().filter {
      $0.contains(/(Utils|Helpers?|Manager|[Pp]laceholder)\.\w+$/)
    }
  }
}

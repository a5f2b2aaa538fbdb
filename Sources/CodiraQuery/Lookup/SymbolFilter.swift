import CodiraModel
import CodiraStore

/// Whether tests are among what is asked for.
package enum TestFilter: String, CaseIterable, Sendable { case no, only, yes }

/// Which symbols a question is about; every part that is set must hold.
package struct SymbolFilter: Sendable {
  package var path: PathGlob?
  package var language: String?
  package var kinds: Set<SymbolKind>
  package var tests = TestFilter.yes
  /// Documents alone: Markdown, reStructuredText, plain text and the like.
  package var documentsOnly = false

  package init(path: PathGlob? = nil, language: String? = nil, kinds: Set<SymbolKind> = []) {
    self.path = path
    self.language = language
    self.kinds = kinds
  }

  package var isEmpty: Bool { kinds.isEmpty && !concernsFiles }
  package var concernsFiles: Bool { path != nil || language != nil || tests != .yes || documentsOnly }

  package func accepts(_ file: FileRow) -> Bool {
    guard accepts(language: file), path?.matches(file.path.text) ?? true else { return false }
    if tests == .yes, !documentsOnly { return true }
    let traits = PathSignals(file).traits
    return (tests == .yes || traits.contains(.test) == (tests == .only))
      && (!documentsOnly || traits.contains(.document))
  }

  /// A file without an analyzer is of the language that its suffix names.
  private func accepts(language file: FileRow) -> Bool {
    guard let language else { return true }
    if !file.language.isEmpty { return file.language == language }
    let name = file.path.name.lowercased()
    guard let dot = name.lastIndex(of: ".") else { return false }
    let suffix = String(name[name.index(after: dot)...])
    return suffix == language || Self.suffixes[language]?.contains(suffix) == true
  }

  /// Of languages that are known by another name than their suffix.
  private static let suffixes: [String: Set<String>] = [
    "csharp": ["cs", "csx"], "c#": ["cs", "csx"], "ruby": ["rb"], "kotlin": ["kt", "kts"],
    "scala": ["scala", "sc"],
    "elixir": ["ex", "exs"], "haskell": ["hs", "lhs"], "fsharp": ["fs"], "f#": ["fs"], "perl": ["pl", "pm"],
    "erlang": ["erl", "hrl"], "clojure": ["clj", "cljs", "cljc"], "ocaml": ["ml", "mli"],
    "objective-c": ["m", "mm"],
    "julia": ["jl"], "powershell": ["ps1"], "makefile": ["mk"], "yaml": ["yml"], "gdscript": ["gd"],
  ]

  package func accepts(_ kind: SymbolKind) -> Bool { kinds.isEmpty || kinds.contains(kind) }

  package func accepts(_ found: FoundSymbol) -> Bool {
    accepts(found.symbol.kind) && accepts(found.file)
  }

  /// The rows of the files it lets through; nil where it lets through all.
  package func files(in snapshot: Snapshot) throws -> Set<Int64>? {
    guard concernsFiles else { return nil }
    return Set(try snapshot.files().lazy.filter { accepts($0) }.map(\.id))
  }
}

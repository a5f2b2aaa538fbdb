import CodiraModel
import CodiraStore

/// What a file's path says of it: the words of its stem and folders, and whether it is a kind of file that is rarely
/// meant.
struct PathSignals {
  /// Lower-case words of the name without its suffix.
  let stem: [String]
  /// The stem's letters run together.
  let joinedStem: String
  /// Lower-case words of the last three folders.
  let folders: [String]
  let traits: Traits

  struct Traits: OptionSet {
    let rawValue: Int
    static let test = Traits(rawValue: 1)
    static let example = Traits(rawValue: 2)
    static let vendored = Traits(rawValue: 4)
    static let legacy = Traits(rawValue: 8)
    static let reexport = Traits(rawValue: 16)
    static let document = Traits(rawValue: 32)
    static let stub = Traits(rawValue: 64)
    static let data = Traits(rawValue: 128)
    /// Tells of every change, and so has the words of all of them.
    static let changelog = Traits(rawValue: 256)
  }

  /// `isSuperseded`: a folder of it has a version, and one beside it a higher one.
  init(_ file: FileRow, isSuperseded: Bool = false) {
    let parts = file.path.text.split(separator: "/")
    let name = parts.last ?? ""
    let bare = name.dropFirst().lastIndex(of: ".").map { name[..<$0] } ?? name
    // A file of a general name is about what its folder is named after.
    let isGeneral = Self.generalStems.contains(bare.lowercased()) && parts.count > 1
    stem = QuestionWords.parts(isGeneral ? parts[parts.count - 2] : bare)
    joinedStem = stem.joined()
    folders = parts.dropLast().suffix(3).flatMap { QuestionWords.parts($0) }
    let traits = Self.traits(name.lowercased(), stem, folders: parts.dropLast().map { $0.lowercased() }, file)
    self.traits = isSuperseded ? traits.union(.legacy) : traits
  }

  private static let generalStems: Set<String> = [
    "index", "mod", "main", "init", "__init__", "lib", "package",
  ]

  private static func traits(_ name: String, _ stem: [String], folders: [String], _ file: FileRow) -> Traits {
    var traits: Traits = []
    // `a.spec.ts`, `a_pb2.py`: what stands before a dot, and between two.
    let stemParts = name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
    let inner = stemParts.dropFirst()
    if folders.contains(where: { testFolders.contains($0) }) || stem.first.map(testWords.contains) == true
      || stem.last.map(testWords.contains) == true || inner.contains("spec") || inner.contains("test")
    {
      traits.insert(.test)
    }
    if folders.contains(where: { exampleFolders.contains($0) }) { traits.insert(.example) }
    if folders.contains(where: { vendoredFolders.contains($0) })
      || inner.contains(where: generatedParts.contains)
      || stemParts.contains(where: { $0.hasSuffix("_pb2") || $0.hasSuffix("_generated") })
    {
      traits.insert(.vendored)
    }
    if folders.contains(where: { legacyWords.contains($0) })
      || stem.contains(where: { legacyWords.contains($0) })
    {
      traits.insert(.legacy)
    }
    if reexports.contains(where: { name.hasPrefix($0) }) { traits.insert(.reexport) }
    if ["markdown", "text"].contains(file.language) || documents.contains(where: { name.hasSuffix($0) })
      || isManualPage(name, file)
    {
      traits.insert(.document)
    }
    if traits.contains(.document) || !name.contains("."), stem.first.map(changelogWords.contains) == true {
      traits.insert([.document, .changelog])
    }
    if name.hasSuffix(".pyi") || name.hasSuffix(".d.ts") { traits.insert(.stub) }
    if data.contains(where: { name.hasSuffix($0) }) { traits.insert(.data) }
    return traits
  }

  /// `fzf.1`, `printf.3`.
  private static func isManualPage(_ name: String, _ file: FileRow) -> Bool {
    let suffix = name.suffix(2)
    return file.language.isEmpty && suffix.first == "." && suffix.last.map { "1"..."9" ~= $0 } == true
  }

  private static let changelogWords: Set<String> = ["changelog", "changes", "history", "news", "releases"]
  private static let testFolders: Set<String> = [
    "test", "tests", "__tests__", "spec", "specs", "testing", "testdata", "fixtures", "__mocks__", "mocks",
    "e2e",
  ]
  private static let testWords: Set<String> = ["test", "tests", "spec", "specs", "conftest"]
  private static let exampleFolders: Set<String> = [
    "example", "examples", "_examples", "sample", "samples", "demo", "demos", "docs", "doc", "bench",
    "benches",
    "benchmark", "benchmarks", "tutorial", "tutorials",
  ]
  private static let vendoredFolders: Set<String> = [
    "vendor", "vendored", "third_party", "third-party", "thirdparty", "node_modules", "external", "deps",
    "dist",
    "generated", "gen",
  ]
  private static let documents = [".adoc", ".asciidoc", ".org", ".textile", ".pod", ".wiki", ".tex"]
  private static let data = [
    ".json", ".xml", ".yml", ".yaml", ".toml", ".ini", ".cfg", ".properties", ".csproj", ".sln", ".props",
    ".txt",
    ".html", ".css", ".lock", ".gradle", ".cabal", ".gemspec", ".podspec", ".editorconfig", ".gitignore",
  ]
  private static let generatedParts: Set<Substring> = ["min", "pb", "g", "generated"]
  private static let legacyWords: Set<String> = ["compat", "legacy", "deprecated", "obsolete", "old"]
  private static let reexports = ["__init__.", "package-info.", "package.scala", "index.d.ts"]
}

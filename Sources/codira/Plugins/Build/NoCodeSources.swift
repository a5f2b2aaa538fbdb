import CodiraModel
import CodiraPluginHost

/// What a no-code analyzer is made of, read and checked: rules, queries, grammar.
struct NoCodeSources {
  /// As the user named it, without a slash at its end.
  let folder: String
  let rules: AnalyzerRules
  /// In the order in which they are asked; files are named from the folder.
  let queries: [(file: String, text: String)]
  let grammar: GrammarSource

  init(folder: String) throws(CommandFailure) {
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    self.folder = folder
    guard PlainFile.isFolder(folder) else {
      throw CommandFailure(
        .usage, code: "no_folder", "There is no folder \(folder).",
        hint: "`codira plugins new NAME --language queries` makes one to begin with.")
    }
    let path = folder + "/analyzer.toml"
    guard let bytes = try PlainFile.read(path) else {
      throw CommandFailure(
        .usage, code: "no_file", "There is no \(path): a no-code analyzer begins with it.",
        hint: "`codira plugins new NAME --language queries` makes one to begin with.")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let file = try AnalyzerFile(path: path, text: text)
    queries = try Self.queries(folder, file)
    var captures: [CaptureNames.Capture] = []
    for query in queries { captures += try CaptureNames.read(query.text, path: folder + "/" + query.file) }
    rules = try AnalyzerRules(file, captures: captures)
    grammar = try GrammarSource(folder: folder, file: file)
  }

  /// The embedded document.
  var json: JSONValue {
    var document = rules.json
    document["queries"] = .array(queries.map { ["file": .string($0.file), "text": .string($0.text)] })
    document["grammar"] = [
      "name": .string(grammar.name), "version": .string(grammar.version), "abi": .int(grammar.abi),
    ]
    return .object(document)
  }

  /// The files that `[queries] files` names, else all of `queries/`.
  private static func queries(
    _ folder: String, _ file: AnalyzerFile
  ) throws(CommandFailure) -> [(file: String, text: String)] {
    var names = file.strings("queries.files")
    if names.isEmpty { names = scmFiles(folder + "/queries").map { "queries/" + $0 } }
    guard !names.isEmpty else {
      throw CommandFailure(
        .usage, code: "no_queries", "There are no capture queries: no .scm file is in \(folder)/queries.",
        hint: "Write queries/tags.scm, or name other files: `[queries] files = [\"…\"]` in analyzer.toml.")
    }
    var queries: [(file: String, text: String)] = []
    for name in names {
      guard let bytes = try PlainFile.read(folder + "/" + name) else {
        throw CommandFailure(
          .usage, code: "no_file", "There is no query file \(folder)/\(name), which analyzer.toml names.")
      }
      queries.append((name, String(decoding: bytes, as: UTF8.self)))
    }
    return queries
  }

  private static func scmFiles(_ folder: String) -> [String] {
    folderNames(folder).filter { $0.hasSuffix(".scm") && !$0.hasPrefix(".") }
  }
}

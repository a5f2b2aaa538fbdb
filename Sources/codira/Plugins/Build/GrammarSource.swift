/// A grammar's C sources, and what they say of themselves.
struct GrammarSource {
  /// What the runtime in libcodira-queries.a takes.
  static let oldestABI = 13
  static let newestABI = 14

  let folder: String
  let parser: String
  let scanner: String?
  let name: String
  let version: String
  let abi: Int
  /// The function that gives the language.
  let symbol: String

  var isScannerCxx: Bool { scanner.map { $0.hasSuffix(".cc") || $0.hasSuffix(".cpp") } ?? false }

  init(folder root: String, file: AnalyzerFile) throws(CommandFailure) {
    let path = file.string("grammar.path") ?? "src"
    let folder = try Self.sample(file) ?? (path.hasPrefix("/") ? path : root + "/" + path)
    let parser = folder + "/parser.c"
    guard let bytes = try PlainFile.read(parser) else {
      throw CommandFailure(
        .usage, code: "no_grammar", "There is no \(parser): the grammar's generated parser.",
        hint: "Copy the grammar's src folder, or say where it is: `[grammar] path = \"…\"` in analyzer.toml; "
          + "`tree-sitter generate --abi \(Self.newestABI)` makes it from a grammar.js.")
    }
    self.folder = folder
    self.parser = parser
    scanner = ["scanner.c", "scanner.cc", "scanner.cpp"].map { folder + "/" + $0 }.first(
      where: PlainFile.exists)
    let text = ParserText(bytes)
    guard let abi = text.abi else {
      throw CommandFailure(
        .usage, code: "no_grammar", "\(parser) is no generated parser: it defines no LANGUAGE_VERSION.",
        hint: "`tree-sitter generate --abi \(Self.newestABI)` makes one from a grammar.js.")
    }
    guard (Self.oldestABI...Self.newestABI).contains(abi) else {
      throw CommandFailure(
        .usage, code: "grammar_abi",
        "\(parser): its ABI is \(abi), this codira takes \(Self.oldestABI) to \(Self.newestABI).",
        hint: "Generate it with `tree-sitter generate --abi \(Self.newestABI)`.")
    }
    self.abi = abi
    guard let symbol = file.string("grammar.symbol") ?? text.symbol else {
      throw CommandFailure(
        .usage, code: "no_grammar", "\(parser) defines no function tree_sitter_NAME.",
        hint: "Name it: `[grammar] symbol = \"tree_sitter_lua\"` in analyzer.toml.")
    }
    self.symbol = symbol
    name = file.string("grammar.name") ?? symbol.split(separator: "_").joined(separator: "-")
    version = file.string("grammar.version") ?? ""
  }
}

extension GrammarSource {
  /// The folder of the grammar that comes with this program, where the rules name one.
  private static func sample(_ file: AnalyzerFile) throws(CommandFailure) -> String? {
    guard let sample = file.string("grammar.sample") else { return nil }
    let folder = try NoCodeKit.find().samples + "/" + sample
    guard !sample.contains("/"), PlainFile.exists(folder + "/parser.c") else {
      throw file.failure(
        "is `\(sample)`, and no grammar of this name comes with codira", at: "grammar.sample",
        code: "no_grammar", hint: "`lua` does; the folder of your own is `grammar.path`.")
    }
    return folder
  }
}

/// What a generated parser says in its text.
private struct ParserText {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var abi: Int? {
    guard let place = find("#define LANGUAGE_VERSION ", from: 0) else { return nil }
    return Int(String(decoding: bytes[place...].prefix { $0 >= 48 && $0 <= 57 }, as: UTF8.self))
  }

  /// The name of the one function without parameters that begins so.
  var symbol: String? {
    var place = 0
    while let found = find("TSLanguage *tree_sitter_", from: place) {
      let name = bytes[found...].prefix {
        $0 == 95 || ($0 >= 48 && $0 <= 57) || ($0 | 32 >= 97 && $0 | 32 <= 122)
      }
      if bytes[name.endIndex...].first == UInt8(ascii: "(") {
        return "tree_sitter_" + String(decoding: name, as: UTF8.self)
      }
      place = found
    }
    return nil
  }

  /// Behind the first occurrence.
  private func find(_ word: String, from start: Int) -> Int? {
    let word = Array(word.utf8)
    guard bytes.count >= word.count, start <= bytes.count - word.count else { return nil }
    for place in start...(bytes.count - word.count) where bytes[place] == word[0] {
      if bytes[place..<(place + word.count)].elementsEqual(word) { return place + word.count }
    }
    return nil
  }
}

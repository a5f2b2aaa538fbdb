// embedding-bench MODEL MODE [--threads N] [--precision NAME] [--kernels NAME] [--maximum N]
//
// `tokens`, `vectors`, `queries`, `passages`, `time`, `tokenizer` and `tokenizer-time` read texts from standard input,
// each a 32-bit little-endian length and so many bytes of UTF-8. `tokens` prints a line of token ids for each text;
// `vectors` writes float32 rows, `queries` and `passages` the same of texts in that role; `time` prints one JSON line:
// tokens, the seconds they took in calls of 512 texts, and the seconds from before opening the model to its first
// vector. `tokenizer` prints token ids too, but opens nothing but the tokenizer; `tokenizer-time` prints one JSON line:
// tokens, bytes, the seconds they took, and those that opening the tokenizer took. `serve` answers lines
// (Server.swift), `precisions` prints the names that --precision takes. `--kernels` computes as a processor would that
// has no more than these: avx512, avx2, portable.
import CodiraEmbedding
import Glibc

func measure(_ options: Options) throws {
  let texts = readTexts(from: STDIN_FILENO)
  var server: Server?
  let first = try seconds {
    let embedder = try options.embedder()
    _ = embedder.embed(["read a file line by line"])
    server = Server(embedder)
  }
  guard let server else { return }
  let count = texts.reduce(0) { $0 + tokens($1, server.embedder.model).count }
  let time = seconds { server.embedAll(texts) }
  put("{\"tokens\": \(count), \"seconds\": \(time), \"first_vector_seconds\": \(first)}")
}

func measureTokenizer(_ options: Options) throws {
  let texts = readTexts(from: STDIN_FILENO)
  var opened: Tokenizer?
  let opening = try seconds { opened = try Tokenizer(directory: options.directory) }
  guard let tokenizer = opened else { return }
  var count = 0
  let time = seconds {
    for text in texts { count += tokens(text, tokenizer, maximum: options.maximum).count }
  }
  let bytes = texts.reduce(0) { $0 + $1.count }
  put("{\"tokens\": \(count), \"bytes\": \(bytes), \"seconds\": \(time), \"opening_seconds\": \(opening)}")
}

func putLines(_ rows: [[Int32]]) {
  for row in rows { put(row.map(String.init).joined(separator: " ")) }
}

let options = Options(CommandLine.arguments.dropFirst())
do {
  switch options.mode {
  case "time": try measure(options)
  case "tokenizer-time": try measureTokenizer(options)
  case "tokenizer":
    let tokenizer = try Tokenizer(directory: options.directory)
    putLines(readTexts(from: STDIN_FILENO).map { tokens($0, tokenizer, maximum: options.maximum) })
  case "tokens":
    let model = try EmbeddingModel(directory: options.directory)
    putLines(readTexts(from: STDIN_FILENO).map { tokens($0, model) })
  case "vectors", "queries", "passages":
    let roles: [String: TextRole] = ["queries": .query, "passages": .passage]
    let embedder = try options.embedder()
    embedder.embed(utf8: readTexts(from: STDIN_FILENO), as: roles[options.mode] ?? .plain)
      .withUnsafeBytes { put($0, to: STDOUT_FILENO) }
  case "serve":
    var server = Server(try options.embedder())
    while let line = readLine() { put(server.answer(line)) }
  case "precisions": for precision in Precision.allCases { put(precision.rawValue) }
  default: fail(Options.usage)
  }
} catch {
  fail("\(error)")
}

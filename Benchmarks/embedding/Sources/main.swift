// embedding-bench MODEL tokens|vectors|queries|passages|time [THREADS] < TEXTS
// embedding-bench DIRECTORY tokenizer|tokenizer-time [MAXIMUM] < TEXTS
//
// Reads texts, each a 32-bit little-endian length and so many bytes of UTF-8. `tokens` prints a line of token ids for
// each text, `vectors` writes float32 rows, `time` prints one JSON line: tokens, the seconds they took in batches of
// 512 texts, and the seconds from before opening the model to its first vector. `tokenizer` prints token ids too, but
// opens nothing but the tokenizer; `tokenizer-time` prints one JSON line: tokens, bytes, the seconds they took, and
// those that opening the tokenizer took.
import CodiraEmbedding
import Glibc

func put(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    guard count > 0 else { exit(2) }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
}

func fail(_ message: String) -> Never {
  Array("\(message)\n".utf8).withUnsafeBytes { put($0, to: STDERR_FILENO) }
  exit(2)
}

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func readTexts() -> [[UInt8]] {
  var input: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = read(STDIN_FILENO, &buffer, buffer.count), count > 0 {
    input.append(contentsOf: buffer[..<count])
  }
  var texts: [[UInt8]] = []
  var offset = 0
  while offset + 4 <= input.count {
    let length = input[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    texts.append(Array(input[offset + 4..<offset + 4 + length]))
    offset += 4 + length
  }
  return texts
}

func tokens(_ text: [UInt8], _ model: EmbeddingModel) -> [Int32] {
  text.withUnsafeBufferPointer { model.tokens($0, as: .plain) }
}

func measure(_ texts: [[UInt8]], directory: String, threads: Int) throws {
  let opening = seconds()
  let model = try EmbeddingModel(directory: directory)
  let embedder = TextEmbedder(model: model, threads: threads)
  _ = embedder.embed(["read a file line by line"])
  let first = seconds() - opening

  let count = texts.reduce(0) { $0 + tokens($1, model).count }
  let start = seconds()
  for batch in stride(from: 0, to: texts.count, by: 512) {
    _ = embedder.embed(utf8: Array(texts[batch..<min(batch + 512, texts.count)]))
  }
  print("{\"tokens\": \(count), \"seconds\": \(seconds() - start), \"first_vector_seconds\": \(first)}")
}

func measureTokenizer(_ texts: [[UInt8]], directory: String, maximum: Int) throws {
  let opening = seconds()
  let tokenizer = try Tokenizer(directory: directory)
  let start = seconds()
  let count = texts.reduce(0) { sum, text in
    sum + text.withUnsafeBufferPointer { tokenizer.encode($0, maximum: maximum).count }
  }
  let end = seconds()
  let bytes = texts.reduce(0) { $0 + $1.count }
  print(
    "{\"tokens\": \(count), \"bytes\": \(bytes), \"seconds\": \(end - start), \"opening_seconds\": \(start - opening)}"
  )
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  fail("usage: embedding-bench MODEL tokens|vectors|queries|passages|time|tokenizer|tokenizer-time [NUMBER] < TEXTS")
}
let threads = arguments.count > 3 ? Int(arguments[3]) ?? 2 : 2
do {
  let texts = readTexts()
  switch arguments[2] {
  case "time": try measure(texts, directory: arguments[1], threads: threads)
  case "tokenizer-time":
    try measureTokenizer(texts, directory: arguments[1], maximum: arguments.count > 3 ? threads : .max)
  case "tokenizer":
    let tokenizer = try Tokenizer(directory: arguments[1])
    let maximum = arguments.count > 3 ? threads : Int.max
    for text in texts {
      let ids = text.withUnsafeBufferPointer { tokenizer.encode($0, maximum: maximum) }
      print(ids.map(String.init).joined(separator: " "))
    }
  case "tokens":
    let model = try EmbeddingModel(directory: arguments[1])
    for text in texts { print(tokens(text, model).map(String.init).joined(separator: " ")) }
  default:
    let model = try EmbeddingModel(directory: arguments[1])
    let roles: [String: TextRole] = ["queries": .query, "passages": .passage]
    let vectors = TextEmbedder(model: model, threads: threads)
      .embed(utf8: texts, as: roles[arguments[2]] ?? .plain)
    vectors.withUnsafeBytes { put($0, to: STDOUT_FILENO) }
  }
} catch {
  fail("embedding-bench: \(error)")
}

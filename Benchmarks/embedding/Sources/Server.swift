import CodiraEmbedding
import Glibc

/// Answers the lines of `peers/worker.py`, each with one line of JSON, for texts in place of token ids.
///
/// Besides: `tokenize NAME` answers the tokens of all texts and the seconds that cutting them takes on one thread,
/// which are part of every other time.
struct Server {
  let embedder: TextEmbedder
  private var texts: [String: [[UInt8]]] = [:]

  init(_ embedder: TextEmbedder) { self.embedder = embedder }

  mutating func answer(_ line: String) -> String {
    let words = line.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("load", 3): texts[words[1]] = readTexts(path: words[2])
    case ("time", 3):
      return "{\"seconds\": \(seconds { embedAll(named(words[1])) })}"
    case ("each", 2):
      let times = named(words[1]).map { text in seconds { _ = embedder.embed(utf8: [text]) } }
      return "{\"seconds\": [\(times.map { "\($0)" }.joined(separator: ", "))]}"
    case ("vectors", 3): write(embedder.embed(utf8: named(words[1])), path: words[2])
    case ("tokenize", 2):
      var count = 0
      let time = seconds { count = named(words[1]).reduce(0) { $0 + tokens($1, embedder.model).count } }
      return "{\"tokens\": \(count), \"seconds\": \(time)}"
    default: fail("cannot answer \(line)")
    }
    return "{}"
  }

  /// In calls of 512 texts, as an index makes them.
  func embedAll(_ texts: [[UInt8]]) {
    for batch in stride(from: 0, to: texts.count, by: 512) {
      _ = embedder.embed(utf8: Array(texts[batch..<min(batch + 512, texts.count)]))
    }
  }

  private func named(_ name: String) -> [[UInt8]] {
    guard let found = texts[name] else { fail("no texts are named \(name)") }
    return found
  }

  private func write(_ vectors: [Float], path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { fail("cannot write \(path)") }
    vectors.withUnsafeBytes { put($0, to: file) }
    close(file)
  }
}

func tokens(_ text: [UInt8], _ model: EmbeddingModel) -> [Int32] {
  text.withUnsafeBufferPointer { model.tokens($0, as: .plain) }
}

func tokens(_ text: [UInt8], _ tokenizer: Tokenizer, maximum: Int) -> [Int32] {
  text.withUnsafeBufferPointer { tokenizer.encode($0, maximum: maximum) }
}

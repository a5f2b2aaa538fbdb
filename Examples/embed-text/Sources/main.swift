// embed-text MODEL QUESTION < TEXTS
//
// Reads texts, one a line, and prints them with their likeness to the question, the likest first.
import CodiraEmbedding
import Glibc

func fail(_ message: String, status: Int32) -> Never {
  _ = write(STDERR_FILENO, message + "\n", message.utf8.count + 1)
  exit(status)
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else { fail("usage: embed-text MODEL QUESTION < TEXTS", status: 2) }
let texts = Array(AnySequence { AnyIterator { readLine() } })

do {
  let model = try EmbeddingModel(directory: arguments[1])
  let embedder = TextEmbedder(model: model)
  let question = embedder.embed([arguments[2]])
  let vectors = embedder.embed(texts)
  // Vectors have length one: their product is the cosine of the angle between them.
  let ranked = texts.indices.map { index in
    let row = vectors[(index * model.dimension)..<((index + 1) * model.dimension)]
    return (text: texts[index], likeness: zip(question, row).reduce(0) { $0 + $1.0 * $1.1 })
  }
  for (text, likeness) in ranked.sorted(by: { $0.likeness > $1.likeness }) {
    print((likeness * 1000).rounded() / 1000, text)
  }
} catch {
  fail("embed-text: \(error)", status: 1)
}

import CodiraEmbedding

/// How fast a model computes here with one precision.
struct EncoderSpeed {
  let precision: Precision
  /// The name of the instruction set that computed.
  let instructions: String
  /// Tokens and texts a second, on all threads, as `index` encodes.
  let tokensPerSecond: Double
  let textsPerSecond: Double
  /// Seconds of one short question with the weights ready: the median.
  let question: Double
  /// Seconds to make the weights ready and encode the first question.
  let firstVector: Double

  /// Takes about `seconds`.
  init(_ model: EmbeddingModel, _ precision: Precision, threads: Int, seconds: Double) {
    let embedder = TextEmbedder(model: model, precision: precision, threads: threads)
    self.precision = precision
    instructions = embedder.instructions
    let clock = ContinuousClock()
    func time(_ body: () -> Void) -> Double { clock.measure(body) / .seconds(1) }

    firstVector = time { _ = embedder.embed([BenchTexts.question], as: .query) }
    var times: [Double] = []
    let end = clock.now + .seconds(seconds / 5)
    repeat {
      times.append(time { _ = embedder.embed([BenchTexts.question], as: .query) })
    } while clock.now < end
    question = times.sorted()[times.count / 2]

    let batches = Batches(model)
    var passes = 0
    var spent = 0.0
    repeat {
      spent += time {
        concurrently(jobs: batches.texts.count, threads: threads) { _, job in
          _ = embedder.embed(utf8: batches.texts[job], as: .passage, threads: 1)
        }
      }
      passes += 1
    } while spent < seconds * 4 / 5
    tokensPerSecond = Double(batches.tokens * passes) / spent
    textsPerSecond = Double(batches.texts.reduce(0) { $0 + $1.count } * passes) / spent
  }

  /// The texts in batches that one thread encodes, the longest first, and their tokens.
  private struct Batches {
    let texts: [[[UInt8]]]
    let tokens: Int

    init(_ model: EmbeddingModel) {
      let all = BenchTexts.payloads(96).sorted { $0.count > $1.count }
      texts = stride(from: 0, to: all.count, by: 8).map { Array(all[$0..<min($0 + 8, all.count)]) }
      tokens = all.reduce(0) { count, text in
        count
          + text.withUnsafeBufferPointer { model.tokens($0, as: .passage).count }
      }
    }
  }
}

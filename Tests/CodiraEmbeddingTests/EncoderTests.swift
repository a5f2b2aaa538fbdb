import CEmbedding
import CodiraEmbedding
import Testing

@Suite struct EncoderTests {
  @Test(arguments: ["tiny-vectors.json", "minilm-vectors.json"])
  func vectorsAreTheReferences(table: String) throws {
    let model = try table.hasPrefix("tiny") ? Fixtures.tiny() : Fixtures.miniLM()
    let rows = try Fixtures.rows(table)
    let vectors = TextEmbedder(model: model).embed(rows.map(\.text))
    #expect(vectors.count == rows.count * model.dimension)
    for (index, row) in rows.enumerated() {
      let vector = vectors[index * model.dimension..<(index + 1) * model.dimension]
      #expect(cosine(vector, row.vector) > 0.999999, "\(row.text.prefix(80).debugDescription)")
      for (found, expected) in zip(vector, row.vector) { #expect(abs(found - expected) < 2e-6) }
    }
  }

  /// Two sequences side by side, each against the oracle by itself, after the embeddings and each layer.
  @Test func everyLayerEqualsTheScalarOracle() throws {
    let model = try Fixtures.tiny()
    let texts = ["def read_file(path)\nRead a file line by line.", "x = [1, 2]"].map {
      model.tokenizer.encode($0)
    }
    let width = model.dimension
    let kernels = codira_kernels_best().pointee
    let packed = PackedEncoder(model.weights, kernels: kernels, threads: 1)
    let encoder = Encoder(
      packed: packed,
      workspace: EncoderWorkspace(
        packed, tokens: texts.reduce(0) { $0 + $1.count }, longest: texts[0].count))
    var states: [[Float]] = []
    var vectors = [Float](repeating: 0, count: 2 * width)
    let sequences = texts.enumerated().map { Encoder.Sequence(ids: $1, place: $0) }
    vectors.withUnsafeMutableBufferPointer {
      encoder.encode(sequences[...], into: $0.baseAddress!) { states.append(Array($0)) }
    }

    let oracle = ScalarEncoder(weights: model.weights)
    let expected = texts.map(oracle.states)
    #expect(states.count == 3)
    for (layer, state) in states.enumerated() {
      let rows = (expected[0][layer] + expected[1][layer]).flatMap { $0 }
      #expect(state.count == rows.count)
      let distance = zip(state, rows).map { abs(Double($0) - $1) }.max() ?? 1
      #expect(distance < 1e-5, "layer \(layer)")
    }
    for (index, text) in texts.enumerated() {
      let vector = vectors[index * width..<(index + 1) * width]
      #expect(cosine(vector, oracle.vector(text).map { Float($0) }) > 0.9999999)
    }
  }

  @Test(arguments: [1, 2, 4], Precision.allCases)
  func bytesDependOnTheTextAlone(threads: Int, precision: Precision) throws {
    let model = try Fixtures.tiny()
    try expectEqualBytes(
      model, try Fixtures.rows("tiny-vectors.json").map(\.text), precision, threads: threads)
  }

  @Test(arguments: Precision.allCases)
  func bytesDependOnTheTextAloneInTheRealModel(precision: Precision) throws {
    let texts = try Fixtures.rows("minilm-tokens.json").map(\.text).prefix(28)
    try expectEqualBytes(Fixtures.miniLM(), Array(texts), precision, threads: 2)
  }

  /// The vectors of fewer bits against those of float32, as the issue of retrieval needs them.
  @Test(arguments: [(Precision.int8, 0.997, 0.99), (.bfloat16, 0.9999, 0.9999)])
  func fewerBitsStayNearFloat32(precision: Precision, mean: Double, least: Double) throws {
    let model = try Fixtures.miniLM()
    let texts = try Fixtures.rows("minilm-tokens.json").map(\.text)
    let expected = TextEmbedder(model: model).embed(texts)
    let found = TextEmbedder(model: model, precision: precision).embed(texts)
    let cosines = texts.indices.map { index in
      let row = index * model.dimension..<(index + 1) * model.dimension
      return Double(cosine(found[row], Array(expected[row])))
    }
    #expect(cosines.reduce(0, +) / Double(texts.count) >= mean)
    #expect(cosines.min()! >= least)
  }

  /// Alone, together, backwards, shuffled, beside copies of itself: the same bits.
  private func expectEqualBytes(
    _ model: EmbeddingModel, _ texts: [String], _ precision: Precision, threads: Int
  ) throws {
    let alone = TextEmbedder(model: model, precision: precision, threads: 1)
    let expected = texts.map { alone.embed([$0]).map(\.bitPattern) }
    #expect(Set(expected).count > texts.count / 2)
    let embedder = TextEmbedder(model: model, precision: precision, threads: threads)
    var generator = SystemRandomNumberGenerator()
    for order in [
      Array(texts.indices), texts.indices.reversed(), texts.indices.shuffled(using: &generator),
      texts.indices.flatMap { [$0, $0] },
    ] {
      let vectors = embedder.embed(order.map { texts[$0] }).map(\.bitPattern)
      for (place, index) in order.enumerated() {
        let vector = Array(vectors[place * model.dimension..<(place + 1) * model.dimension])
        #expect(vector == expected[index], "\(texts[index].prefix(80).debugDescription) at \(place)")
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func instructionSetsAgree(precision: Precision) throws {
    let model = try Fixtures.tiny()
    let texts = try Fixtures.rows("tiny-vectors.json").map(\.text)
    let best = TextEmbedder(model: model, precision: precision).embed(texts)
    for name in KernelsTests.names {
      let embedder = TextEmbedder(
        model: model, precision: precision, threads: 2, kernels: try instructionSet(name))
      let found = embedder.embed(texts)
      if precision == .bfloat16 {
        for index in texts.indices {
          let row = index * model.dimension..<(index + 1) * model.dimension
          #expect(cosine(found[row], Array(best[row])) >= 0.9999, "\(name)")
        }
      } else {
        #expect(found.map(\.bitPattern) == best.map(\.bitPattern), "\(name)")
      }
    }
  }

  @Test func noTextsHaveNoVectors() throws {
    #expect(TextEmbedder(model: try Fixtures.tiny()).embed([String]()).isEmpty)
  }

  @Test func callsFromSeveralThreadsDoNotMeet() async throws {
    let embedder = TextEmbedder(model: try Fixtures.tiny(), threads: 2)
    let texts = try Fixtures.rows("tiny-vectors.json").map(\.text)
    let expected = TextEmbedder(model: try Fixtures.tiny()).embed(texts)
    await withTaskGroup(of: [Float].self) { group in
      for _ in 0..<4 { group.addTask { embedder.embed(texts) } }
      for await vectors in group { #expect(vectors == expected) }
    }
  }
}

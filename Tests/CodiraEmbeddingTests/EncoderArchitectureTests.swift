import CEmbedding
import CodiraEmbedding
import Foundation
import Testing

/// Every architecture on a tiny model of it: against the reference, against the oracle, against itself.
@Suite struct EncoderArchitectureTests {
  static let layered = [
    "bert-relu", "bert-tanh", "modernbert", "modernbert-biased", "nomic", "nomic-biased", "nomic-published",
    "roberta", "xlm-roberta",
  ]
  static let all = layered + ["model2vec", "model2vec-mapped"]

  @Test(arguments: all)
  func vectorsAreTheReferences(name: String) throws {
    let model = try Fixtures.architecture(name)
    let rows = try Fixtures.rows("Architectures/\(name).json")
    #expect(rows.count == 16)
    for row in rows { #expect(model.tokens(row.text, as: .plain) == row.ids) }
    let vectors = TextEmbedder(model: model).embed(rows.map(\.text))
    for (index, row) in rows.enumerated() {
      let vector = vectors[index * model.dimension..<(index + 1) * model.dimension]
      if !row.ids.isEmpty { #expect(cosine(vector, row.vector) > 0.99999, "\(row.text.debugDescription)") }
      for (found, expected) in zip(vector, row.vector) { #expect(abs(found - expected) < 2e-6) }
    }
  }

  @Test(arguments: layered)
  func everyLayerEqualsTheScalarOracle(name: String) throws {
    let model = try Fixtures.architecture(name)
    let ids = model.tokens("def read_file(path)\nRead a [PAD] file line by line. ☃", as: .plain)
    let kernels = codira_kernels_best().pointee
    let packed = PackedEncoder(model.weights, kernels: kernels, threads: 1)
    let encoder = Encoder(
      packed: packed, workspace: EncoderWorkspace(packed, tokens: ids.count, longest: ids.count))
    var states: [[Float]] = []
    var vector = [Float](repeating: 0, count: model.dimension)
    vector.withUnsafeMutableBufferPointer {
      encoder.encode([Encoder.Sequence(ids: ids, place: 0)][...], into: $0.baseAddress!) {
        states.append(Array($0))
      }
    }
    let oracle = ScalarEncoder(weights: model.weights)
    let expected = oracle.states(ids)
    #expect(states.count == expected.count)
    for (layer, (state, rows)) in zip(states, expected).enumerated() {
      let distance = zip(state, rows.joined()).map { abs(Double($0) - $1) }.max() ?? 1
      #expect(distance < 2e-5, "layer \(layer)")
    }
    #expect(cosine(vector, oracle.vector(ids).map { Float($0) }) > 0.9999999)
  }

  /// Alone, together, backwards, with any number of threads and with every instruction set: the same bits.
  @Test(arguments: all)
  func bytesDependOnTheTextAlone(name: String) throws {
    let model = try Fixtures.architecture(name)
    let texts = try Fixtures.rows("Architectures/\(name).json").map(\.text)
    let alone = TextEmbedder(model: model, threads: 1)
    let expected = texts.map { alone.embed([$0]).map(\.bitPattern) }
    for threads in [1, 2, 4] {
      let embedder = TextEmbedder(model: model, threads: threads)
      #expect(embedder.embed(texts).map(\.bitPattern) == Array(expected.joined()))
      #expect(embedder.embed(texts.reversed()).map(\.bitPattern) == Array(expected.reversed().joined()))
    }
    var index = 0
    while let kernels = codira_kernels_at(index)?.pointee {
      let embedder = TextEmbedder(model: model, precision: .float32, threads: 2, kernels: kernels)
      #expect(embedder.embed(texts).map(\.bitPattern) == Array(expected.joined()))
      index += 1
    }
  }

  /// Rotary positions, gated units, norms before or after, absent biases: in every precision near float32.
  @Test(arguments: all, [(Precision.int8, 0.99), (.bfloat16, 0.999)])
  func fewerBitsStayNearFloat32(name: String, precision: (Precision, Double)) throws {
    let model = try Fixtures.architecture(name)
    let texts = try Fixtures.rows("Architectures/\(name).json").filter { !$0.ids.isEmpty }.map(\.text)
    let expected = TextEmbedder(model: model).embed(texts)
    let found = TextEmbedder(model: model, precision: precision.0).embed(texts)
    for index in texts.indices {
      let row = index * model.dimension..<(index + 1) * model.dimension
      #expect(cosine(found[row], Array(expected[row])) >= precision.1, "\(texts[index].debugDescription)")
    }
  }

  @Test func publishedNamesAreTheSameModel() throws {
    let texts = ["read a file", "x = [1, 2]"]
    let vectors = try ["nomic", "nomic-published"].map {
      TextEmbedder(model: try Fixtures.architecture($0)).embed(texts)
    }
    #expect(vectors[0] == vectors[1])
  }

  @Test func promptsGoBeforeTheTextsOfTheirRole() throws {
    let embedder = TextEmbedder(model: try Fixtures.architecture("roberta"))
    #expect(embedder.embed(["a file"], as: .query) == embedder.embed(["read: a file"]))
    #expect(embedder.embed(utf8: [Array("a file".utf8)], as: .passage) == embedder.embed(["write: a file"]))
    #expect(embedder.identity.hasPrefix("roberta/\(EmbeddingModel.version) "))
    #expect(embedder.identity.contains("prompt=\"write: \""))
    let plain = TextEmbedder(model: try Fixtures.architecture("bert-relu"))
    #expect(plain.embed(["a file"], as: .query) == plain.embed(["a file"]))
  }

  @Test(arguments: ["modernbert", "model2vec", "bert-tanh"])
  func shorterVectorsAreTheFirstValuesAtLengthOne(name: String) throws {
    let model = try Fixtures.architecture(name)
    let texts = ["read a file", "x = [1, 2]", "class Session"]
    let whole = TextEmbedder(model: model).embed(texts)
    let embedder = try TextEmbedder(model: model, dimension: 12)
    let short = embedder.embed(texts)
    #expect(short.count == 36)
    for index in texts.indices {
      let expected = whole[index * 32..<index * 32 + 12]
      let found = short[index * 12..<(index + 1) * 12]
      #expect(cosine(found, expected) > 0.999999)
      #expect(abs(found.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
    #expect(embedder.identity == model.identity() + " dimension=12")
    #expect(try TextEmbedder(model: model, dimension: 32).identity == model.identity())
    for dimension in [0, -1, 33] {
      #expect(throws: EmbeddingError.self) { try TextEmbedder(model: model, dimension: dimension) }
    }
  }

  @Test func aShardedModelIsInstalledWhole() throws {
    let source = Fixtures.temporaryDirectory() + "/relu"
    try Fixtures.copyArchitecture("bert-relu", to: source)
    let store = ModelStore(root: Fixtures.temporaryDirectory())
    let installed = try store.install(from: source)
    #expect(try store.verify("relu") == installed)
    let model = try EmbeddingModel(directory: installed.directory)
    #expect(
      TextEmbedder(model: model).embed(["a file"])
        == TextEmbedder(model: try EmbeddingModel(directory: source)).embed(["a file"]))
    let shard = "\(source)/model-00002-of-00002.safetensors"
    try FileManager.default.removeItem(atPath: shard)
    #expect(throws: EmbeddingError.missing(path: shard)) { try EmbeddingModel(directory: source) }
  }
}

import CodiraEmbedding
import Foundation
import Testing

/// Models that are broken in one way each open with an error that names it.
@Suite struct DamagedModelTests {
  private let directory = Fixtures.temporaryDirectory() + "/tiny"

  init() throws { try Fixtures.copyTinyModel(to: directory) }

  private func error() -> EmbeddingError? {
    do {
      _ = try EmbeddingModel(directory: directory)
      return nil
    } catch {
      return error
    }
  }

  private func edit(_ file: String, _ body: (inout Data) -> Void) throws {
    let url = URL(fileURLWithPath: "\(directory)/\(file)")
    var data = try Data(contentsOf: url)
    body(&data)
    try data.write(to: url)
  }

  /// Replaces text in a file without changing its length.
  private func replace(_ file: String, _ old: String, _ new: String) throws {
    try #require(old.utf8.count == new.utf8.count || file != "model.safetensors")
    try edit(file) { data in
      if let range = data.range(of: Data(old.utf8)) { data.replaceSubrange(range, with: Data(new.utf8)) }
    }
  }

  private var weights: String { "\(directory)/model.safetensors" }

  @Test func aSoundModelOpens() { #expect(error() == nil) }

  @Test(arguments: [0, 7, 8, 100, 4_000, 117_367])
  func weightsCutShort(size: Int) throws {
    try edit("model.safetensors") { $0 = $0.prefix(size) }
    guard case .malformed(weights, _) = error() else {
      Issue.record("\(String(describing: error()))"); return
    }
  }

  @Test(arguments: [UInt64(117_368 - 7), 1 << 32, 8_000_000_000, 1 << 63, UInt64.max, 0, 20])
  func headerLengthThatLies(length: UInt64) throws {
    try edit("model.safetensors") { data in
      withUnsafeBytes(of: length.littleEndian) { data.replaceSubrange(0..<8, with: $0) }
    }
    guard case .malformed(weights, _) = error() else {
      Issue.record("\(String(describing: error()))"); return
    }
  }

  @Test func tensorMissing() throws {
    try replace("model.safetensors", "encoder.layer.1.output.dense.bias", "encoder.layer.1.output.dense.bios")
    #expect(error() == .tensorMissing(path: weights, tensor: "encoder.layer.1.output.dense.bias"))
  }

  @Test func tensorOfAnotherShape() throws {
    try replace("config.json", "\"intermediate_size\": 64", "\"intermediate_size\": 65")
    #expect(
      error()
        == .tensorShape(
          path: weights, tensor: "encoder.layer.0.intermediate.dense.weight", expected: [65, 32],
          found: [64, 32]))
  }

  @Test func tensorOfAnotherType() throws {
    try replace(
      "model.safetensors", "\"embeddings.LayerNorm.weight\":{\"dtype\":\"F32\"",
      "\"embeddings.LayerNorm.weight\":{\"dtype\":\"I32\"")
    #expect(
      error()
        == .tensorType(
          path: weights, tensor: "embeddings.LayerNorm.weight", expected: "F32 or F16 or BF16",
          found: "I32"))
  }

  @Test(arguments: [
    ("\"shape\":[2,32]", "\"shape\":[3,32]"), ("\"shape\":[2,32]", "\"shape\":[-2,3]"),
    ("\"data_offsets\":[0,", "\"data_offsets\":[1,"), ("\"data_offsets\":[0,", "\"data_offsets\":[x,"),
    ("\"data_offsets\":[0,28288]", "\"data_offsets\":[-8,2828]"),
    ("\"data_offsets\":[0,28288]", "\"data_offsets\":[28288,0]"),
  ])
  func headerThatDoesNotAddUp(old: String, new: String) throws {
    try replace("model.safetensors", old, new)
    guard case .malformed(weights, _) = error() else {
      Issue.record("\(String(describing: error()))"); return
    }
  }

  @Test(arguments: ["config.json", "model.safetensors"])
  func fileMissing(file: String) throws {
    try FileManager.default.removeItem(atPath: "\(directory)/\(file)")
    #expect(error() == .missing(path: "\(directory)/\(file)"))
  }

  @Test(arguments: [
    ("config.json", "\"bert\"", "\"gpt2\"", "model_type", "gpt2"),
    ("config.json", "\"gelu\"", "\"mish\"", "hidden_act", "mish"),
    ("config.json", "\"absolute\"", "\"relative_key\"", "position_embedding_type", "relative_key"),
    (
      "tokenizer.json", "\"model\": {\n  \"type\": \"WordPiece\"", "\"model\": {\n  \"type\": \"WordLevel\"",
      "model", "WordLevel"
    ),
    ("tokenizer.json", "\"BertNormalizer\"", "\"Nmt\"", "normalizer", "Nmt"),
    ("1_Pooling/config.json", "mean_tokens", "max_tokens", "pooling", "pooling_mode_max_tokens"),
  ])
  func askingForWhatIsNotDone(file: String, old: String, new: String, what: String, found: String) throws {
    try replace(file, old, new)
    guard case .unsupported("\(directory)/\(file)", what, found, let supported) = error() else {
      Issue.record("\(String(describing: error()))")
      return
    }
    #expect(!supported.isEmpty)
  }

  @Test(arguments: [
    ("config.json", "\"hidden_size\": 32", "\"hidden_size\": 0"),
    ("config.json", "\"num_attention_heads\": 2", "\"num_attention_heads\": 3"),
    ("config.json", "{", "["), ("tokenizer.json", "\"[CLS]\": 2", "\"[CLX]\": 2"),
    ("tokenizer.json", "\"[MASK]\": 4", "\"[MASK]\": 9999"),
    ("sentence_bert_config.json", "128", "129"),
  ])
  func sizesThatCannotBe(file: String, old: String, new: String) throws {
    try replace(file, old, new)
    guard case .malformed("\(directory)/\(file)", _) = error() else {
      Issue.record("\(String(describing: error()))")
      return
    }
  }
}

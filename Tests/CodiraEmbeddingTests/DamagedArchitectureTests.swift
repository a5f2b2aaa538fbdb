import CodiraEmbedding
import Foundation
import Testing

/// Models of other architectures that are broken, or ask for what is not done, in one way each.
@Suite struct DamagedArchitectureTests {
  private let directory = Fixtures.temporaryDirectory() + "/model"

  private func error(_ name: String, _ damage: () throws -> Void) throws -> EmbeddingError? {
    try Fixtures.copyArchitecture(name, to: directory)
    try damage()
    do throws(EmbeddingError) {
      _ = try EmbeddingModel(directory: directory)
      return nil
    } catch {
      return error
    }
  }

  private func edit(_ file: String, _ body: (inout Data) throws -> Void) throws {
    let url = URL(fileURLWithPath: "\(directory)/\(file)")
    var data = try Data(contentsOf: url)
    try body(&data)
    try data.write(to: url)
  }

  private func replace(_ file: String, _ old: String, _ new: String) throws {
    try edit(file) { data in
      let range = try #require(data.range(of: Data(old.utf8)))
      data.replaceSubrange(range, with: Data(new.utf8))
    }
  }

  @Test(arguments: [
    ("nomic-published", "\"prenorm\": false", "\"prenorm\": true", "prenorm", "true"),
    ("nomic-published", "\"causal\": false", "\"causal\": true", "causal", "true"),
    ("nomic-published", "interleaved\": false", "interleaved\": true", "rotary_emb_interleaved", "true"),
    ("nomic-published", "scaling_factor\": null", "scaling_factor\": 2", "rotary_scaling_factor", "2"),
    ("nomic-published", "fraction\": 1.0", "fraction\": 0.5", "rotary_emb_fraction", "0.5"),
    ("nomic-published", "\"swiglu\"", "\"gelu\"", "activation_function", "gelu"),
    (
      "nomic-published", "\"causal\"", "\"num_experts\": 8, \"moe_every_n_layers\": 2, \"causal\"",
      "num_experts",
      "8"
    ),
    ("nomic", "\"silu\"", "\"quick_gelu\"", "hidden_act", "quick_gelu"),
    (
      "roberta", "\"model_type\"", "\"position_embedding_type\": \"alibi\", \"model_type\"",
      "position_embedding_type", "alibi"
    ),
    ("roberta", "\"model_type\"", "\"is_decoder\": true, \"model_type\"", "is_decoder", "true"),
    ("roberta", "\"roberta\"", "\"mpnet\"", "model_type", "mpnet"),
    ("modernbert-biased", "\"default\"", "\"yarn\"", "rope_type", "yarn"),
    (
      "modernbert-biased", "\"full_attention\",", "\"chunked_attention\",", "layer_types",
      "\"chunked_attention\""
    ),
    ("modernbert-biased", "\"gelu_pytorch_tanh\"", "\"tanh\"", "hidden_activation", "tanh"),
  ])
  func configurationThatIsNotDone(name: String, old: String, new: String, what: String, found: String) throws
  {
    let error = try error(name) { try replace("config.json", old, new) }
    guard case .unsupported("\(directory)/config.json", what, found, let supported)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!supported.isEmpty && !supported.contains(found))
  }

  @Test(arguments: [
    ("models.Normalize\"", "models.Dense\"", "module", "Dense"),
    ("\"path\": \"\"", "\"path\": \"0_T\"", "path of Transformer", "0_T"),
  ])
  func modulesThatAreNotDone(old: String, new: String, what: String, found: String) throws {
    let error = try error("bert-tanh") { try replace("modules.json", old, new) }
    guard case .unsupported("\(directory)/modules.json", what, found, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    ("bert-tanh", "modules.json", "\"1_Pooling\"", "\"../1_Pooling\""),
    (
      "modernbert-biased", "config.json", "\"sliding_attention\"\n",
      "\"sliding_attention\", \"full_attention\"\n"
    ),
    ("modernbert", "config.json", "\"local_attention\": 8", "\"local_attention\": 0"),
    ("modernbert", "config.json", "\"global_attn_every_n_layers\": 3", "\"global_attn_every_n_layers\": 0"),
    ("modernbert", "config.json", "\"local_rope_theta\": 100.0", "\"local_rope_theta\": -1"),
    ("modernbert", "config.json", "\"num_hidden_layers\": 5", "\"num_hidden_layers\": 5000000"),
    ("nomic", "config.json", "\"num_attention_heads\": 2", "\"num_attention_heads\": 32"),
    ("roberta", "config.json", "\"pad_token_id\": 1", "\"pad_token_id\": 127"),
    ("roberta", "config.json", "\"pad_token_id\": 1", "\"pad_token_id\": 9223372036854775807"),
    ("roberta", "config_sentence_transformers.json", "null", "\"nothing\""),
    ("bert-relu", "model.safetensors.index.json", "\"weight_map\"", "\"weight_mop\""),
    ("bert-relu", "model.safetensors.index.json", "\"model-00002", "\"../model-00002"),
  ])
  func settingsThatCannotBe(name: String, file: String, old: String, new: String) throws {
    let error = try error(name) { try replace(file, old, new) }
    guard case .malformed("\(directory)/\(file)", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aTensorThatTheIndexSeesInAnotherFile() throws {
    let tensor = "bert.encoder.layer.1.output.dense.weight"
    let index = "model.safetensors.index.json"
    let moved = try error("bert-relu") {
      try replace(index, "\"\(tensor)\": \"model-00002", "\"\(tensor)\": \"model-00001")
    }
    #expect(moved == .tensorMissing(path: "\(directory)/model-00001-of-00002.safetensors", tensor: tensor))
    try replace(index, "\"\(tensor)\"", "\"other\"")
    #expect(throws: EmbeddingError.tensorMissing(path: "\(directory)/\(index)", tensor: tensor)) {
      try EmbeddingModel(directory: directory)
    }
  }

  @Test func tensorsThatOverlap() throws {
    let error = try error("model2vec-mapped") {
      // The weights of the tokens begin where the last rows of the table are.
      try edit("model.safetensors") { data in
        let header = String(decoding: data[8..<8 + 400], as: UTF8.self)
        let begin = try #require(header.range(of: "\"data_offsets\":[2560,"))
        let end = try #require(header[begin.upperBound...].firstIndex(of: "]"))
        let last = try #require(Int(header[begin.upperBound..<end]))
        let place = 8 + header.utf8.distance(from: header.startIndex, to: begin.lowerBound)
        let text = "\"data_offsets\":[2552,\(last - 8)"
        data.replaceSubrange(place..<place + text.utf8.count, with: Data(text.utf8))
      }
    }
    guard case .malformed("\(directory)/model.safetensors", let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason == "tensors embeddings and weights overlap")
  }

  @Test func aTokenOfARowThatTheTableDoesNotHave() throws {
    let error = try error("model2vec-mapped") {
      try edit("model.safetensors") { $0[$0.count - 8] = 40 }
    }
    guard case .malformed("\(directory)/model.safetensors", let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("mapping of token"))
  }

  /// The vocabulary has one token more than the table of vectors.
  @Test(arguments: ["model2vec", "modernbert", "nomic", "xlm-roberta"])
  func aVocabularyOfAnotherModel(name: String) throws {
    let error = try error(name) {
      try replace("tokenizer.json", "\"vocab\": {", "\"vocab\": {\"more\": 5000,")
    }
    guard case .malformed("\(directory)/tokenizer.json", let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("token 5000 in a model of"))
  }

  /// Opening reads no matrix; installing reads them all, and refuses the model before it copies anything.
  @Test(
    arguments: [
      ("nomic", [0, 0, 0xC0, 0x7F]), ("modernbert", [0, 0, 0x80, 0xFF]), ("bert-tanh", [0, 0, 0x80, 0x7F]),
      ("model2vec-mapped", [0, 0x7C, 0, 0x7E]),
    ] as [(String, [UInt8])])
  func weightsThatAreNoNumbers(name: String, bytes: [UInt8]) throws {
    #expect(
      try error(name) {
        try edit("model.safetensors") { data in
          let header = data.withUnsafeBytes { Int(UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self))) }
          data.replaceSubrange(8 + header + 400..<8 + header + 404, with: bytes)
        }
      } == nil)
    let root = Fixtures.temporaryDirectory() + "/store"
    let place = ["nomic": 100, "modernbert": 100, "bert-tanh": 201, "model2vec-mapped": 200][name] ?? 0
    let path = "\(directory)/model.safetensors"
    #expect {
      _ = try ModelStore(root: root).install(from: directory)
    } throws: { error in
      guard case .malformed(path, let reason)? = error as? EmbeddingError else { return false }
      return reason.hasPrefix("value \(place) of tensor ") && reason.hasSuffix("is not finite")
    }
    #expect(!FileManager.default.fileExists(atPath: root))
  }
}

import CodiraDigest
import CodiraModel

/// A text encoder in the Hugging Face layout: config.json, model.safetensors, tokenizer.json or vocab.txt.
///
///     let model = try EmbeddingModel(directory: "models/all-MiniLM-L6-v2")
///     let vectors = TextEmbedder(model: model).embed(["read a file", "open a socket"])
///
/// Opening maps the weights and checks their header; it reads none of them. The lower-casing BERT family is supported,
/// with float32 weights and mean or CLS pooling.
public struct EmbeddingModel: Sendable {
  public let directory: String
  public let tokenizer: WordPieceTokenizer
  package let weights: EncoderWeights

  public init(directory: String) throws(EmbeddingError) {
    let configuration = try EncoderConfiguration(directory: directory)
    weights = try EncoderWeights(path: "\(directory)/model.safetensors", configuration: configuration)
    tokenizer = try WordPieceTokenizer(directory: directory)
    self.directory = directory
    guard tokenizer.largestID < configuration.vocabularySize else {
      throw .malformed(
        path: "\(directory)/tokenizer.json",
        reason: "token \(tokenizer.largestID) in a model of \(configuration.vocabularySize) tokens")
    }
  }

  /// The number of floats of a vector.
  public var dimension: Int { weights.configuration.hiddenSize }

  /// The tokens of a text that count, start and end marker included.
  public var maximumTokens: Int { weights.configuration.maximumTokens }

  /// How many tokens the whole text has, start and end marker included; beyond `maximumTokens` they do not count.
  public func tokenCount(_ text: String) -> Int { tokenizer.count(text) }

  /// What besides the model's files decides a vector's bytes: program version, pooling, normalization, precision.
  public func identity(precision: Precision = .float32) -> String {
    "bert/\(Self.version) pooling=\(weights.configuration.pooling.rawValue) normalization=l2"
      + " tokens=\(maximumTokens) precision=\(precision.rawValue)"
  }

  /// The version of the arithmetic and of the tokenizer: raised when any text's vector changes its bytes.
  ///
  /// 1: fused multiply-adds in order, characters as in tokenizers 0.23.
  public static let version = 1
}

extension EmbeddingModel {
  /// The files of a model that decide its vectors, those it needs not included, in the order of their names.
  static let fileNames = [
    "1_Pooling/config.json", "config.json", "model.safetensors", "sentence_bert_config.json",
    "tokenizer.json",
    "vocab.txt",
  ]

  /// SHA-256 over the names and hashes of the model's files; reads them all.
  public func fingerprint() throws(EmbeddingError) -> ContentHash {
    var files: [(name: String, hash: ContentHash)] = []
    for name in Self.fileNames {
      do {
        files.append((name, try FileSystem.hash("\(directory)/\(name)")))
      } catch .missing {
        continue
      }
    }
    return Self.fingerprint(of: files)
  }

  static func fingerprint(of files: [(name: String, hash: ContentHash)]) -> ContentHash {
    SHA256.hash(Array(files.map { "\($0.hash.hex) \($0.name)\n" }.joined().utf8))
  }
}

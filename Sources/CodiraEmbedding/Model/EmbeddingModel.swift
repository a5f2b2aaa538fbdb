import CodiraDigest
import CodiraModel

/// A text encoder in the Hugging Face layout: config.json, model.safetensors, tokenizer.json or vocab.txt.
///
///     let model = try EmbeddingModel(directory: "models/all-MiniLM-L6-v2")
///     let vectors = TextEmbedder(model: model).embed(["read a file", "open a socket"], as: .passage)
///
/// Opening maps the weights and checks their header, shapes and types; it reads none of the matrices. `checkValues`
/// does. Which architecture it is config.json says: BERT, RoBERTa, XLM-R, NomicBERT, ModernBERT or model2vec. Weights
/// are float32, or float16 or bfloat16 that become float32, in one file or in several with an index. Of
/// sentence-transformers' files pooling (mean, CLS, last token), prompts and the longest text are read.
public struct EmbeddingModel: Sendable {
  public let directory: String
  public let tokenizer: Tokenizer
  package let weights: EncoderWeights

  public init(directory: String) throws(EmbeddingError) {
    let configuration = try EncoderConfiguration(directory: directory)
    weights = try EncoderWeights(directory: directory, configuration: configuration)
    tokenizer = try Tokenizer(directory: directory)
    self.directory = directory
    let vocabulary = weights.configuration.vocabularySize
    guard tokenizer.largestID < vocabulary else {
      throw .malformed(
        path: "\(directory)/tokenizer.json",
        reason: "token \(tokenizer.largestID) in a model of \(vocabulary) tokens")
    }
  }

  /// Reads all weights and refuses those that are infinite or not a number.
  ///
  /// `ModelStore` does so when it installs and verifies; opening a model does not, which would take as long as reading
  /// its file.
  public func checkValues() throws(EmbeddingError) { try weights.checkValues() }

  /// The number of floats of a vector.
  public var dimension: Int { weights.configuration.hiddenSize }

  /// The tokens of a text that count, start and end marker included.
  public var maximumTokens: Int { weights.configuration.maximumTokens }

  /// How many tokens the whole text has, start and end marker included; beyond `maximumTokens` they do not count.
  public func tokenCount(_ text: String) -> Int { tokenizer.count(text) }

  /// What besides the model's files decides the bytes of a passage's vector: program version, architecture, pooling,
  /// normalization, prompt, precision, and how many of the values are kept where it is not all.
  public func identity(precision: Precision = .float32, dimension: Int? = nil) -> String {
    let configuration = weights.configuration
    var text =
      "\(configuration.architecture.rawValue)/\(Self.version) pooling=\(configuration.pooling.rawValue)"
    text += " normalization=l2 tokens=\(maximumTokens) precision=\(precision.rawValue)"
    if !configuration.prompts.passage.isEmpty { text += " prompt=\"\(configuration.prompts.passage)\"" }
    if let dimension, dimension != self.dimension { text += " dimension=\(dimension)" }
    return text
  }

  /// The version of the arithmetic and of the tokenizer: raised when any text's vector changes its bytes.
  ///
  /// 1: fused multiply-adds in order, characters as in tokenizers 0.23.
  /// 2: attention sums weighted values first and divides by the weights' sum after.
  /// 3: bfloat16 reaches into attention.
  public static let version = 3
}

extension EmbeddingModel {
  /// The files that decide the vectors of a model in this directory, in the order of their names, whether it has them
  /// or not.
  static func fileNames(directory: String) throws(EmbeddingError) -> [String] {
    let others = [
      "config.json", "config_sentence_transformers.json", "modules.json", "sentence_bert_config.json",
      "tokenizer.json", "vocab.txt",
    ]
    let pooling = "\(try EncoderConfiguration.poolingFolder(directory))/config.json"
    return ([pooling] + others + (try ModelTensors.fileNames(directory: directory))).sorted()
  }

  /// SHA-256 over the names and hashes of the model's files; reads them all.
  public func fingerprint() throws(EmbeddingError) -> ContentHash {
    var files: [(name: String, hash: ContentHash)] = []
    for name in try Self.fileNames(directory: directory) {
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

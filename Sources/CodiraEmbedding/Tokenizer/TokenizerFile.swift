import CodiraModel

extension Tokenizer {
  /// Reads tokenizer.json, or vocab.txt where there is none.
  ///
  /// From vocab.txt the lower-casing BERT tokenizer is assumed.
  public init(directory: String) throws(EmbeddingError) {
    do {
      try self.init(tokenizerFile: "\(directory)/tokenizer.json")
    } catch .missing {
      try self.init(vocabularyFile: "\(directory)/vocab.txt")
    }
  }

  init(tokenizerFile path: String) throws(EmbeddingError) {
    var file = TokenizerFile()
    try MappedFile(path: path).json { reader throws(JSONError) in try file.read(&reader) }
    let steps = TokenizerSteps(path: path)
    let model = try steps.model(file.model)
    let added = try steps.added(file.added, to: file.model)
    let normalizer = try steps.normalizer(file.normalizer)
    let preTokenizer = try steps.preTokenizer(file.preTokenizer, of: file.model.type)
    markers = try steps.markers(file.postProcessor)
    largestID = max(file.model.vocabulary.largestID, markers.largestID, added.reduce(0) { max($0, $1.id) })
    if case .wordPiece(let model) = model, normalizer.steps == Self.lowerCasing,
      preTokenizer.steps == [.bert],
      model.inside == .inside, added.count <= 64, added.allSatisfy(\.isPlain)
    {
      let spelled = SpelledTokens(added.map { ($0.content, $0.id) })
      kind = .wordPiece(WordPieceTokenizer(model: model, spelled: spelled))
      return
    }
    var pipeline = TokenizerPipeline(normalizer: normalizer, preTokenizer: preTokenizer, model: model)
    for token in added where !token.isNormalized { pipeline.added.insert(token) }
    for var token in added where token.isNormalized {
      token.content = token.content.withUnsafeBufferPointer { normalizer.normalize($0) { Array($0) } }
      pipeline.addedNormalized.insert(token)
    }
    kind = .pipeline(pipeline)
  }

  /// The steps of the tokenizer that has a way of its own.
  private static let lowerCasing: [Normalizer.Step] = [.clean, .spaceIdeographs, .stripAccents, .lowercase]

  init(vocabularyFile path: String) throws(EmbeddingError) {
    var model = WordPieceModel()
    var id: Int32 = 0
    for line in try FileSystem.read(path).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let piece = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if !piece.isEmpty {
        Array(String(decoding: piece, as: UTF8.self).utf8).withUnsafeBufferPointer {
          model.vocabulary.insert($0, id: id)
        }
      }
      id += 1
    }
    func marker(_ token: String) throws(EmbeddingError) -> Int32 {
      guard let id = model.vocabulary.id(of: token) else {
        throw .malformed(path: path, reason: "the vocabulary has no \(token)")
      }
      return id
    }
    markers = Markers(start: [try marker("[CLS]")], end: [try marker("[SEP]")])
    model.unknown = try marker("[UNK]")
    largestID = model.vocabulary.largestID
    let spelled = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { token in
      model.vocabulary.id(of: token).map { (Array(token.utf8), $0) }
    }
    kind = .wordPiece(WordPieceTokenizer(model: model, spelled: SpelledTokens(spelled)))
  }
}

/// What a tokenizer.json says, its vocabulary read, its steps not yet understood.
struct TokenizerFile {
  var added: [AddedToken] = []
  var normalizer = JSONValue.null
  var preTokenizer = JSONValue.null
  var postProcessor = JSONValue.null
  var model = TokenizerModelFile()

  /// Ids beyond it are those of no model.
  static let largestID = 1 << 24

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "normalizer": normalizer = try reader.value()
      case "pre_tokenizer": preTokenizer = try reader.value()
      case "post_processor": postProcessor = try reader.value()
      case "added_tokens":
        try reader.array { reader throws(JSONError) in added.append(try Self.addedToken(&reader)) }
      case "model": try model.read(&reader)
      default: try reader.skip()
      }
    }
  }

  static func id(_ reader: inout JSONReader) throws(JSONError) -> Int32 {
    let id = try reader.integer()
    guard id >= 0, id < largestID else { throw JSONError(offset: reader.offset, reason: "id \(id)") }
    return Int32(id)
  }

  private static func addedToken(_ reader: inout JSONReader) throws(JSONError) -> AddedToken {
    var token = AddedToken()
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "id": token.id = try id(&reader)
      case "content": token.content = Array(try reader.string().utf8)
      case "single_word": token.isWord = try reader.boolean()
      case "lstrip": token.takesSpaceBefore = try reader.boolean()
      case "rstrip": token.takesSpaceAfter = try reader.boolean()
      case "normalized": token.isNormalized = try reader.boolean()
      default: try reader.skip()
      }
    }
    return token
  }
}

import CodiraModel

/// The model of a tokenizer.json: its settings, and its vocabulary in the form that the kind of model wants.
struct TokenizerModelFile {
  /// Empty in old files; then what else they hold tells.
  var type = ""
  var vocabulary = Vocabulary(capacity: 0)
  var scores: [Double] = []
  var unknownToken: String?
  var unknownID: Int?
  var prefix = "##"
  var suffix = ""
  var longestWord = 100
  var dropout = 0.0
  var fusesUnknown = false
  var hasByteFallback = false
  var ignoresMerges = false
  var merges = MergesFile()

  /// The first of the file's settings that were not known when the vocabulary was read.
  private var readAs: (type: String, prefix: String)?
  private var place: JSONReader?

  static let types = ["WordPiece", "BPE", "Unigram"]

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    var hasPrefix = false
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "type": type = try reader.string()
      case "unk_token" where !reader.null(): unknownToken = try reader.string()
      case "unk_id" where !reader.null(): unknownID = try reader.integer()
      case "continuing_subword_prefix" where !reader.null():
        prefix = try reader.string()
        hasPrefix = true
      case "end_of_word_suffix" where !reader.null(): suffix = try reader.string()
      case "max_input_chars_per_word": longestWord = try reader.integer()
      case "dropout" where !reader.null(): dropout = try reader.number()
      case "fuse_unk": fusesUnknown = try reader.boolean()
      case "byte_fallback": hasByteFallback = try reader.boolean()
      case "ignore_merges": ignoresMerges = try reader.boolean()
      case "vocab":
        place = reader
        if Self.types.contains(type) { try readVocabulary(&reader) } else { try reader.skip() }
      case "merges": try merges.read(&reader)
      case "unk_token", "unk_id", "continuing_subword_prefix", "end_of_word_suffix", "dropout": break
      default: try reader.skip()
      }
    }
    if type == "BPE", !hasPrefix { prefix = "" }
    if let place, Self.types.contains(type),
      readAs.map({ $0 != (type, prefix) && type == "WordPiece" }) ?? true
    {
      var again = place
      try readVocabulary(&again)
    }
  }

  private mutating func readVocabulary(_ reader: inout JSONReader) throws(JSONError) {
    readAs = (type, prefix)
    guard type == "Unigram" else {
      vocabulary = Vocabulary(capacity: 30_000, prefix: type == "WordPiece" ? Array(prefix.utf8) : [])
      try reader.members { piece, reader throws(JSONError) in
        vocabulary.insert(piece, id: try TokenizerFile.id(&reader))
      }
      return
    }
    vocabulary = Vocabulary(capacity: 30_000, prefix: [], isSearchedThroughout: true)
    scores = []
    try reader.array { reader throws(JSONError) in try readScoredPiece(&reader) }
  }

  private mutating func readScoredPiece(_ reader: inout JSONReader) throws(JSONError) {
    var part = 0
    try reader.array { reader throws(JSONError) in
      switch part {
      case 0:
        let id = Int32(scores.count)
        try reader.utf8 { vocabulary.insert($0, id: id) }
      case 1: scores.append(try reader.scaledNumber())
      default: throw JSONError(offset: reader.offset, reason: "a piece and its score are expected")
      }
      part += 1
    }
    guard part == 2, scores.count < TokenizerFile.largestID else {
      throw JSONError(offset: reader.offset, reason: "a piece and its score are expected")
    }
  }
}

/// The merges of a tokenizer.json in either form: "a b", or ["a", "b"].
struct MergesFile {
  private var text: [UInt8] = []
  /// Where the left and the right token of each pair end.
  private var ends: [(left: Int, right: Int)] = []

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.array { reader throws(JSONError) in
      if reader.nextIsArray() { try readPair(&reader) } else { try readLine(&reader) }
    }
  }

  private mutating func readLine(_ reader: inout JSONReader) throws(JSONError) {
    var isPair = false
    try reader.utf8 { line in
      guard let space = line.firstIndex(of: 0x20), !line[(space + 1)...].contains(0x20) else { return }
      text.append(contentsOf: line[..<space])
      let left = text.count
      text.append(contentsOf: line[(space + 1)...])
      ends.append((left, text.count))
      isPair = true
    }
    if !isPair { throw JSONError(offset: reader.offset, reason: "two tokens are expected") }
  }

  private mutating func readPair(_ reader: inout JSONReader) throws(JSONError) {
    var sides: [Int] = []
    try reader.array { reader throws(JSONError) in
      try reader.utf8 { text.append(contentsOf: $0) }
      sides.append(text.count)
    }
    guard sides.count == 2 else { throw JSONError(offset: reader.offset, reason: "two tokens are expected") }
    ends.append((sides[0], sides[1]))
  }

  /// The merges by the ids of the vocabulary; nil with the number of the first that has no ids.
  func table(_ vocabulary: Vocabulary) -> (table: MergeTable, bad: Int?) {
    var table = MergeTable()
    table.reserve(ends.count)
    let bad: Int? = text.withUnsafeBufferPointer { text in
      var start = 0
      for (rank, (left, right)) in ends.enumerated() {
        guard let first = vocabulary.id(of: text[part: start..<left]),
          let second = vocabulary.id(of: text[part: left..<right]),
          let whole = vocabulary.id(of: text[part: start..<right])
        else { return rank }
        table.insert(first, second, MergeTable.Merge(rank: Int32(rank), id: whole))
        start = right
      }
      return nil
    }
    return (table, bad)
  }
}

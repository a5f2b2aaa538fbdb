import CodiraModel

extension EncoderConfiguration {
  /// Reads what sentence-transformers says of pooling, prompts and the longest text.
  mutating func readSentenceFiles(_ directory: String) throws(EmbeddingError) {
    let pooling = try Self.poolingFolder(directory)
    if let settings = try SettingsFile.optional(path: "\(directory)/sentence_bert_config.json") {
      try readMaximumTokens(settings)
    }
    if let settings = try SettingsFile.optional(path: "\(directory)/config_sentence_transformers.json") {
      prompts = try Prompts(settings)
    }
    if let settings = try SettingsFile.optional(path: "\(directory)/\(pooling)/config.json") {
      try readPooling(settings)
    }
  }

  /// The folder of the pooling module; modules.json, where it is, may name no module that is not done here.
  ///
  /// Vectors are brought to length one whether `Normalize` is among the modules or not.
  static func poolingFolder(_ directory: String) throws(EmbeddingError) -> String {
    let path = "\(directory)/modules.json"
    var modules: [JSONValue] = []
    do {
      try MappedFile(path: path).json { reader throws(JSONError) in
        try reader.array { reader throws(JSONError) in modules.append(try reader.value()) }
      }
    } catch .missing {
      return "1_Pooling"
    }
    var folder = "1_Pooling"
    for module in modules {
      guard case .object(let object) = module else {
        throw .malformed(path: path, reason: "a list of objects is expected")
      }
      let settings = SettingsFile(path: path, object: object)
      let name = String(try settings.string("type").split(separator: ".").last ?? "")
      let place = try settings.string("path")
      switch name {
      case "Transformer", "StaticEmbedding":
        guard place.isEmpty || place == "." else {
          throw .unsupported(path: path, what: "path of \(name)", found: place, supported: [""])
        }
      case "Pooling":
        guard FileSystem.isPlainName(place) else {
          throw .malformed(path: path, reason: "path of Pooling is \"\(place)\"")
        }
        folder = place
      case "Normalize": break
      default:
        throw .unsupported(
          path: path, what: "module", found: name,
          supported: ["Transformer", "StaticEmbedding", "Pooling", "Normalize"])
      }
    }
    return folder
  }

  private mutating func readMaximumTokens(_ settings: SettingsFile) throws(EmbeddingError) {
    guard settings["max_seq_length"] != nil else { return }
    let tokens = try settings.integer("max_seq_length")
    let limit = positionRows > 0 ? positionRows - firstPosition : 1 << 17
    guard tokens >= 3, tokens <= limit else {
      throw .malformed(path: settings.path, reason: "max_seq_length \(tokens) with \(limit) positions")
    }
    maximumTokens = tokens
  }

  /// The mode by its name, or by the flags of older versions.
  private mutating func readPooling(_ settings: SettingsFile) throws(EmbeddingError) {
    let known: [String: Pooling] = [
      "mean": .mean, "mean_tokens": .mean, "cls": .cls, "cls_token": .cls, "lasttoken": .lastToken,
    ]
    let prefix = "pooling_mode_"
    var modes: [String] = []
    switch settings["pooling_mode"] {
    case .string(let mode)?: modes = [mode]
    case .array(let list)?: modes = list.map(\.text)
    default:
      for name in settings.names where name.hasPrefix(prefix) {
        if try settings.boolean(name, default: false) { modes.append(name) }
      }
    }
    guard modes.count == 1, let mode = modes.first,
      let pooling = known[mode.hasPrefix(prefix) ? String(mode.dropFirst(prefix.count)) : mode]
    else {
      throw .unsupported(
        path: settings.path, what: "pooling", found: modes.joined(separator: "+"),
        supported: ["mean", "cls", "lasttoken"])
    }
    self.pooling = pooling
    if !prompts.isEmpty { try settings.require("include_prompt", true) }
  }
}

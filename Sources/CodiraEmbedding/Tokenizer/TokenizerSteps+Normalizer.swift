import CodiraModel

extension TokenizerSteps {
  private static let normalizers = [
    "BertNormalizer", "Lowercase", "NFC", "NFD", "Precompiled", "Prepend", "Replace", "Sequence", "Strip",
    "StripAccents",
  ]

  /// Appends what a normalizer of the file does, and those it holds.
  func append(_ value: JSONValue, to steps: inout [Normalizer.Step]) throws(EmbeddingError) {
    guard value != .null else { return }
    let settings = StepSettings(value, of: "normalizer", path: path)
    switch try settings.type() {
    case "Sequence": for part in try settings.list("normalizers") { try append(part, to: &steps) }
    case "BertNormalizer":
      let isLower = try settings.flag("lowercase", else: true)
      if try settings.flag("clean_text", else: true) { steps.append(.clean) }
      if try settings.flag("handle_chinese_chars", else: true) { steps.append(.spaceIdeographs) }
      if try settings.flag("strip_accents", else: isLower) { steps.append(.stripAccents) }
      if isLower { steps.append(.lowercase) }
    case "Lowercase": steps.append(.lowercase)
    case "NFC": steps.append(.canonical(composed: true))
    case "NFD": steps.append(.canonical(composed: false))
    case "StripAccents": steps.append(.removeMarks)
    case "Strip":
      steps.append(
        .strip(
          left: try settings.flag("strip_left", else: true),
          right: try settings.flag("strip_right", else: true)))
    case "Prepend": steps.append(.prepend(try bounded(settings.text("prepend"))))
    case "Replace": try appendReplacement(settings, to: &steps)
    case "Precompiled": steps.append(.characterMap(try characterMap(settings)))
    case let other: throw unsupported("normalizer", other, Self.normalizers)
    }
  }

  private func appendReplacement(
    _ settings: StepSettings, to steps: inout [Normalizer.Step]
  ) throws(EmbeddingError) {
    let content = try bounded(settings.text("content"))
    switch try settings.pattern() {
    case .text(let text):
      if !text.isEmpty { steps.append(.replace(Array(text.utf8), by: content)) }
    case .expression(" {2,}"): steps.append(.replaceSpaces(by: content))
    case .expression(let other): throw unsupported("expression of Replace", other, [" {2,}"])
    }
  }

  private func bounded(_ text: String) throws(EmbeddingError) -> [UInt8] {
    guard text.utf8.count <= 1_024 else {
      throw malformed("a normalizer that puts in \(text.utf8.count) bytes")
    }
    return Array(text.utf8)
  }

  private func characterMap(_ settings: StepSettings) throws(EmbeddingError) -> CharacterMap {
    do {
      return try CharacterMap(base64: settings.text("precompiled_charsmap"))
    } catch let error as EmbeddingError {
      throw error
    } catch {
      throw malformed("precompiled_charsmap: its \(error) cannot be")
    }
  }
}

/// The members of one step in the file.
struct StepSettings {
  enum Pattern {
    case text(String)
    case expression(String)
  }

  private let members: JSONObject?
  private let kind: String
  private let path: String

  init(_ value: JSONValue, of kind: String, path: String) {
    if case .object(let object) = value { members = object } else { members = nil }
    self.kind = kind
    self.path = path
  }

  func type() throws(EmbeddingError) -> String { try text("type") }

  func text(_ name: String) throws(EmbeddingError) -> String {
    guard case .string(let text) = members?[name] else { throw fault(name) }
    return text
  }

  /// `absent` if it is null or not there.
  func flag(_ name: String, else absent: Bool) throws(EmbeddingError) -> Bool {
    switch members?[name] ?? .null {
    case .null: return absent
    case .bool(let flag): return flag
    default: throw fault(name)
    }
  }

  func list(_ name: String) throws(EmbeddingError) -> [JSONValue] {
    guard case .array(let list) = members?[name] else { throw fault(name) }
    return list
  }

  func object(_ name: String) throws(EmbeddingError) -> JSONObject {
    guard case .object(let object) = members?[name] else { throw fault(name) }
    return object
  }

  func optionalText(_ name: String) -> String? {
    if case .string(let text) = members?[name] { text } else { nil }
  }

  func pattern() throws(EmbeddingError) -> Pattern {
    let pattern = try object("pattern")
    if case .string(let text) = pattern["String"] { return .text(text) }
    if case .string(let text) = pattern["Regex"] { return .expression(text) }
    throw fault("pattern")
  }

  /// A token and its id in one list.
  func token(_ name: String) throws(EmbeddingError) -> Int32 {
    let list = try list(name)
    guard list.count == 2, case .string = list[0] else { throw fault(name) }
    return try id(list[1], name)
  }

  func id(_ value: JSONValue, _ name: String) throws(EmbeddingError) -> Int32 {
    guard case .int(let id) = value, id >= 0, id < TokenizerFile.largestID else { throw fault(name) }
    return Int32(id)
  }

  func fault(_ name: String) -> EmbeddingError {
    .malformed(path: path, reason: "the \(name) of a \(kind)")
  }
}

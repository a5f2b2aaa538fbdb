import CodiraModel

extension TokenizerSteps {
  private static let preTokenizers = [
    "BertPreTokenizer", "ByteLevel", "Digits", "Metaspace", "Sequence", "Split", "Whitespace",
    "WhitespaceSplit",
  ]

  /// Appends what a pre-tokenizer of the file does, and those it holds; after ByteLevel there may be none.
  func append(
    _ value: JSONValue, to steps: inout [PreTokenizer.Step], _ isByteLevel: inout Bool
  ) throws(EmbeddingError) {
    guard value != .null else { return }
    let settings = StepSettings(value, of: "pre_tokenizer", path: path)
    let type = try settings.type()
    if isByteLevel { throw unsupported("pre_tokenizer", "\(type) after ByteLevel", ["ByteLevel at the end"]) }
    switch type {
    case "Sequence":
      for part in try settings.list("pretokenizers") { try append(part, to: &steps, &isByteLevel) }
    case "BertPreTokenizer": steps.append(.bert)
    case "WhitespaceSplit": steps.append(.whiteSpace)
    case "Whitespace": steps.append(.words)
    case "Digits": steps.append(.digits(each: try settings.flag("individual_digits", else: false)))
    case "Metaspace": steps.append(try metaspace(settings))
    case "Split": steps.append(.pattern(try splitPattern(settings)))
    case "ByteLevel":
      if try settings.flag("add_prefix_space", else: true) { steps.append(.prependSpace) }
      if try settings.flag("use_regex", else: true) { steps.append(.pattern(.gpt2)) }
      isByteLevel = true
    case let other: throw unsupported("pre_tokenizer", other, Self.preTokenizers)
    }
  }

  private func metaspace(_ settings: StepSettings) throws(EmbeddingError) -> PreTokenizer.Step {
    let sign = try settings.text("replacement")
    guard sign.unicodeScalars.count == 1 else { throw settings.fault("replacement") }
    let prepending: PreTokenizer.Prepending
    switch settings.optionalText("prepend_scheme") {
    case "always": prepending = .always
    case "first": prepending = .first
    case "never": prepending = .never
    case nil: prepending = try settings.flag("add_prefix_space", else: true) ? .always : .never
    case let other?: throw unsupported("prepend_scheme", other, ["always", "first", "never"])
    }
    return .metaspace(
      sign: Array(sign.utf8), prepending, isSplit: try settings.flag("split", else: true))
  }

  private func splitPattern(_ settings: StepSettings) throws(EmbeddingError) -> SplitPattern {
    let behavior = settings.optionalText("behavior") ?? ""
    let isInverted = try settings.flag("invert", else: false)
    // These expressions cover all of a text: both ways to ask for it come to the same.
    guard behavior == "Isolated" && !isInverted || behavior == "Removed" && isInverted else {
      throw unsupported("behavior of Split", behavior, ["Isolated"])
    }
    let supported = SplitPattern.allCases.map(\.expression)
    switch try settings.pattern() {
    case .text(let text): throw unsupported("pattern of Split", text, supported)
    case .expression(let expression):
      guard let pattern = SplitPattern(expression: expression) else {
        throw unsupported("pattern of Split", expression, supported)
      }
      return pattern
    }
  }
}

import CodiraModel

extension TokenizerSteps {
  private static let postProcessors = [
    "BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing",
  ]

  /// The markers that a post-processor of the file puts around a text.
  func markers(_ value: JSONValue) throws(EmbeddingError) -> Markers {
    guard value != .null else { return Markers() }
    let settings = StepSettings(value, of: "post_processor", path: path)
    switch try settings.type() {
    case "ByteLevel": return Markers()
    case "BertProcessing", "RobertaProcessing":
      return Markers(start: [try settings.token("cls")], end: [try settings.token("sep")])
    case "TemplateProcessing": return try template(settings)
    case "Sequence":
      // Each puts its markers around what the one before left.
      var result = Markers()
      for part in try settings.list("processors") {
        let markers = try markers(part)
        result.start.insert(contentsOf: markers.start, at: 0)
        result.end += markers.end
        if result.start.count + result.end.count > 64 { throw settings.fault("processors") }
      }
      return result
    case let other: throw unsupported("post_processor", other, Self.postProcessors)
    }
  }

  private func template(_ settings: StepSettings) throws(EmbeddingError) -> Markers {
    var markers = Markers()
    var texts = 0
    let tokens = try settings.object("special_tokens")
    for part in try settings.list("single") {
      guard case .object(let part) = part else { throw settings.fault("single") }
      if part["Sequence"] != nil {
        texts += 1
        continue
      }
      guard case .object(let marker) = part["SpecialToken"], case .string(let name) = marker["id"],
        case .object(let token) = tokens[name], case .array(let ids) = token["ids"]
      else { throw settings.fault("single") }
      for id in ids {
        let id = try settings.id(id, "ids")
        if texts == 0 { markers.start.append(id) } else { markers.end.append(id) }
      }
    }
    guard texts == 1, markers.start.count + markers.end.count <= 64 else { throw settings.fault("single") }
    return markers
  }
}

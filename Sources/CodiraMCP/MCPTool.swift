import CodiraModel

/// One thing a client may ask for.
package struct MCPTool: Sendable {
  /// An argument: its name, what it may be, and what it means.
  package struct Parameter: Sendable {
    package enum Kind: Sendable {
      case text
      case choice([String])
      case integer(ClosedRange<Int>)
      case boolean
    }

    package var name: String
    package var kind: Kind
    package var help: String
    package var isRequired: Bool

    package init(_ name: String, _ kind: Kind, _ help: String, isRequired: Bool = false) {
      self.name = name
      self.kind = kind
      self.help = help
      self.isRequired = isRequired
    }
  }

  package var name: String
  package var title: String
  package var description: String
  package var parameters: [Parameter]
  /// Answers, as text where nothing else is wanted; the arguments have been checked.
  package var call: @Sendable (_ given: JSONObject, _ asText: Bool) -> MCPAnswer

  package init(
    name: String, title: String, description: String, parameters: [Parameter],
    call: @escaping @Sendable (JSONObject, Bool) -> MCPAnswer
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.parameters = parameters
    self.call = call
  }
}

/// What a tool answers.
package struct MCPAnswer: Sendable {
  /// An object that the tool's output schema describes; nil where the answer is text alone.
  package var payload: JSONObject?
  /// The whole answer, or one line for clients that show no payload.
  package var text: String
  package var isError: Bool

  package init(payload: JSONObject? = nil, text: String, isError: Bool = false) {
    self.payload = payload
    self.text = text
    self.isError = isError
  }
}

extension MCPTool {
  /// What is wrong with the arguments, in a sentence that names the accepted ones; nil where nothing is.
  func fault(in arguments: JSONObject) -> String? {
    for member in arguments.members {
      guard let parameter = parameters.first(where: { $0.name == member.name }) else {
        let accepted = parameters.map(\.name).joined(separator: ", ")
        return "\(name) takes no argument `\(member.name)`; "
          + (accepted.isEmpty ? "it takes none." : "it takes \(accepted).")
      }
      if !parameter.kind.accepts(member.value) {
        return "`\(parameter.name)` of \(name) is \(parameter.kind.words)."
      }
    }
    let missing = parameters.first { $0.isRequired && arguments[$0.name] == nil }
    return missing.map { "\(name) needs the argument `\($0.name)`: \($0.help)" }
  }

  func definition(withOutput: Bool) -> JSONObject {
    var properties: JSONObject = [:]
    for parameter in parameters {
      var schema = parameter.kind.schema
      schema["description"] = .string(parameter.help)
      properties[parameter.name] = .object(schema)
    }
    var definition: JSONObject = [
      "name": .string(name), "title": .string(title), "description": .string(description),
      "inputSchema": .object([
        "type": "object", "properties": .object(properties),
        "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
        "additionalProperties": false,
      ]),
    ]
    if withOutput { definition["outputSchema"] = .object(Self.outputSchema) }
    definition["annotations"] = ["readOnlyHint": true, "openWorldHint": false]
    return definition
  }

  /// The envelope that every answer is.
  private static let outputSchema: JSONObject = [
    "type": "object",
    "properties": [
      "status": ["type": "string"], "results": ["type": "array", "items": ["type": "object"]],
    ],
    "required": ["status", "results"],
  ]
}

extension MCPTool.Parameter.Kind {
  fileprivate func accepts(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.text, .string), (.boolean, .bool): true
    case (.choice(let words), .string(let word)): words.contains(word)
    case (.integer(let range), .int(let number)): range.contains(number)
    default: false
    }
  }

  fileprivate var words: String {
    switch self {
    case .text: "a text"
    case .boolean: "true or false"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  fileprivate var schema: JSONObject {
    switch self {
    case .text: ["type": "string"]
    case .boolean: ["type": "boolean"]
    case .choice(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
    case .integer(let range):
      ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
    }
  }
}

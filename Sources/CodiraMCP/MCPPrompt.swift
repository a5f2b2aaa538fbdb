import CodiraModel

/// A task that a person may pick in a client, written out for the model.
package struct MCPPrompt: Sendable {
  package struct Argument: Sendable {
    package var name: String
    package var help: String
    package var isRequired: Bool

    package init(_ name: String, _ help: String, isRequired: Bool = false) {
      self.name = name
      self.help = help
      self.isRequired = isRequired
    }
  }

  package var name: String
  package var title: String
  package var description: String
  package var arguments: [Argument]
  /// Writes the task; required arguments are there.
  package var write: @Sendable (_ given: [String: String]) -> String

  package init(
    name: String, title: String, description: String, arguments: [Argument],
    write: @escaping @Sendable ([String: String]) -> String
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.arguments = arguments
    self.write = write
  }

  var definition: JSONObject {
    let arguments = arguments.map { argument -> JSONValue in
      [
        "name": .string(argument.name), "description": .string(argument.help),
        "required": .bool(argument.isRequired),
      ]
    }
    return [
      "name": .string(name), "title": .string(title), "description": .string(description),
      "arguments": .array(arguments),
    ]
  }

  /// The task for arguments that are all texts, and all known.
  func text(given: JSONObject) throws(MCPFault) -> String {
    var texts: [String: String] = [:]
    for member in given.members {
      guard arguments.contains(where: { $0.name == member.name }) else {
        let accepted = arguments.map(\.name).joined(separator: ", ")
        throw MCPFault(
          .invalidParameters, "\(name) takes no argument `\(member.name)`; it takes \(accepted).")
      }
      guard case .string(let text) = member.value else {
        throw MCPFault(.invalidParameters, "`\(member.name)` of \(name) is a text.")
      }
      texts[member.name] = text
    }
    if let missing = arguments.first(where: { $0.isRequired && texts[$0.name, default: ""].isEmpty }) {
      throw MCPFault(.invalidParameters, "\(name) needs the argument `\(missing.name)`: \(missing.help)")
    }
    return write(texts)
  }
}

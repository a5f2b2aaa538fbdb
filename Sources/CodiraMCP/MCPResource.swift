import CodiraModel

/// Something that a client may read by its address.
package struct MCPResource: Sendable {
  package var uri: String
  package var name: String
  package var description: String
  package var type: String

  package init(uri: String, name: String, description: String, type: String) {
    self.uri = uri
    self.name = name
    self.description = description
    self.type = type
  }

  var definition: JSONObject { definition("uri") }

  /// The address stands in `uri`, the pattern of a template's addresses in `uriTemplate`.
  fileprivate func definition(_ place: String) -> JSONObject {
    [
      place: .string(uri), "name": .string(name), "description": .string(description),
      "mimeType": .string(type),
    ]
  }
}

/// Resources whose addresses follow a pattern (RFC 6570).
package struct MCPResourceTemplate: Sendable {
  private let resource: MCPResource

  package init(pattern: String, name: String, description: String, type: String) {
    resource = MCPResource(uri: pattern, name: name, description: description, type: type)
  }

  var definition: JSONObject { resource.definition("uriTemplate") }
}

/// All resources of a server.
package struct MCPResources: Sendable {
  /// What reading an address gives.
  package enum Reading: Sendable {
    case text(String, type: String)
    /// There is nothing of that address, for this reason.
    case unknown(String)
  }

  package var list: [MCPResource]
  package var templates: [MCPResourceTemplate]
  package var read: @Sendable (_ uri: String) -> Reading

  package init(
    list: [MCPResource] = [], templates: [MCPResourceTemplate] = [],
    read: @escaping @Sendable (String) -> Reading = { .unknown("There is no resource \($0).") }
  ) {
    self.list = list
    self.templates = templates
    self.read = read
  }
}

import CodiraModel

/// An analyzer's JSON Schema of its settings, read for people: a line a setting.
struct ConfigurationOutline {
  /// The schema; null where there is none, its text where it is no JSON.
  let value: JSONValue

  init(schema: String) {
    if schema.isEmpty {
      value = .null
      return
    }
    var text = schema
    value = text.withUTF8 { bytes in
      do throws(JSONError) {
        var reader = JSONReader(UnsafeRawBufferPointer(bytes))
        let value = try reader.value()
        try reader.end()
        return value
      } catch {
        return .string(String(decoding: bytes, as: UTF8.self))
      }
    }
  }

  /// Name, kind and description of each setting, those of nested objects with dots.
  var settings: [(name: String, kind: String, description: String)] { Self.settings(value, prefix: "") }

  private static func settings(
    _ schema: JSONValue, prefix: String
  ) -> [(name: String, kind: String, description: String)] {
    guard case .object(let object) = schema, case .object(let properties)? = object["properties"] else {
      return []
    }
    return properties.members.flatMap { member -> [(name: String, kind: String, description: String)] in
      let name = prefix + member.name
      guard case .object(let property) = member.value else { return [(name, "any", "")] }
      let description = if case .string(let text)? = property["description"] { text } else { "" }
      return [(name, kind(property), description)] + settings(member.value, prefix: name + ".")
    }
  }

  /// As in `string, default "x"` or `one of "a", "b"`.
  private static func kind(_ property: JSONObject) -> String {
    var kind = "any"
    if case .array(let choices)? = property["enum"] {
      kind = "one of " + choices.map(\.text).joined(separator: ", ")
    } else if case .string(let type)? = property["type"] {
      kind = type
      if type == "array", case .object(let items)? = property["items"] {
        kind = "list of \(Self.kind(items))"
      }
      if type == "object", case .object(let others)? = property["additionalProperties"] {
        kind = "table of \(Self.kind(others))"
      }
    }
    return kind + (property["default"].map { ", default \($0.text)" } ?? "")
  }
}

import CodiraTestSupport
import Foundation

/// The part of JSON Schema that `docs/schema` uses: `type`, `properties`, `required`, `additionalProperties`,
/// `items`, `maxItems`, `minimum`, `enum`, `const`, `pattern`, `anyOf`, `allOf` and `$ref` into `$defs`.
struct JSONSchema {
  private let definitions: [String: Any]

  /// A file of `docs/schema`.
  init(_ name: String) throws {
    let data = Data(try Checkout.text("docs/schema/\(name).schema.json").utf8)
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    definitions = document?["$defs"] as? [String: Any] ?? [:]
  }

  func has(_ definition: String) -> Bool { definitions[definition] != nil }

  /// What in `value` breaks the definition, each with its place; nothing where all is well.
  func violations(of definition: String, by value: Any) -> [String] {
    check(value, ["$ref": "#/$defs/\(definition)"], at: definition)
  }

  private func check(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
    var found: [String] = []
    if let reference = schema["$ref"] as? String {
      let name = reference.replacingOccurrences(of: "#/$defs/", with: "")
      guard let target = definitions[name] as? [String: Any] else {
        return ["\(place): no definition \(name)"]
      }
      found += check(value, target, at: place)
    }
    if let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map({ [$0] }),
      !types.contains(where: { Self.isA($0, value) })
    {
      found.append("\(place): \(value) is no \(types.joined(separator: " or "))")
    }
    if let constant = schema["const"], !Self.areEqual(constant, value) {
      found.append("\(place): \(value) is not \(constant)")
    }
    if let words = schema["enum"] as? [Any], !words.contains(where: { Self.areEqual($0, value) }) {
      found.append("\(place): \(value) is none of \(words)")
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(place): \(text) does not match \(pattern)")
    }
    if let minimum = schema["minimum"] as? Int, let number = value as? Int, number < minimum {
      found.append("\(place): \(number) is below \(minimum)")
    }
    for part in schema["allOf"] as? [[String: Any]] ?? [] { found += check(value, part, at: place) }
    if let choices = schema["anyOf"] as? [[String: Any]] {
      let attempts = choices.map { check(value, $0, at: place) }
      if !attempts.contains(where: \.isEmpty) { found += attempts.min { $0.count < $1.count } ?? [] }
    }
    if let object = value as? [String: Any] { found += checkMembers(of: object, schema, at: place) }
    if let array = value as? [Any] { found += checkElements(of: array, schema, at: place) }
    return found
  }

  private func checkMembers(of object: [String: Any], _ schema: [String: Any], at place: String) -> [String] {
    var found: [String] = []
    for name in schema["required"] as? [String] ?? [] where object[name] == nil {
      found.append("\(place): \(name) is missing")
    }
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    for (name, member) in object {
      if let property = properties[name] {
        found += check(member, property, at: "\(place).\(name)")
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        found += check(member, others, at: "\(place).\(name)")
      }
    }
    return found
  }

  private func checkElements(of array: [Any], _ schema: [String: Any], at place: String) -> [String] {
    var found: [String] = []
    if let limit = schema["maxItems"] as? Int, array.count > limit {
      found.append("\(place): \(array.count) elements, at most \(limit)")
    }
    guard let items = schema["items"] as? [String: Any] else { return found }
    for (index, element) in array.enumerated() { found += check(element, items, at: "\(place)[\(index)]") }
    return found
  }

  private static func isA(_ type: String, _ value: Any) -> Bool {
    let isBoolean = (value as? NSNumber).map { CFBooleanLike($0).isBoolean } ?? false
    switch type {
    case "null": return value is NSNull
    case "boolean": return isBoolean
    case "string": return value is String
    case "array": return value is [Any]
    case "object": return value is [String: Any]
    case "integer":
      return !isBoolean && (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
    case "number": return !isBoolean && value is NSNumber
    default: return false
    }
  }

  private static func areEqual(_ left: Any, _ right: Any) -> Bool {
    (left as? NSObject)?.isEqual(right) ?? false
  }
}

/// Foundation keeps booleans and numbers in one class; the type's letter tells them apart.
private struct CFBooleanLike {
  let isBoolean: Bool

  init(_ number: NSNumber) { isBoolean = String(cString: number.objCType) == "c" }
}

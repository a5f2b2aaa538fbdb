import CodiraModel

/// Types as ids and candidates write them.
enum TypeText {
  /// The last component of a type's name, without type arguments: `Entry[]` of `Map.Entry<K,V>[]`.
  static func lastComponent(_ text: String) -> String {
    var type = text[...]
    var arrays = 0
    while type.hasSuffix("[]") {
      type = type.dropLast(2)
      arrays += 1
    }
    if type.utf8.contains(UInt8(ascii: " ")), type.utf8.last == UInt8(ascii: "#") {
      type = StableID.lastName(of: String(type))[...]
    }
    if let generic = type.firstIndex(of: "<") { type = type[..<generic] }
    let start = type.lastIndex { $0 == "." || $0 == ":" || $0 == "/" }
    return String(start.map { type[type.index(after: $0)...] } ?? type)
      + String(repeating: "[]", count: arrays)
  }

  /// The types between a callable's parentheses.
  static func list(_ overload: String) -> [String] {
    var parameters: [String] = []
    var current = ""
    var depth = 0
    for character in overload {
      switch character {
      case "<", "(", "[": depth += 1
      case ">", ")", "]": depth -= 1
      case "," where depth == 0:
        parameters.append(current)
        current = ""
        continue
      default: break
      }
      current.append(character)
    }
    if !current.isEmpty { parameters.append(current) }
    return parameters
  }

  static func isArray(_ type: String) -> Bool { type.hasSuffix("[]") }

  static func element(_ array: String) -> String { String(array.dropLast(2)) }
}

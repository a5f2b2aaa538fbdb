import CodiraModel

/// A JSON object of settings beside a model, asked for values by name.
///
/// A setting that is null counts as absent.
struct SettingsFile {
  let path: String
  private let object: JSONObject

  init(path: String) throws(EmbeddingError) {
    var value = JSONValue.null
    try MappedFile(path: path).json { reader throws(JSONError) in value = try reader.value() }
    guard case .object(let object) = value else {
      throw .malformed(path: path, reason: "an object is expected")
    }
    self.init(path: path, object: object)
  }

  init(path: String, object: JSONObject) {
    self.path = path
    self.object = object
  }

  /// The settings of a file that need not be there.
  static func optional(path: String) throws(EmbeddingError) -> SettingsFile? {
    do {
      return try SettingsFile(path: path)
    } catch .missing {
      return nil
    }
  }

  /// The first of these names that is set.
  subscript(names: String...) -> JSONValue? { self[names] }

  private subscript(names: [String]) -> JSONValue? {
    for name in names {
      if let value = object[name], value != .null { return value }
    }
    return nil
  }

  func integer(_ names: String..., default fallback: Int? = nil) throws(EmbeddingError) -> Int {
    switch self[names] {
    case .int(let value)?: return value
    case nil: if let fallback { return fallback }
    default: break
    }
    throw .malformed(path: path, reason: "\(names[0]): a whole number is expected")
  }

  /// A count that something is built from: at least one, and so small that products of two are far from overflow.
  func size(_ names: String..., default fallback: Int? = nil) throws(EmbeddingError) -> Int {
    guard let name = names.first(where: { self[$0] != nil }) ?? names.first else { return 0 }
    let value = try integer(name, default: fallback)
    guard value >= 1, value <= 1 << 24 else { throw .malformed(path: path, reason: "\(name) is \(value)") }
    return value
  }

  func number(_ names: String..., default fallback: Double) throws(EmbeddingError) -> Double {
    switch self[names] {
    case .double(let value)?: return value
    case .int(let value)?: return Double(value)
    case nil: return fallback
    default: throw .malformed(path: path, reason: "\(names[0]): a number is expected")
    }
  }

  /// An epsilon or a base: more than zero.
  func positive(_ names: String..., default fallback: Double) throws(EmbeddingError) -> Double {
    guard let name = names.first(where: { self[$0] != nil }) else { return fallback }
    let value = try number(name, default: fallback)
    guard value > 0 else { throw .malformed(path: path, reason: "\(name) is \(value)") }
    return value
  }

  func boolean(_ names: String..., default fallback: Bool) throws(EmbeddingError) -> Bool {
    switch self[names] {
    case .bool(let value)?: return value
    case nil: return fallback
    default: throw .malformed(path: path, reason: "\(names[0]): true or false is expected")
    }
  }

  func string(_ names: String..., default fallback: String = "") throws(EmbeddingError) -> String {
    switch self[names] {
    case .string(let value)?: return value
    case nil: return fallback
    default: throw .malformed(path: path, reason: "\(names[0]): a text is expected")
    }
  }

  /// An object inside this one.
  func section(_ name: String) throws(EmbeddingError) -> SettingsFile? {
    switch self[[name]] {
    case .object(let object)?: return SettingsFile(path: path, object: object)
    case nil: return nil
    default: throw .malformed(path: path, reason: "\(name): an object is expected")
    }
  }

  /// Every member that is a text: a table from names to texts.
  var texts: [String: String] {
    var found: [String: String] = [:]
    for member in object.members where found[member.name] == nil {
      if case .string(let text) = member.value { found[member.name] = text }
    }
    return found
  }

  var names: [String] { object.members.map(\.name) }

  /// Refuses any value of a setting but the one that is supported, which is also its default.
  func require(_ name: String, _ supported: String) throws(EmbeddingError) {
    let found = try string(name, default: supported)
    guard found == supported else {
      throw .unsupported(path: path, what: name, found: found, supported: [supported])
    }
  }

  func require(_ name: String, _ supported: Bool) throws(EmbeddingError) {
    guard try boolean(name, default: supported) == supported else {
      throw .unsupported(path: path, what: name, found: "\(!supported)", supported: ["\(supported)"])
    }
  }

  /// Refuses a setting that has any value.
  func requireAbsent(_ name: String) throws(EmbeddingError) {
    if let value = self[[name]] {
      throw .unsupported(path: path, what: name, found: value.text, supported: ["null"])
    }
  }
}

import CodiraModel
import TOMLKit

/// One configuration file, read and checked: every key known, every value of its kind.
struct ConfigurationFile {
  struct Entry {
    let key: ConfigurationKey
    let value: JSONValue
  }

  private let file: TOMLFile
  private(set) var entries: [Entry] = []
  private(set) var analyzers: [(id: String, settings: JSONObject)] = []
  private(set) var layers: [(name: String, globs: [String])] = []
  private(set) var owners: [(claim: String, analyzer: String)] = []

  var path: String { file.path }

  init(path: String, text: String) throws(CommandFailure) {
    file = try TOMLFile(path: path, text: text, code: "bad_configuration")
    try read(file.table, prefix: "")
  }

  /// A failure that names the file, the line and the key.
  func failure(_ problem: String, at name: String, code: String, hint: String = "") -> CommandFailure {
    file.failure(problem, at: name, code: code, hint: hint)
  }

  private mutating func read(_ table: TOMLTable, prefix: String) throws(CommandFailure) {
    for name in table.keys.sorted() {
      guard let value = table[name] else { continue }
      let full = prefix.isEmpty ? name : prefix + "." + name
      if prefix.isEmpty, name == ConfigurationKey.analyzersTable, let tables = value.table {
        try readAnalyzers(tables)
      } else if full == ConfigurationKey.layersTable, let table = value.table {
        try readLayers(table)
      } else if full == ConfigurationKey.ownersTable, let table = value.table {
        try readOwners(table)
      } else if let inner = value.table {
        try read(inner, prefix: full)
      } else {
        try readValue(value, name: full)
      }
    }
  }

  private mutating func readValue(_ value: any TOMLValueConvertible, name: String) throws(CommandFailure) {
    guard let key = ConfigurationKey.named(name) else {
      let nearest = NearestName.of(name, among: ConfigurationKey.all.map(\.name))
      throw failure(
        "is no setting", at: name, code: "unknown_key",
        hint: nearest.map { "Did you mean `\($0)`?" } ?? "See `codira config list`.")
    }
    guard let plain = JSONValue(value), key.accepts(plain) else {
      throw failure("must be \(key.expectation)", at: name, code: "bad_value")
    }
    entries.append(Entry(key: key, value: plain))
  }

  private mutating func readLayers(_ table: TOMLTable) throws(CommandFailure) {
    for name in table.keys.sorted() {
      guard let value = table[name], case .array(let elements)? = JSONValue(value),
        case let globs = elements.compactMap({ if case .string(let text) = $0 { text } else { nil } }),
        globs.count == elements.count
      else {
        throw failure(
          "must be a list of path patterns", at: "\(ConfigurationKey.layersTable).\(name)", code: "bad_value")
      }
      layers.append((name, globs))
    }
  }

  private mutating func readOwners(_ table: TOMLTable) throws(CommandFailure) {
    for claim in table.keys.sorted() {
      let name = "\(ConfigurationKey.ownersTable).\(claim)"
      guard let value = table[claim], case .string(let analyzer)? = JSONValue(value), !analyzer.isEmpty else {
        throw failure(
          "must be the id of an analyzer", at: name, code: "bad_value",
          hint:
            "As in `\".h\" = \"cpp\"`: a suffix in quotes, a file name or an interpreter, and who takes it.")
      }
      if analyzer.contains("/") || claim.contains("/") {
        throw failure(
          "must be the id of an analyzer, not a path", at: name, code: "bad_value",
          hint: "`codira plugins list` shows the analyzers; `codira plugins install FILE` adds one.")
      }
      owners.append((claim, analyzer))
    }
  }

  private mutating func readAnalyzers(_ tables: TOMLTable) throws(CommandFailure) {
    for id in tables.keys.sorted() {
      guard let value = tables[id], let json = JSONValue(value), case .object(let settings) = json else {
        throw failure("must be a table", at: "\(ConfigurationKey.analyzersTable).\(id)", code: "bad_value")
      }
      analyzers.append((id, settings))
    }
  }
}

extension JSONValue {
  /// The same value; nil for dates and times, which no setting takes.
  init?(_ value: any TOMLValueConvertible) {
    switch value.type {
    case .bool: self = .bool(value.bool ?? false)
    case .int: self = .int(value.int ?? 0)
    case .double: self = .double(value.double ?? 0)
    case .string: self = .string(value.string ?? "")
    case .array:
      var elements: [JSONValue] = []
      for element in value.array ?? [] {
        guard let element = JSONValue(element) else { return nil }
        elements.append(element)
      }
      self = .array(elements)
    case .table:
      guard let table = value.table else { return nil }
      var object = JSONObject()
      for name in table.keys.sorted() {
        guard let inner = table[name], let member = JSONValue(inner) else { return nil }
        object[name] = member
      }
      self = .object(object)
    case .date, .time, .dateTime: return nil
    }
  }
}

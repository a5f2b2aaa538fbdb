/// Finds the line of a key in TOML text, for messages: the parser does not say where its values stood.
///
/// It knows tables, dotted and plain keys; a key inside an inline table is placed at its table's line.
struct TOMLKeyPlaces {
  private var lines: [String: Int] = [:]

  init(_ text: String) {
    var table = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = Self.trim(line)
      if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
        table = Self.plain(line[..<end].drop { $0 == "[" })
        note(table, index + 1)
      } else if let equals = line.firstIndex(of: "="), !line.hasPrefix("#") {
        let key = Self.plain(line[..<equals])
        note(table.isEmpty ? key : table + "." + key, index + 1)
      }
    }
  }

  /// The line of `name`, or of the nearest table around it.
  func line(of name: String) -> Int? {
    var name = name[...]
    while true {
      if let line = lines[String(name)] { return line }
      guard let dot = name.lastIndex(of: ".") else { return nil }
      name = name[..<dot]
    }
  }

  private mutating func note(_ name: String, _ line: Int) {
    if lines[name] == nil { lines[name] = line }
  }

  private static func plain(_ key: some StringProtocol) -> String {
    key.filter { $0 != " " && $0 != "\t" && $0 != "\"" && $0 != "'" }.map(String.init).joined()
  }

  private static func trim(_ line: Substring) -> Substring {
    line.drop { $0 == " " || $0 == "\t" }
  }
}

import CodiraModel

/// A client's JSON file as text: one member is added or replaced, all else stays as it was written.
struct ClientJSON {
  private let bytes: [UInt8]

  /// The path of members to the entry.
  private let path: [String]

  init(_ bytes: [UInt8], servers: String) {
    self.bytes = bytes
    path = [servers, "codira"]
  }

  /// The file with the entry; an entry that is there keeps its other members.
  ///
  /// Throws where the file is no plain JSON, or has something else in the entry's place.
  func with(_ members: JSONObject) throws(JSONError) -> [UInt8] {
    if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }) {
      let servers: JSONObject = [path[0]: .object([path[1]: .object(members)])]
      return Array((Self.text(.object(servers)) + "\n").utf8)
    }
    let root = try Self.object(in: bytes, at: 0)
    try Self.checkEnd(bytes, root.end)
    guard let servers = root.members.first(where: { $0.name == path[0] }) else {
      return inserted(path[0], .object([path[1]: .object(members)]), into: root)
    }
    let inner = try Self.object(in: bytes, at: servers.value.lowerBound)
    guard let entry = inner.members.first(where: { $0.name == path[1] }) else {
      return inserted(path[1], .object(members), into: inner)
    }
    guard case .object(let old) = entry.parsed else {
      throw JSONError(offset: entry.value.lowerBound, reason: "an object is expected")
    }
    var new = old
    for name in ["command", "args", "type", "url"] { new[name] = members[name] }
    if new == old { return bytes }
    let text = Self.text(.object(new), indent: indent(ofLineAt: entry.key))
    return Array(bytes[..<entry.value.lowerBound]) + Array(text.utf8) + bytes[entry.value.upperBound...]
  }

  // MARK: Writing

  /// A value over several lines, two spaces a level; lists and what holds only plain values of lists on one.
  static func text(_ value: JSONValue, indent: String = "") -> String {
    guard case .object(let object) = value, !object.members.isEmpty else { return value.text }
    let lines = object.members.map { member in
      "\(indent)  \(JSONValue.string(member.name).text): \(text(member.value, indent: indent + "  "))"
    }
    return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
  }

  /// The bytes with one member more at the end of an object.
  private func inserted(_ name: String, _ value: JSONValue, into object: Object) -> [UInt8] {
    let outer = indent(ofLineAt: object.start)
    let inner =
      object.members.first.map { indent(ofLineAt: $0.key) }.flatMap { $0 == outer ? nil : $0 }
      ?? outer + "  "
    var text = "\n\(inner)\(JSONValue.string(name).text): \(Self.text(value, indent: inner))"
    if let last = object.members.last {
      let place = last.value.upperBound
      return Array(bytes[..<place]) + Array(("," + text).utf8) + bytes[place...]
    }
    text += "\n\(outer)"
    return Array(bytes[...object.start]) + Array(text.utf8) + bytes[(object.end - 1)...]
  }

  /// The white space that the line of a place begins with.
  private func indent(ofLineAt place: Int) -> String {
    let start = bytes[..<place].lastIndex(of: 10).map { $0 + 1 } ?? 0
    return String(decoding: bytes[start..<place].prefix { $0 == 32 || $0 == 9 }, as: UTF8.self)
  }

  // MARK: Reading

  private struct Object {
    /// Of the brackets: the opening one, and behind the closing one.
    var start: Int
    var end: Int
    var members: [Member] = []
  }

  private struct Member {
    let name: String
    /// Of the key's opening quote.
    let key: Int
    let value: Range<Int>
    let parsed: JSONValue
  }

  private static func object(in bytes: [UInt8], at start: Int) throws(JSONError) -> Object {
    let start = bytes[start...].firstIndex { !isSpace($0) } ?? bytes.count
    return try bytes[start...].withUnsafeBufferPointer { part throws(JSONError) in
      var reader = JSONReader(UnsafeRawBufferPointer(part))
      var object = Object(start: start, end: start)
      do throws(JSONError) {
        try reader.object { name, reader throws(JSONError) in
          let colon = start + reader.offset
          let value = try reader.value()
          let first = bytes[colon...].firstIndex { !isSpace($0) } ?? colon
          let key = quote(before: colon, in: bytes)
          if object.members.contains(where: { $0.name == name }) {
            throw JSONError(offset: reader.offset, reason: "`\(name)` stands here twice")
          }
          object.members.append(
            Member(name: name, key: key, value: first..<start + reader.offset, parsed: value))
        }
      } catch {
        throw JSONError(offset: start + error.offset, reason: error.reason)
      }
      object.end = start + reader.offset
      return object
    }
  }

  /// The opening quote of the key that ends before the colon.
  private static func quote(before colon: Int, in bytes: [UInt8]) -> Int {
    var place = bytes[..<(bytes[..<(colon - 1)].lastIndex(of: 34) ?? colon)]
    while let quote = place.lastIndex(of: 34) {
      let slashes = bytes[..<quote].reversed().prefix { $0 == 92 }.count
      if slashes % 2 == 0 { return quote }
      place = bytes[..<quote]
    }
    return colon
  }

  private static func checkEnd(_ bytes: [UInt8], _ end: Int) throws(JSONError) {
    guard let more = bytes[end...].firstIndex(where: { !isSpace($0) }) else { return }
    throw JSONError(offset: more, reason: "nothing more is expected")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
}

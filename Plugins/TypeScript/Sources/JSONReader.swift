import CodiraAnalyzerKit

/// A value of a configuration file; numbers and words are not kept.
indirect enum JSONValue {
  case text(Text)
  case list([JSONValue])
  case object([(key: Text, value: JSONValue)])
  case other

  subscript(key: Text) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  var text: Text? {
    if case .text(let text) = self { return text }
    return nil
  }

  var texts: [Text] {
    guard case .list(let values) = self else { return text.map { [$0] } ?? [] }
    return values.compactMap(\.text)
  }

  var members: [(key: Text, value: JSONValue)] {
    if case .object(let members) = self { return members }
    return []
  }
}

/// Reads JSON with comments and trailing commas; what is broken ends the reading, and what came before it counts.
///
/// Strings keep their escapes: names and paths have none.
struct JSONReader {
  private let bytes: UnsafeRawBufferPointer
  private var index = 0
  private var depth = 0

  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  static func read(_ bytes: UnsafeRawBufferPointer) -> JSONValue {
    var reader = JSONReader(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
    return reader.value()
  }

  private var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func value() -> JSONValue {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return nested { $0.object() }
    case UInt8(ascii: "["): return nested { $0.list() }
    case UInt8(ascii: "\""): return .text(string())
    default:
      while index < bytes.count, !JSONReader.ends(peek) { index += 1 }
      return .other
    }
  }

  private mutating func nested(_ read: (inout JSONReader) -> JSONValue) -> JSONValue {
    guard depth < 64 else {
      index = bytes.count
      return .other
    }
    depth += 1
    index += 1
    defer { depth -= 1 }
    return read(&self)
  }

  private mutating func object() -> JSONValue {
    var members: [(key: Text, value: JSONValue)] = []
    while true {
      skipSpace()
      switch peek {
      case UInt8(ascii: "\""):
        let key = string()
        skipSpace()
        guard peek == UInt8(ascii: ":") else { return .object(members) }
        index += 1
        members.append((key, value()))
      case UInt8(ascii: ","): index += 1
      default:
        index += 1
        return .object(members)
      }
    }
  }

  private mutating func list() -> JSONValue {
    var values: [JSONValue] = []
    while true {
      skipSpace()
      switch peek {
      case 0, UInt8(ascii: "]"), UInt8(ascii: "}"):
        index += 1
        return .list(values)
      case UInt8(ascii: ","): index += 1
      default: values.append(value())
      }
      if index >= bytes.count { return .list(values) }
    }
  }

  private mutating func string() -> Text {
    index += 1
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(index, bytes.count)
    index += 1
    return Text(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      if Text.isSpace(bytes[index]) {
        index += 1
      } else if bytes[index] == UInt8(ascii: "/"), index + 1 < bytes.count {
        skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() {
    let isBlock = bytes[index + 1] == UInt8(ascii: "*")
    index += 2
    while index < bytes.count {
      if !isBlock, bytes[index] == 0x0A { return }
      if isBlock, bytes[index] == UInt8(ascii: "/"), bytes[index - 1] == UInt8(ascii: "*") {
        index += 1
        return
      }
      index += 1
    }
  }

  private static func ends(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      || Text.isSpace(byte)
  }
}

/// The captures of a query file, read without a grammar: `@definition.class`, `@name`.
struct CaptureNames {
  struct Capture {
    let name: String
    let path: String
    let line: Int
    let column: Int

    var place: String { "\(path):\(line):\(column)" }
  }

  /// Every capture with its place; strings and comments hold none.
  static func read(_ text: String, path: String) throws(CommandFailure) -> [Capture] {
    var captures: [Capture] = []
    let bytes = Array(text.utf8)
    var place = 0
    var line = 1
    var lineStart = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\n"):
        line += 1
        lineStart = place + 1
      case UInt8(ascii: ";"):
        while place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "\n") { place += 1 }
      case UInt8(ascii: "\""):
        let (startLine, startColumn) = (line, place - lineStart + 1)
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
          if bytes[place] == UInt8(ascii: "\\") { place += 1 }
          if place < bytes.count, bytes[place] == UInt8(ascii: "\n") {
            line += 1
            lineStart = place + 1
          }
          place += 1
        }
        if place >= bytes.count {
          throw CommandFailure(
            .usage, code: "bad_query", "\(path):\(startLine):\(startColumn): this string does not end.")
        }
      case UInt8(ascii: "@"):
        let start = place
        while place + 1 < bytes.count, isName(bytes[place + 1]) { place += 1 }
        captures.append(
          Capture(
            name: String(decoding: bytes[(start + 1)..<(place + 1)], as: UTF8.self), path: path, line: line,
            column: start - lineStart + 1))
      default: break
      }
      place += 1
    }
    return captures
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "?"), UInt8(ascii: "!"):
      true
    default: false
    }
  }
}

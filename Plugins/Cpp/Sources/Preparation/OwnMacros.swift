import CodiraAnalyzerKit
import CodiraCFamily

/// Macros that a file defines itself and that the grammar has to see through: those of nothing, of words of the
/// language alone (`if constexpr`), and those that open or close a brace.
///
/// Of several definitions the first such one counts; a macro with parameters never does.
enum OwnMacros {
  static func add(_ directives: [Directive], _ bytes: UnsafeRawBufferPointer, to macros: inout MacroTable) {
    for directive in directives where directive.kind == .define && !directive.isDead {
      guard let (name, body) = object(directive, bytes), isStructural(body) else { continue }
      macros.addOwn(name, body)
    }
  }

  private static func object(
    _ directive: Directive, _ bytes: UnsafeRawBufferPointer
  ) -> (name: [UInt8], body: [UInt8])? {
    var place = Int(directive.body)
    let end = Int(directive.end)
    while place < end, Text.isSpace(bytes[place]) { place += 1 }
    let start = place
    while place < end, Lexer.isWordByte(bytes[place]) { place += 1 }
    guard place > start, place == end || bytes[place] != UInt8(ascii: "("), end - place < 400 else {
      return nil
    }
    let name = Array(bytes[start..<place])
    var body: [UInt8] = []
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "/"), place + 1 < end,
        bytes[place + 1] == byte || bytes[place + 1] == UInt8(ascii: "*")
      {
        break
      }
      body.append(byte == UInt8(ascii: "\\") || byte < 0x20 ? 0x20 : byte)
      place += 1
    }
    while body.last == 0x20 { body.removeLast() }
    return (name, Array(body.drop { $0 == 0x20 }))
  }

  private static func isStructural(_ body: [UInt8]) -> Bool {
    if body.isEmpty { return true }
    if body.contains(UInt8(ascii: "#")) || body.contains(UInt8(ascii: "$")) { return false }
    var depth = 0
    for byte in body {
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
    }
    if depth != 0 { return true }
    guard body.allSatisfy({ Lexer.isWordByte($0) || $0 == 0x20 }) else { return false }
    return body.withUnsafeBytes { bytes in
      Text(UnsafeRawBufferPointer(bytes)).split(at: " ").allSatisfy { word in
        switch Keywords.cpp.kind(word) {
        case .specifier, .control, .opener: true
        default: word.isEmpty || word == "noexcept"
        }
      }
    }
  }
}

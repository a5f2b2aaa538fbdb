/// The durable identity of a symbol: a language, a space, and descriptors.
///
/// The grammar stands in `codira_analyzer.h`. A value may hold any text that an analyzer sent: what decides
/// whether it is well-formed is the parser. Order is that of its UTF-8 bytes.
public struct StableID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) { self.text = text }

  public var description: String { text }

  public var isEmpty: Bool { text.isEmpty }

  public static func < (left: StableID, right: StableID) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension StableID {
  /// The name in the last descriptor of `text`, without back-ticks, mark or parameters; `text` itself where it
  /// has no descriptor: `get` of `python a/B#get(;setter).`.
  package static func lastName(of text: String) -> String {
    var text = text
    return text.withUTF8 { lastName(of: $0) } ?? text
  }

  /// Asks `body` about the bytes of the last name, in place where nothing in them is quoted; false without one.
  static func lastName(in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    bytes.withMemoryRebound(to: UInt8.self) { bytes in
      guard let (range, isQuoted) = lastNameRange(bytes) else { return false }
      if !isQuoted { return body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range]))) }
      var name = quotedName(bytes, end: range.upperBound)
      return name.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
  }

  private static func lastName(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard let (range, isQuoted) = lastNameRange(bytes) else { return nil }
    return isQuoted
      ? quotedName(bytes, end: range.upperBound) : String(decoding: bytes[range], as: UTF8.self)
  }

  /// Where the last name stands; of a quoted one the closing back-tick stands at its end.
  private static func lastNameRange(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (range: Range<Int>, isQuoted: Bool)? {
    var end = bytes.count
    guard end > 1, let space = bytes.firstIndex(of: UInt8(ascii: " ")), space < end - 1 else { return nil }
    switch bytes[end - 1] {
    case UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "!"), UInt8(ascii: "]"): end -= 1
    case UInt8(ascii: "."):
      end -= 1
      if bytes[end - 1] == UInt8(ascii: ")") { end = openingParenthesis(bytes, closing: end - 1) }
    case UInt8(ascii: ")"): end -= 1
    default: return nil
    }
    guard end > space + 1 else { return nil }
    if bytes[end - 1] == UInt8(ascii: "`") { return (end - 1..<end - 1, true) }
    var start = end
    while start > space + 1, isSimple(bytes[start - 1]) { start -= 1 }
    return (start..<end, false)
  }

  /// The index of the parenthesis that opens the callable descriptor closed at `closing`; what stands between
  /// may nest parentheses and quote names.
  private static func openingParenthesis(_ bytes: UnsafeBufferPointer<UInt8>, closing: Int) -> Int {
    var depth = 1
    var index = closing
    var quoted = false
    while index > 0, depth > 0 {
      index -= 1
      switch bytes[index] {
      case UInt8(ascii: "`"): quoted.toggle()
      case UInt8(ascii: ")") where !quoted: depth += 1
      case UInt8(ascii: "(") where !quoted: depth -= 1
      default: break
      }
    }
    return index
  }

  private static func quotedName(_ bytes: UnsafeBufferPointer<UInt8>, end: Int) -> String {
    let quote = UInt8(ascii: "`")
    var start = end
    var name: [UInt8] = []
    while start > 0 {
      start -= 1
      guard bytes[start] == quote else { continue }
      if start > 0, bytes[start - 1] == quote { start -= 1 } else { break }
    }
    var index = start + 1
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: ";"), index + 1 >= end || bytes[index + 1] != byte { break }
      name.append(byte)
      index += byte == quote || byte == UInt8(ascii: ";") ? 2 : 1
    }
    return String(decoding: name, as: UTF8.self)
  }
}

import CodiraDigest
import CodiraModel
import CodiraStore

/// Composes the text that stands for a symbol in semantic search, from the symbol's own fields alone.
///
/// Four parts, one after the other with a line end between: `kind qualified_name`, signature, documentation,
/// and the excerpt: the tokens of its payload bytes joined by one space. A token is a run of letters, digits,
/// `_` and bytes beyond ASCII, or any other single byte that is no space. Neither path nor line nor
/// neighbours come in, so moving or reformatting code changes no text.
package enum PayloadRecipe {
  /// 1: four parts, excerpt of at most 16 KiB.
  package static let version: UInt32 = 1
  package static let excerptLimit = 16 << 10

  /// nil for a symbol that is not embedded.
  package static func payload(of symbol: Symbol, in source: UnsafeRawBufferPointer) -> StoredPayload? {
    if symbol.payload.isEmpty { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(
      256 + min(symbol.payload.reduce(0) { $0 + Int($1.end) - Int($1.start) } * 5 / 4, excerptLimit))
    append(symbol.kind.name, to: &text)
    text.append(UInt8(ascii: " "))
    append(symbol.qualifiedName, to: &text)
    text.append(UInt8(ascii: "\n"))
    append(symbol.signature, to: &text)
    text.append(UInt8(ascii: "\n"))
    append(symbol.documentation, to: &text)
    text.append(UInt8(ascii: "\n"))
    appendExcerpt(symbol.payload, of: source, to: &text)
    return StoredPayload(hash: SHA256.hash(text), text: text)
  }

  /// The text that stands for a part of a file without an analyzer: the names it seems to define, two empty parts,
  /// its tokens.
  static func payload(
    names: [String], of spans: [ByteSpan], in source: UnsafeRawBufferPointer
  ) -> StoredPayload {
    var text: [UInt8] = []
    append("text " + names.joined(separator: " "), to: &text)
    text += [UInt8](repeating: UInt8(ascii: "\n"), count: 3)
    appendExcerpt(spans, of: source, to: &text)
    return StoredPayload(hash: SHA256.hash(text), text: text)
  }

  private static func append(_ string: String, to text: inout [UInt8]) {
    var string = string
    string.withUTF8 { text.append(contentsOf: $0) }
  }

  private static func appendExcerpt(
    _ spans: [ByteSpan], of source: UnsafeRawBufferPointer, to text: inout [UInt8]
  ) {
    let start = text.count
    var isWellFormed = true
    spans: for span in spans {
      var place = min(Int(span.start), source.count)
      let end = min(Int(span.end), source.count)
      while place < end {
        if isSpace(source[place]) {
          place += 1
          continue
        }
        var tokenEnd = place + 1
        if isWord(source[place]) {
          while tokenEnd < end, isWord(source[tokenEnd]) { tokenEnd += 1 }
        }
        let length = tokenEnd - place
        if text.count - start + length + 1 > excerptLimit { break spans }
        if text.count > start { text.append(UInt8(ascii: " ")) }
        let token = UnsafeRawBufferPointer(rebasing: source[place..<tokenEnd])
        text.append(contentsOf: token)
        if isWellFormed, token.contains(where: { $0 >= 0x80 }) {
          isWellFormed = String(validating: token, as: UTF8.self) != nil
        }
        place = tokenEnd
      }
    }
    if !isWellFormed {
      let repaired = String(decoding: text[start...], as: UTF8.self)
      text.removeSubrange(start...)
      text.append(contentsOf: repaired.utf8)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") < 10
      || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }
}

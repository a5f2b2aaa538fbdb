/// A path relative to the repository, `/` between components, in the one form that crosses every interface.
///
/// Bytes that are not UTF-8 stand as `\xHH` and a literal backslash is doubled, so that text and bytes
/// determine each other. Equality and order are those of the text's bytes: two spellings of one accent stay
/// two paths.
package struct RepositoryPath: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Takes text that is in the escaped form already.
  package init(text: String) { self.text = text }

  /// Escapes the bytes that a file system gave.
  package init(bytes: some Collection<UInt8>) {
    let plain = bytes.withContiguousStorageIfAvailable { bytes -> String? in
      bytes.contains(UInt8(ascii: "\\")) ? nil : String(validating: bytes, as: UTF8.self)
    }
    if case .some(.some(let text)) = plain {
      self.text = text
      return
    }
    var text = ""
    var rest = bytes[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "\\") {
        text += "\\\\"
        rest = rest.dropFirst()
      } else if let length = Self.scalarLength(rest) {
        text += String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
      } else {
        text += "\\x" + Self.digit(byte >> 4) + Self.digit(byte & 15)
        rest = rest.dropFirst()
      }
    }
    self.text = text
  }

  /// The bytes to hand to the file system.
  package var bytes: [UInt8] {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return Array(text.utf8) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      if next == UInt8(ascii: "x"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(next)
      }
    }
    return bytes
  }

  /// The last component.
  package var name: Substring {
    text[
      (text.utf8.lastIndex(of: UInt8(ascii: "/")).map { text.utf8.index(after: $0) } ?? text.startIndex)...]
  }

  package var description: String { text }

  package static func == (left: RepositoryPath, right: RepositoryPath) -> Bool {
    left.compare(right) == 0
  }

  package static func < (left: RepositoryPath, right: RepositoryPath) -> Bool {
    left.compare(right) < 0
  }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Negative, zero or positive, by bytes.
  private func compare(_ other: RepositoryPath) -> Int {
    var left = text
    var right = other.text
    return left.withUTF8 { left in
      right.withUTF8 { right in
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
          return Int(left[index]) - Int(right[index])
        }
        return left.count - right.count
      }
    }
  }

  /// The bytes of the well-formed scalar at the start, or nil.
  private static func scalarLength(_ bytes: some Collection<UInt8>) -> Int? {
    (1...4).first { String(validating: bytes.prefix($0), as: UTF8.self) != nil }
  }

  private static func digit(_ value: UInt8) -> String { String(value, radix: 16, uppercase: true) }
}

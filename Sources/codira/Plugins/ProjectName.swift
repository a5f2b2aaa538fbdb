/// The name of a new analyzer in the forms that its sources need.
struct ProjectName: Equatable {
  /// The analyzer's id: lower-case letters, digits and `-`, the first one a letter; 64 at most.
  let id: String
  /// The suffix of its files, with the dot.
  let suffix: String

  init(id: String, suffix: String?) throws(CommandFailure) {
    guard Self.isIdentifier(id) else {
      throw CommandFailure(
        .usage, code: "bad_value",
        "`\(TerminalText.escape(id))` cannot be an analyzer's name: it begins with a lower-case letter, and has "
          + "lower-case letters, digits and `-` alone, at most 64.",
        hint: Self.nearest(id).map { "For example `\($0)`." } ?? "")
    }
    let suffix = suffix ?? "." + id
    guard Self.isSuffix(suffix) else {
      throw CommandFailure(
        .usage, code: "bad_value",
        "`\(TerminalText.escape(suffix))` cannot be a suffix: it is a dot, and letters, digits, `.`, `_`, `+` or `-` "
          + "behind it.",
        hint: suffix.hasPrefix(".") ? "" : "For example `--suffix .\(id)`.")
    }
    self.id = id
    self.suffix = suffix
  }

  /// `my_language`: in names of C and of Rust.
  var prefix: String { id.replacing("-", with: "_") }

  /// `MyLanguage`: in names of types.
  var type: String {
    id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// A template's text, or a path in it, with this name in it.
  func fill(_ text: String) -> String {
    text.replacing("__NAME__", with: id).replacing("__SUFFIX__", with: suffix)
      .replacing("__PREFIX__", with: prefix).replacing("__TYPE__", with: type)
  }

  private static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isSuffix(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "."), text.utf8.count > 1, text.utf8.count <= 64 else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      isLetter(byte | 0x20) || isDigit(byte) || "._+-".utf8.contains(byte)
    }
  }

  /// What the user may have meant.
  private static func nearest(_ text: String) -> String? {
    let bytes = text.lowercased().utf8.map { isLetter($0) || isDigit($0) ? $0 : UInt8(ascii: "-") }
    let name = String(decoding: bytes.drop { !isLetter($0) }.prefix(64), as: UTF8.self)
    return isIdentifier(name) ? name : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }
  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

/// Text from sources and file names, made safe to print.
enum TerminalText {
  /// Control characters and marks that reorder text become `\u{1B}`; nothing from a repository may move the
  /// cursor, recolor the screen or disguise a path.
  static func escape(_ text: String, keepLines: Bool = false, keepTabs: Bool = false) -> String {
    func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x09: !keepTabs
      case 0x0A: !keepLines
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: true
      default: false
      }
    }
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar) {
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

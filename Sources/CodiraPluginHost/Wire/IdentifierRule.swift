import CodiraModel

/// What must hold of a stable id that an analyzer sends.
enum IdentifierRule {
  /// What is wrong with an id of `language`, or of any where it is nil; nil for a good one.
  static func fault(in text: String, language: String? = nil) -> String? {
    var text = text
    let isUsual = text.withUTF8 { isPlain($0) }
    if !isUsual {
      if text.isEmpty { return "it is empty" }
      do throws(StableIDError) {
        _ = try StableID(text).parse()
      } catch { return "`\(text)` has no \(error.expected) at byte \(error.offset)" }
    }
    if let language, !hasLanguage(&text, language) { return "`\(text)` is not of the language \(language)" }
    return nil
  }

  private static func hasLanguage(_ text: inout String, _ language: String) -> Bool {
    let count = language.utf8.count
    return text.withUTF8 { bytes in
      bytes.count > count && bytes[count] == UInt8(ascii: " ") && language.utf8.elementsEqual(bytes[..<count])
    }
  }

  /// Whether an id is one of the most: simple names without overloads, marks or back-ticks.
  ///
  /// The parser, which
  /// decides about the others, builds what nobody looks at here.
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 0
    while place < bytes.count, classes[Int(bytes[place])] & inLanguage != 0 { place += 1 }
    guard place > 0, place < bytes.count, bytes[place] == UInt8(ascii: " ") else { return false }
    place += 1
    while place < bytes.count {
      let start = place
      while place < bytes.count, classes[Int(bytes[place])] & inName != 0 { place += 1 }
      guard place > start, place < bytes.count else { return false }
      if classes[Int(bytes[place])] & suffix != 0 {
        place += 1
      } else if bytes.count - place >= 3, bytes[place] == UInt8(ascii: "("),
        bytes[place + 1] == UInt8(ascii: ")"), bytes[place + 2] == UInt8(ascii: ".")
      {
        place += 3
      } else {
        return false
      }
    }
    return true
  }

  private static let inLanguage: UInt8 = 1
  private static let inName: UInt8 = 2
  private static let suffix: UInt8 = 4

  private static let classes: [UInt8] = (0..<256).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      inLanguage | inName
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "$"):
      inName
    case UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "."), UInt8(ascii: "!"): suffix
    default: 0
    }
  }
}

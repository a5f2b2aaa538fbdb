import CodiraModel

/// What must hold of a stable id that an analyzer sends.
enum IdentifierRule {
  /// What is wrong with an id of `language`, or of any where it is nil; nil for a good one.
  static func fault(in text: String, language: String? = nil) -> String? {
    guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")), space > text.utf8.startIndex else {
      return "`\(text)` has no language"
    }
    if let language, !text.utf8[..<space].elementsEqual(language.utf8) {
      return "`\(text)` is not of the language \(language)"
    }
    return nil
  }
}

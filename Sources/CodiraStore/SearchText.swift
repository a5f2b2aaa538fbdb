/// Turns identifiers into the words that full text is searched by.
package enum SearchText {
  /// The words of `identifier`: split at case changes, digits' ends and anything that is no letter or digit.
  ///
  /// `getOrCreate` → get, Or, Create; `HTTPServer2` → HTTP, Server2.
  package static func words(_ identifier: some StringProtocol) -> [Substring] {
    let text = Substring(identifier)
    var words: [Substring] = []
    var start = text.startIndex
    var index = start
    var previous: Character?
    func close(_ end: Substring.Index) {
      if start < end { words.append(text[start..<end]) }
    }
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if !(character.isLetter || character.isNumber) {
        close(index)
        start = next
        previous = nil
      } else {
        if let previous, character.isUppercase {
          let endsAcronym = next < text.endIndex && text[next].isLowercase
          if !previous.isUppercase || endsAcronym {
            close(index)
            start = index
          }
        }
        previous = character
      }
      index = next
    }
    close(text.endIndex)
    return words
  }

  /// What is stored for a name: the name itself, and its words where they are not what the tokenizer sees
  /// anyway.
  static func stored(_ name: String) -> String {
    guard hasInnerCapital(name) else { return name }
    return name + " " + words(name).joined(separator: " ")
  }

  /// A word as FTS5 must see it: between quotes, so that no query text is ever a syntax error.
  package static func quoted(_ word: some StringProtocol) -> String {
    // The engine ends at a zero byte, as C does.
    let word = word.split(separator: "\0").joined(separator: " ")
    return "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  private static func hasInnerCapital(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { bytes in
      var previous: UInt8 = 0
      for byte in bytes {
        if previous &- UInt8(ascii: "a") < 26 || previous &- UInt8(ascii: "A") < 26
          || previous &- UInt8(ascii: "0") < 10,
          byte &- UInt8(ascii: "A") < 26
        {
          return true
        }
        previous = byte
      }
      return false
    }
  }
}

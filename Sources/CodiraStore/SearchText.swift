/// Turns identifiers into the words that full text is searched by.
package enum SearchText {
  /// The words of `identifier`: split at case changes, digits' ends and anything that is no letter or digit.
  ///
  /// `getOrCreate` → get, Or, Create; `HTTPServer2` → HTTP, Server2.
  package static func words(_ identifier: some StringProtocol) -> [Substring] {
    let text = Substring(identifier)
    return asciiWords(text) ?? unicodeWords(text)
  }

  /// The same by bytes; nil where not all are ASCII.
  private static func asciiWords(_ text: Substring) -> [Substring]? {
    let ranges = text.utf8.withContiguousStorageIfAvailable { asciiWords(UnsafeRawBufferPointer($0)) }
    guard let ranges = ranges.flatMap({ $0 }) else { return nil }
    let utf8 = text.utf8
    return ranges.map { range in
      text[
        utf8.index(
          utf8.startIndex, offsetBy: range.lowerBound)..<utf8.index(
            utf8.startIndex, offsetBy: range.upperBound)]
    }
  }

  /// Where the words of `bytes` lie; nil where not all are ASCII.
  package static func asciiWords(_ bytes: UnsafeRawBufferPointer) -> [Range<Int>]? {
    var ranges: [Range<Int>] = []
    var start = 0
    var previous: UInt8?
    for (index, byte) in bytes.enumerated() {
      if byte >= 0x80 { return nil }
      if !isUpper(byte), !isLower(byte), !isDigit(byte) {
        if start < index { ranges.append(start..<index) }
        start = index + 1
        previous = nil
        continue
      }
      if let previous, isUpper(byte) {
        let endsAcronym = index + 1 < bytes.count && isLower(bytes[index + 1])
        if !isUpper(previous) || endsAcronym {
          ranges.append(start..<index)
          start = index
        }
      }
      previous = byte
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
    return ranges
  }

  /// The words in lower case.
  package static func lowerWords(_ identifier: some StringProtocol) -> [String] {
    let ascii = identifier.utf8.withContiguousStorageIfAvailable { bytes -> [String]? in
      asciiWords(UnsafeRawBufferPointer(bytes))?.map { range in
        String(unsafeUninitializedCapacity: range.count) { word in
          for (place, index) in range.enumerated() { word[place] = lower(bytes[index]) }
          return range.count
        }
      }
    }
    return ascii.flatMap { $0 } ?? words(identifier).map { $0.lowercased() }
  }

  /// An ASCII letter in lower case; any other byte as it is.
  package static func lower(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

  private static func unicodeWords(_ text: Substring) -> [Substring] {
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
      if !isWord(character) {
        close(index)
        start = next
        previous = nil
      } else {
        if let previous, isUpper(character) {
          let endsAcronym = next < text.endIndex && isLower(text[next])
          if !isUpper(previous) || endsAcronym {
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

  /// `text` with a space at every place where `words` would split an ASCII identifier, for the tokenizer.
  static func withSplit(_ text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: text.count * 2 + 1, alignment: 1) { split in
      var count = 0
      for index in 0..<text.count {
        let byte = text[index]
        if index > 0, isUpper(byte) {
          let previous = text[index - 1]
          let endsAcronym = index + 1 < text.count && isLower(text[index + 1])
          if isLower(previous) || isDigit(previous) || (isUpper(previous) && endsAcronym) {
            split[count] = UInt8(ascii: " ")
            count += 1
          }
        }
        split[count] = byte
        count += 1
      }
      body(UnsafeRawBufferPointer(rebasing: split[..<count]))
    }
  }

  /// `getUserByID` → `get User By ID`.
  package static func split(_ text: some StringProtocol) -> String {
    var text = String(text)
    var result = ""
    text.withUTF8 { bytes in
      withSplit(UnsafeRawBufferPointer(bytes)) { result = String(decoding: $0, as: UTF8.self) }
    }
    return result
  }

  // Most letters are ASCII, and Unicode's tables are slow.
  private static func isWord(_ character: Character) -> Bool {
    guard let byte = character.asciiValue else { return character.isLetter || character.isNumber }
    return isUpper(byte) || isLower(byte) || isDigit(byte)
  }

  private static func isUpper(_ character: Character) -> Bool {
    character.asciiValue.map { isUpper($0) } ?? character.isUppercase
  }

  private static func isLower(_ character: Character) -> Bool {
    character.asciiValue.map { isLower($0) } ?? character.isLowercase
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
  private static func isLower(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

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

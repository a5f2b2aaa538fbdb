/// Text that is cut into pieces: its bytes and where each piece ends.
struct Pieces {
  var bytes: [UInt8] = []
  var ends: [Int] = []
  /// Whether the first piece starts where the text does.
  var startsText = true

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    startsText = true
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: piece)
    endPiece()
  }

  /// What was appended to the bytes since the last piece is one, unless it is nothing.
  mutating func endPiece() {
    if bytes.count > ends.last ?? 0 { ends.append(bytes.count) }
  }
}

/// Cuts normalized text into the words that the model sees, step by step.
struct PreTokenizer: Sendable {
  enum Prepending: Sendable, Equatable {
    case always, first, never
  }

  enum Step: Sendable, Equatable {
    /// White space goes, punctuation stands alone.
    case bert
    /// White space goes.
    case whiteSpace
    /// White space goes; runs of word characters and runs of others.
    case words
    /// Runs of numeric characters, or each of them, stand alone.
    case digits(each: Bool)
    /// Spaces become a sign, which starts each word.
    case metaspace(sign: [UInt8], Prepending, isSplit: Bool)
    case pattern(SplitPattern)
    /// A space before each piece that has none.
    case prependSpace
  }

  var steps: [Step] = []
  private let classes = CharacterClasses()

  /// Calls `body` with each word until it returns false; false if it did.
  func forEachWord(
    _ text: UnsafeBufferPointer<UInt8>, startsText: Bool, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var pieces = Pieces()
    var next = Pieces()
    pieces.append(text)
    pieces.startsText = startsText
    for step in steps {
      next.removeAll()
      next.startsText = pieces.startsText
      apply(step, pieces, into: &next)
      swap(&pieces, &next)
    }
    return pieces.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for end in pieces.ends {
        guard body(bytes[part: start..<end]) else { return false }
        start = end
      }
      return true
    }
  }

  private func apply(_ step: Step, _ pieces: Pieces, into result: inout Pieces) {
    pieces.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for end in pieces.ends {
        apply(step, bytes[part: start..<end], isFirst: start == 0 && pieces.startsText, into: &result)
        start = end
      }
    }
  }

  private func apply(
    _ step: Step, _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, into result: inout Pieces
  ) {
    switch step {
    case .bert:
      cut(text, isFirst, into: &result) {
        $0.contains(.white) ? .drop : $0.contains(.punctuation) ? .alone : .a
      }
    case .whiteSpace: cut(text, isFirst, into: &result) { $0.contains(.white) ? .drop : .a }
    case .words:
      cut(text, isFirst, into: &result) { $0.contains(.wordPart) ? .a : $0.contains(.white) ? .drop : .b }
    case .digits(let each):
      cut(text, isFirst, into: &result) { $0.contains(.number) ? each ? .alone : .b : .a }
    case .metaspace(let sign, let prepending, let isSplit):
      let prepends = prepending == .always || prepending == .first && isFirst
      metaspace(text, sign, prepends: prepends, isSplit: isSplit, into: &result)
    case .pattern(let pattern):
      let classified = ClassifiedText(bytes: text, classes: classes)
      var start = 0
      while start < text.count {
        let end = pattern.end(classified, from: start)
        result.append(text[part: start..<end])
        start = end
      }
    case .prependSpace:
      if text[0] != 0x20 { result.bytes.append(0x20) }
      result.append(text)
    }
  }

  /// What becomes of a character: gone, a piece, or part of a piece of its own kind.
  private enum Part {
    case drop, alone, a, b
  }

  private func cut(
    _ text: UnsafeBufferPointer<UInt8>, _ isFirst: Bool, into result: inout Pieces,
    _ part: (CharacterClass) -> Part
  ) {
    var offset = 0
    var last = Part.drop
    while offset < text.count {
      let (scalar, count) = text.scalar(at: offset)
      let kind = part(classes[scalar])
      if kind != last || kind == .alone { result.endPiece() }
      if kind != .drop { result.bytes.append(contentsOf: text[offset..<offset + count]) }
      if kind == .drop, offset == 0, isFirst { result.startsText = false }
      last = kind
      offset += count
    }
    result.endPiece()
  }

  private func metaspace(
    _ text: UnsafeBufferPointer<UInt8>, _ sign: [UInt8], prepends: Bool, isSplit: Bool,
    into result: inout Pieces
  ) {
    if prepends, text[0] != 0x20, !text.starts(with: sign, at: 0) { result.bytes.append(contentsOf: sign) }
    var offset = 0
    while offset < text.count {
      if text[offset] == 0x20 || text[offset] == sign[0] && text.starts(with: sign, at: offset) {
        if isSplit, offset > 0 { result.endPiece() }
        offset += text[offset] == 0x20 ? 1 : sign.count
        result.bytes.append(contentsOf: sign)
      } else {
        result.bytes.append(text[offset])
        offset += 1
      }
    }
    result.endPiece()
  }
}

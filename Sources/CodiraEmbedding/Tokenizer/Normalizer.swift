import CEmbedding

/// What is done to a text before it is cut into words, step by step.
struct Normalizer: Sendable {
  enum Step: Sendable, Equatable {
    /// Leaves control characters out and makes every white space a space.
    case clean
    /// Puts spaces around CJK ideographs.
    case spaceIdeographs
    /// Decomposes and leaves out nonspacing marks.
    case stripAccents
    /// Leaves out marks of every kind; decomposes nothing.
    case removeMarks
    case lowercase
    case canonical(composed: Bool)
    case characterMap(CharacterMap)
    case replace([UInt8], by: [UInt8])
    /// Two spaces and more become one text.
    case replaceSpaces(by: [UInt8])
    case strip(left: Bool, right: Bool)
    case prepend([UInt8])
  }

  var steps: [Step] = []
  private let classes = CharacterClasses()

  /// By how much the steps can make a text longer, at most.
  var growth: Int {
    steps.reduce(1) { product, step in
      let factor =
        switch step {
        case .characterMap(let map): max(map.longest, 1)
        case .replace(let old, let new): max(1, (new.count + old.count - 1) / old.count)
        case .replaceSpaces(let new): max(1, new.count)
        case .canonical, .stripAccents, .lowercase, .spaceIdeographs: 3
        case .clean, .removeMarks, .strip, .prepend: 1
        }
      let (result, overflow) = product.multipliedReportingOverflow(by: factor)
      return overflow ? .max : result
    }
  }

  /// Calls `body` with the text as the steps leave it.
  func normalize<Result>(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var current: [UInt8] = []
    var next: [UInt8] = []
    var isChanged = false
    for step in steps {
      let isApplied =
        isChanged
        ? current.withUnsafeBufferPointer { apply(step, $0, into: &next) } : apply(step, text, into: &next)
      guard isApplied else { continue }
      isChanged = true
      swap(&current, &next)
      next.removeAll(keepingCapacity: true)
    }
    return isChanged ? current.withUnsafeBufferPointer(body) : body(text)
  }

  /// Writes what the step makes of the text; false if the text stays as it is.
  private func apply(_ step: Step, _ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) -> Bool {
    switch step {
    case .clean: clean(text, into: &result)
    case .spaceIdeographs:
      if text.isASCII { return false } else { spaceIdeographs(text, into: &result) }
    case .stripAccents:
      if text.isASCII { return false }
      CanonicalForm.apply(text, composed: false) { scalar in
        if !classes[scalar].contains(.nonspacing) { result.append(scalar: scalar) }
      }
    case .removeMarks:
      if text.isASCII { return false } else { removeMarks(text, into: &result) }
    case .lowercase: lowercase(text, into: &result)
    case .canonical(let composed):
      if CanonicalForm.has(text, composed: composed) { return false }
      CanonicalForm.apply(text, composed: composed) { result.append(scalar: $0) }
    case .characterMap(let map): map.apply(text, into: &result)
    case .replace(let old, let new): replace(text, old, by: new, into: &result)
    case .replaceSpaces(let new): replaceSpaces(text, by: new, into: &result)
    case .strip(let left, let right): result.append(contentsOf: strip(text, left: left, right: right))
    case .prepend(let start):
      if text.isEmpty { return false }
      result.append(contentsOf: start)
      result.append(contentsOf: text)
    }
    return true
  }

  private func clean(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    forEachScalar(text) { scalar, bytes in
      if scalar >= 0x20, scalar < 0x7F { return result.append(UInt8(scalar)) }
      let kind = classes[scalar]
      if kind.contains(.control) { return }
      if kind.contains(.blank) { result.append(0x20) } else { result.append(contentsOf: bytes) }
    }
  }

  private func spaceIdeographs(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    forEachScalar(text) { scalar, bytes in
      let isIdeograph = scalar >= 0x3400 && classes[scalar].contains(.ideograph)
      if isIdeograph { result.append(0x20) }
      result.append(contentsOf: bytes)
      if isIdeograph { result.append(0x20) }
    }
  }

  private func removeMarks(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    forEachScalar(text) { scalar, bytes in
      if !classes[scalar].contains(.mark) { result.append(contentsOf: bytes) }
    }
  }

  private func lowercase(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    forEachScalar(text) { scalar, bytes in
      if scalar < 0x80 { return result.append(scalar >= 65 && scalar <= 90 ? bytes[0] | 32 : bytes[0]) }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4) { parts in
        let count = codira_text_lower(scalar, parts.baseAddress)
        for part in parts[..<count] { result.append(scalar: part) }
        if count == 0 { result.append(contentsOf: bytes) }
      }
    }
  }

  private func replace(
    _ text: UnsafeBufferPointer<UInt8>, _ old: [UInt8], by new: [UInt8], into result: inout [UInt8]
  ) {
    var offset = 0
    while offset < text.count {
      if text[offset] == old[0], text.starts(with: old, at: offset) {
        result.append(contentsOf: new)
        offset += old.count
      } else {
        result.append(text[offset])
        offset += 1
      }
    }
  }

  private func replaceSpaces(
    _ text: UnsafeBufferPointer<UInt8>, by new: [UInt8], into result: inout [UInt8]
  ) {
    var offset = 0
    while offset < text.count {
      var end = offset
      while end < text.count, text[end] == 0x20 { end += 1 }
      if end - offset > 1 {
        result.append(contentsOf: new)
        offset = end
      } else {
        result.append(text[offset])
        offset += 1
      }
    }
  }

  private func strip(
    _ text: UnsafeBufferPointer<UInt8>, left: Bool, right: Bool
  ) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = text.count
    while left, start < end, case let (scalar, count) = text.scalar(at: start),
      classes[scalar].contains(.white)
    {
      start += count
    }
    while right, end > start {
      var place = end - 1
      while place > start, text[place] & 0xC0 == 0x80 { place -= 1 }
      guard classes[text.scalar(at: place).value].contains(.white) else { break }
      end = place
    }
    return text[part: start..<end]
  }

  private func forEachScalar(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (UInt32, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var offset = 0
    while offset < text.count {
      let (scalar, count) = text.scalar(at: offset)
      body(scalar, text[part: offset..<offset + count])
      offset += count
    }
  }
}

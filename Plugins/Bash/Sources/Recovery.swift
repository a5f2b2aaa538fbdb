import CodiraAnalyzerKit

/// A function's head found by its line, where the grammar lost its way: in a file with an extended pattern that it does
/// not know, say.
struct LostFunction {
  var start: UInt32
  var end: UInt32
  var nameStart: UInt32
  var nameEnd: UInt32
}

/// Finds heads of functions line by line.
struct Recovery {
  private let bytes: UnsafeRawBufferPointer
  private(set) var functions: [LostFunction] = []
  /// The lines of heads, indented so, whose end is still to come.
  private var open: [(function: Int, indentation: Int)] = []

  init(_ bytes: UnsafeRawBufferPointer, known: Set<UInt32>) {
    self.bytes = bytes
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      read(start, end, known)
      start = end + 1
    }
  }

  private mutating func read(_ lineStart: Int, _ lineEnd: Int, _ known: Set<UInt32>) {
    var start = lineStart
    while start < lineEnd, Text.isSpace(bytes[start]) { start += 1 }
    guard start < lineEnd else { return }
    let indentation = start - lineStart
    if bytes[start] == UInt8(ascii: "}") || bytes[start] == UInt8(ascii: ")") {
      while let last = open.last, last.indentation >= indentation {
        if last.indentation == indentation { functions[last.function].end = UInt32(start + 1) }
        open.removeLast()
      }
      return
    }
    guard let name = head(start, lineEnd), !known.contains(UInt32(name.lowerBound)) else { return }
    var end = lineEnd
    while end > start, Text.isSpace(bytes[end - 1]) { end -= 1 }
    functions.append(
      LostFunction(
        start: UInt32(start), end: UInt32(end), nameStart: UInt32(name.lowerBound),
        nameEnd: UInt32(name.upperBound)))
    if bytes[end - 1] != UInt8(ascii: "}") { open.append((functions.count - 1, indentation)) }
  }

  /// The name in `name() {`, `function name {`, and the like; nil where the line is no head.
  private func head(_ start: Int, _ end: Int) -> Range<Int>? {
    var place = start
    let keyword: Text = "function"
    var hasKeyword = false
    if end - start > keyword.count, bytes[start..<start + keyword.count].elementsEqual(keyword.bytes),
      Text.isSpace(bytes[start + keyword.count])
    {
      hasKeyword = true
      place += keyword.count
      skipSpace(&place, end)
    }
    let nameStart = place
    while place < end, Recovery.isName(bytes[place]) { place += 1 }
    let name = nameStart..<place
    guard !name.isEmpty else { return nil }
    skipSpace(&place, end)
    let hasParentheses =
      place + 1 < end && bytes[place] == UInt8(ascii: "(") && bytes[place + 1] == UInt8(ascii: ")")
    if hasParentheses { place += 2 }
    guard hasKeyword || hasParentheses else { return nil }
    skipSpace(&place, end)
    if place == end { return name }
    switch bytes[place] {
    case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "#"): return name
    default: return nil
    }
  }

  private func skipSpace(_ place: inout Int, _ end: Int) {
    while place < end, Text.isSpace(bytes[place]) { place += 1 }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: "?"), 0x80...:
      true
    default: false
    }
  }
}

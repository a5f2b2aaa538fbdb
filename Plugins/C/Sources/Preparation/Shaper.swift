import CodiraCFamily
import CodiraAnalyzerKit

/// A use of a macro that the grammar does not see: `DECLARE_LIST(item)` at file scope.
struct MacroUse {
  var start: UInt32
  var end: UInt32
  var argumentCount: Int32
}

/// Blanks what macros add to C and its grammar has no place for, each with spaces of the same length:
/// attributes (`EXPORT_X void f(void)`), types in parentheses (`API(int) f(void)`), declarations without a
/// semicolon; and ends statements of macros by a `;` in the blank behind them.
///
/// It goes by the shape of a declaration: of several words before a name at most one is its type.
struct Shaper {
  let bytes: UnsafeRawBufferPointer
  let clean: UnsafeMutableRawBufferPointer
  var tokens: [Token]
  var uses: [MacroUse] = []
  var starts: [UInt32: UInt32] = [:]
  var pastedNames: [UInt32: ByteSpan] = [:]
  /// Braces inside braces that it looks into.
  static let depthLimit = 200
  static let bracketLimit = 1_000
  /// The first bracket that was nested too deep.
  private(set) var tooDeep: ByteSpan?
  var depth = 0

  init(_ lexer: Lexer, tokens: [Token]) {
    bytes = lexer.bytes
    clean = lexer.clean
    self.tokens = tokens
    matchBrackets()
  }

  mutating func run() { declarations(0, tokens.count, inRecord: false) }

  // Access

  func byte(_ index: Int) -> UInt8 { index >= 0 && index < tokens.count ? tokens[index].byte : 0 }

  func isOpen(_ index: Int) -> Bool { byte(index) == UInt8(ascii: "(") && tokens[index].partner > 0 }

  func close(_ index: Int) -> Int { Int(tokens[index].partner) }

  func text(_ index: Int) -> Text {
    Text(UnsafeRawBufferPointer(rebasing: bytes[Int(tokens[index].start)..<Int(tokens[index].end)]))
  }

  // Edits

  mutating func blank(_ index: Int) {
    for place in tokens[index].start..<tokens[index].end { clean[Int(place)] = 0x20 }
    tokens[index].kind = .blank
    tokens[index].byte = 0
  }

  /// Blanks `NAME(…)` and remembers the use; the index behind it.
  mutating func blankUse(_ index: Int) -> Int {
    let end = close(index + 1)
    uses.append(
      MacroUse(
        start: tokens[index].start, end: tokens[index].end, argumentCount: argumentCount(index + 1, end)))
    for place in index...end { blank(place) }
    return end + 1
  }

  /// Blanks `__attribute__((…))`; the index behind it.
  mutating func blankAttribute(_ index: Int) -> Int {
    var end = index
    while end + 1 < tokens.count, tokens[end + 1].kind == .specifier { end += 1 }
    let hasBody = byte(end + 1) == UInt8(ascii: "{") && tokens[end + 1].partner > 0
    if isOpen(end + 1) || hasBody { end = close(end + 1) } else { end = index }
    for place in index...end { blank(place) }
    return end + 1
  }

  /// Puts `mark` in the blank behind a token, where there is one.
  mutating func insert(_ mark: Unicode.Scalar, behind index: Int) {
    let place = Int(tokens[index].end)
    guard place < clean.count, clean[place] <= 0x20 else { return }
    clean[place] = UInt8(ascii: mark)
  }

  private func argumentCount(_ open: Int, _ close: Int) -> Int32 {
    guard close > open + 1 else { return 0 }
    var count: Int32 = 1
    var index = open + 1
    while index < close {
      if tokens[index].partner > 0 { index = Int(tokens[index].partner) }
      if byte(index) == UInt8(ascii: ",") { count += 1 }
      index += 1
    }
    return count
  }

  /// Finds the partner of each bracket; those nested too deep are blanked, for the parser's memory.
  private mutating func matchBrackets() {
    var open: [Int] = []
    var skipped = 0
    for index in tokens.indices {
      switch tokens[index].byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        if open.count < Shaper.bracketLimit {
          open.append(index)
        } else {
          tooDeep = tooDeep ?? ByteSpan(start: tokens[index].start, end: tokens[index].end)
          skipped += 1
          blank(index)
        }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if skipped > 0 {
          skipped -= 1
          blank(index)
        } else {
          closeBracket(Shaper.opening(tokens[index].byte), index, &open)
        }
      default: break
      }
    }
  }

  private static func opening(_ closing: UInt8) -> UInt8 {
    switch closing {
    case UInt8(ascii: ")"): UInt8(ascii: "(")
    case UInt8(ascii: "]"): UInt8(ascii: "[")
    default: UInt8(ascii: "{")
    }
  }

  private mutating func closeBracket(_ opening: UInt8, _ index: Int, _ open: inout [Int]) {
    // A brace closes forgotten parentheses, never the other way round.
    guard let place = open.lastIndex(where: { tokens[$0].byte == opening }) else { return }
    let crosses = open[(place + 1)...].contains { tokens[$0].byte == UInt8(ascii: "{") }
    if opening != UInt8(ascii: "{"), crosses { return }
    tokens[open[place]].partner = Int32(index)
    open.removeSubrange(place...)
  }
}

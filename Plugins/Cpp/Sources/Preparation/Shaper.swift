import CodiraAnalyzerKit
import CodiraCFamily

/// Blanks what macros and attributes add to C++ and its grammar has no place for, each with spaces of the same
/// length: `class EXPORT_X Name {`, `void f() LOCKS_REQUIRED(m);`, `X_API void f()`, `DECLARE_THING(x)` without a
/// semicolon.
///
/// It goes by the shape of a declaration, and by the spelling of words; expressions it leaves alone.
struct Shaper {
  let clean: UnsafeMutableRawBufferPointer
  var tokens: [Token]
  var uses: [MacroUse] = []
  /// Braces inside braces that it looks into.
  static let depthLimit = 200
  static let bracketLimit = 1_000
  /// The first bracket that was nested too deep.
  private(set) var tooDeep: ByteSpan?
  var depth = 0

  init(_ clean: UnsafeMutableRawBufferPointer, tokens: [Token]) {
    self.clean = clean
    self.tokens = tokens
    matchBrackets()
  }

  mutating func run() {
    blankAttributeLists()
    declarations(0, tokens.count, record: nil)
  }

  // Access

  func byte(_ index: Int) -> UInt8 { index >= 0 && index < tokens.count ? tokens[index].byte : 0 }

  func isByte(_ index: Int, _ scalar: Unicode.Scalar) -> Bool { byte(index) == UInt8(ascii: scalar) }

  func isOpen(_ index: Int) -> Bool { isByte(index, "(") && tokens[index].partner > 0 }

  func isBrace(_ index: Int) -> Bool { isByte(index, "{") && tokens[index].partner > 0 }

  func close(_ index: Int) -> Int { Int(tokens[index].partner) }

  func kind(_ index: Int) -> Token.Kind { index < tokens.count ? tokens[index].kind : .blank }

  func text(_ index: Int) -> Text {
    guard index < tokens.count else { return .empty }
    return Text(
      UnsafeRawBufferPointer(
        rebasing: UnsafeRawBufferPointer(clean)[Int(tokens[index].start)..<Int(tokens[index].end)]))
  }

  func likeness(_ index: Int) -> Int { MacroNames.likeness(text(index)) }

  /// Whether `::` stands there.
  func isScope(_ index: Int) -> Bool {
    isByte(index, ":") && isByte(index + 1, ":") && tokens[index].end == tokens[index + 1].start
  }

  // Edits

  mutating func blank(_ index: Int) {
    for place in tokens[index].start..<tokens[index].end where clean[Int(place)] != 0x0A {
      clean[Int(place)] = 0x20
    }
    tokens[index].kind = .blank
    tokens[index].byte = 0
  }

  mutating func blank(_ first: Int, through last: Int) {
    guard first <= last else { return }
    for index in first...last { blank(index) }
  }

  /// Blanks `NAME(…)` and remembers the use; the index behind it.
  mutating func blankUse(_ index: Int) -> Int {
    let end = close(index + 1)
    uses.append(MacroUse(start: tokens[index].start, end: tokens[index].end, argumentCount: -1))
    blank(index, through: end)
    return end + 1
  }

  /// Blanks `__attribute__((…))`; the index behind it.
  mutating func blankAttribute(_ index: Int) -> Int {
    let end = isOpen(index + 1) ? close(index + 1) : index
    blank(index, through: end)
    return end + 1
  }

  /// Puts `mark` in the blank behind a token, where there is one.
  mutating func insert(_ mark: Unicode.Scalar, behind index: Int) {
    let place = Int(tokens[index].end)
    guard place < clean.count, clean[place] <= 0x20 else { return }
    clean[place] = UInt8(ascii: mark)
  }

  /// `[[nodiscard]]`, wherever it stands.
  private mutating func blankAttributeLists() {
    var index = 0
    while index + 1 < tokens.count {
      let end = Int(tokens[index].partner)
      if isByte(index, "["), isByte(index + 1, "["), end > 0, Int(tokens[index + 1].partner) == end - 1 {
        blank(index, through: end)
        index = end
      }
      index += 1
    }
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

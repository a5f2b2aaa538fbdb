import CodiraAnalyzerKit

/// A line of the preprocessor, continued lines included.
struct Directive {
  enum Kind { case conditional, alternative, otherwise, end, define, include, other }

  var kind: Kind
  /// From `#` to the end of the line, comments not counted out.
  var start: UInt32
  var end: UInt32
  /// Where its word ends and what it says begins.
  var body: UInt32
  /// The token behind it.
  var token: Int32
  /// Under a condition that never holds in C.
  var isDead = false

  static func kind(_ word: Text) -> Kind {
    switch word {
    case "if", "ifdef", "ifndef": .conditional
    case "elif", "elifdef", "elifndef": .alternative
    case "else": .otherwise
    case "endif": .end
    case "define": .define
    case "include", "include_next", "import": .include
    default: .other
    }
  }
}

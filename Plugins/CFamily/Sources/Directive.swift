import CodiraAnalyzerKit

/// A line of the preprocessor, continued lines included.
package struct Directive {
  package enum Kind { case conditional, alternative, otherwise, end, define, include, other }

  package var kind: Kind
  /// From `#` to the end of the line, comments not counted out.
  package var start: UInt32
  package var end: UInt32
  /// Where its word ends and what it says begins.
  package var body: UInt32
  /// The token behind it.
  package var token: Int32
  /// Under a condition that never holds in C.
  package var isDead = false

  package static func kind(_ word: Text) -> Kind {
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

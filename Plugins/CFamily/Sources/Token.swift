import CodiraAnalyzerKit

/// A word, literal or punctuation byte of a source outside comments and directives.
package struct Token {
  package enum Kind: UInt8 {
    case identifier, number, string, character, punctuation
    /// `static`, `const`, `inline`: says nothing of the type.
    case specifier
    /// `int`, `unsigned`, `size_t`.
    case type
    /// `struct`, `union`, `enum`.
    case tag
    /// `if`, `for`, `while`, `switch`: a statement follows their parentheses.
    case control
    /// `else`, `do`: a statement follows.
    case opener
    /// `return`, `goto`, `break`, `continue`.
    case jump
    /// `sizeof`, `case`, `default` and the rest.
    case keyword
    /// `__attribute__`, `__declspec`, `asm`.
    case attribute
    /// Taken out of what the grammar sees.
    case blank
  }

  package var start: UInt32
  package var end: UInt32
  package var kind: Kind
  /// The byte of a punctuation, else 0.
  package var byte: UInt8
  /// First on its line.
  package var isFirstOnLine: Bool
  /// Index of the token that closes this bracket; 0: none.
  package var partner: Int32 = 0

  package func isPunctuation(_ scalar: Unicode.Scalar) -> Bool { byte == UInt8(ascii: scalar) }

  package var isWord: Bool {
    kind != .blank && kind.rawValue >= Kind.specifier.rawValue || kind == .identifier
  }
}

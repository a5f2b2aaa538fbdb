import CodiraAnalyzerKit

/// A word, literal or punctuation byte of a source outside comments and directives.
struct Token {
  enum Kind: UInt8 {
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

  var start: UInt32
  var end: UInt32
  var kind: Kind
  /// The byte of a punctuation, else 0.
  var byte: UInt8
  /// First on its line.
  var isFirstOnLine: Bool
  /// Index of the token that closes this bracket; 0: none.
  var partner: Int32 = 0

  func isPunctuation(_ scalar: Unicode.Scalar) -> Bool { byte == UInt8(ascii: scalar) }

  var isWord: Bool { kind != .blank && kind.rawValue >= Kind.specifier.rawValue || kind == .identifier }
}

/// The reserved words of C and its compilers, by what they mean to the reader of a declaration.
enum Keywords {
  static func kind(_ word: Text) -> Token.Kind {
    guard word.count <= 15, lengths[Int(word[0])] & (1 << UInt16(word.count)) != 0 else { return .identifier }
    return table[word] ?? .identifier
  }

  private static let lists: [(Token.Kind, [StaticString])] = [
    (
      .specifier,
      [
        "static", "extern", "inline", "const", "volatile", "register", "typedef", "auto", "restrict",
        "_Noreturn",
        "__inline", "__inline__", "__forceinline", "__extension__", "__restrict", "__restrict__", "__const",
        "__volatile__", "_Thread_local", "__thread", "_Atomic", "constexpr", "thread_local",
      ]
    ),
    (
      .type,
      [
        "int", "char", "void", "long", "short", "unsigned", "signed", "float", "double", "bool", "_Bool",
        "_Complex", "__int128", "__signed__", "size_t", "ssize_t", "int8_t", "int16_t", "int32_t", "int64_t",
        "uint8_t", "uint16_t", "uint32_t", "uint64_t", "intptr_t", "uintptr_t", "ptrdiff_t", "intmax_t",
        "uintmax_t", "wchar_t", "time_t", "off_t", "pid_t", "mode_t", "va_list",
      ]
    ),
    (.tag, ["struct", "union", "enum"]),
    (.control, ["if", "for", "while", "switch"]),
    (.opener, ["else", "do"]),
    (.jump, ["return", "goto", "break", "continue"]),
    (
      .keyword,
      ["sizeof", "case", "default", "typeof", "__typeof__", "_Generic", "_Alignof", "_Static_assert"]
    ),
    (
      .attribute,
      [
        "__attribute__", "__attribute", "__declspec", "_Alignas", "alignas", "asm", "__asm__", "__asm",
        "__cdecl", "__stdcall", "__fastcall", "__vectorcall", "__thiscall",
      ]
    ),
  ]

  private static let table: [Text: Token.Kind] = {
    var table: [Text: Token.Kind] = [:]
    for (kind, words) in lists {
      for word in words { table[Text(stringLiteral: word)] = kind }
    }
    return table
  }()

  /// By first byte: which lengths any reserved word has.
  private static let lengths: [UInt16] = {
    var lengths = [UInt16](repeating: 0, count: 256)
    for word in table.keys { lengths[Int(word[0])] |= 1 << UInt16(word.count) }
    return lengths
  }()
}

import CodiraAnalyzerKit

/// The reserved words of a language and its compilers, by what they mean to the reader of a declaration.
package struct Keywords: Sendable {
  private let table: [Text: Token.Kind]
  /// By first byte: which lengths any reserved word has.
  private let lengths: [UInt16]

  package static let c = Keywords(common + ofC)
  package static let cpp = Keywords(common + ofCpp)

  private init(_ lists: [(Token.Kind, [StaticString])]) {
    var table: [Text: Token.Kind] = [:]
    var lengths = [UInt16](repeating: 0, count: 256)
    for (kind, words) in lists {
      for word in words {
        let text = Text(stringLiteral: word)
        table[text] = kind
        lengths[Int(text[0])] |= 1 << UInt16(text.count)
      }
    }
    self.table = table
    self.lengths = lengths
  }

  package func kind(_ word: Text) -> Token.Kind {
    guard word.count <= 15, lengths[Int(word[0])] & (1 << UInt16(word.count)) != 0 else { return .identifier }
    return table[word] ?? .identifier
  }

  private static let common: [(Token.Kind, [StaticString])] = [
    (
      .specifier,
      [
        "static", "extern", "inline", "const", "volatile", "register", "typedef", "auto", "_Noreturn",
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

  private static let ofC: [(Token.Kind, [StaticString])] = [(.specifier, ["restrict"])]

  private static let ofCpp: [(Token.Kind, [StaticString])] = [
    (.specifier, ["virtual", "explicit", "friend", "mutable", "constinit", "consteval", "typename"]),
    (.type, ["char8_t", "char16_t", "char32_t"]),
    (.tag, ["class"]),
    (.control, ["catch"]),
    (.opener, ["try"]),
    (.jump, ["throw", "co_return", "co_yield"]),
    (
      .keyword,
      [
        "template", "namespace", "using", "operator", "public", "private", "protected", "new", "delete",
        "this", "decltype", "static_assert", "concept", "requires", "noexcept", "nullptr", "true", "false",
        "alignof", "typeid", "static_cast", "const_cast", "dynamic_cast", "co_await", "and", "or", "not",
      ]
    ),
  ]
}

import CodiraAnalyzerKit

/// What a word's spelling says of its being a macro and not a type.
package enum MacroNames {
  /// 0: like a type; 1: like a macro (`FOO_BAR`, `Py_NO_INLINE`); 2: surely an attribute (`WINAPI`).
  package static func likeness(_ word: Text) -> Int {
    if known.contains(word) { return 2 }
    var hasLower = false
    var hasUpper = false
    for byte in word.bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xFF: hasLower = true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasUpper = true
      default: break
      }
    }
    if hasUpper, endings.contains(where: { word.hasSuffix($0) }) { return 2 }
    if !hasLower { return hasUpper ? 1 : 0 }
    return hasUpper && tailIsUpper(word) ? 1 : 0
  }

  /// `Py_NO_INLINE`: behind the last lower-case letter nothing but `_` and at least three upper-case letters.
  private static func tailIsUpper(_ word: Text) -> Bool {
    var count = 0
    for byte in word.bytes.reversed() {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): count += 1
      case UInt8(ascii: "_"): if count >= 3 { return true }
      default: return false
      }
    }
    return false
  }

  private static let known: Set<Text> = [
    "WINAPI", "CALLBACK", "APIENTRY", "WINAPIV", "NTAPI", "PASCAL", "FAR", "NEAR", "CONST", "cdecl",
    "_cdecl", "_stdcall", "pascal", "__init", "__exit", "__user", "__iomem", "__percpu", "__rcu",
    "__must_check",
    "noinline", "asmlinkage", "__always_inline", "__cold", "__hot", "__pure", "__packed", "__weak", "__used",
    "__maybe_unused", "_Nonnull", "_Nullable", "force_inline", "always_inline",
  ]

  private static let endings: [Text] = [
    "INLINE", "EXPORT", "_API", "NORETURN", "NO_RETURN", "DEPRECATED", "CALL", "CDECL", "STDCALL", "UNUSED",
    "PACKED", "ALIGNED", "VISIBLE", "HIDDEN", "THREAD_LOCAL", "EXTERN", "STATIC", "RESTRICT",
  ]
}

import CodiraAnalyzerKit

/// Names that Go declares before every program.
enum Predeclared {
  static let functions: Set<Text> = [
    "append", "cap", "clear", "close", "complex", "copy", "delete", "imag", "len", "make", "max", "min",
    "new",
    "panic", "print", "println", "real", "recover",
  ]

  /// Types without methods; `error` is not among them.
  static let types: Set<Text> = [
    "any", "bool", "byte", "comparable", "complex128", "complex64", "float32", "float64", "int", "int16",
    "int32", "int64", "int8", "rune", "string", "uint", "uint16", "uint32", "uint64", "uint8", "uintptr",
  ]
}

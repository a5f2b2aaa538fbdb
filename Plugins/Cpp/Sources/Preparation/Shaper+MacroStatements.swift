import CodiraAnalyzerKit
import CodiraCFamily

/// Uses of macros as statements whose arguments are no expressions: `EXPECT_DEATH({ f(); }, "x")`,
/// `CHECK_FAIL(for (…) f())`, `CHECK_FAIL(Query q("x"))`, `ASSERT_OCTAL(unsigned short, 7)`.
///
/// The grammar would lose what follows them, to the end of the file at worst.
extension Shaper {
  /// Makes the arguments of a macro statements of their own, where one of them is one; whether it did.
  ///
  /// Else it puts a number in the place of each argument that is a type.
  mutating func shapeMacroStatement(_ index: Int) -> Bool {
    guard likeness(index) > 0 else { return false }
    let open = index + 1
    let last = close(open)
    let arguments = self.arguments(open)
    guard arguments.contains(where: isStatement) else {
      for argument in arguments where isWrittenType(argument) { replaceWithZero(argument) }
      return false
    }
    uses.append(
      MacroUse(start: tokens[index].start, end: tokens[index].end, argumentCount: Int32(arguments.count)))
    blank(index, through: open)
    for argument in arguments.dropLast() { put(";", at: argument.upperBound) }
    // `EXPECT_DEATH({ f(); }, "x") << "text";`
    put(isByte(last + 1, ";") || isByte(last + 1, "<") ? " " : ";", at: last)
    return true
  }

  /// The tokens of each argument between parentheses.
  private func arguments(_ open: Int) -> [Range<Int>] {
    var arguments: [Range<Int>] = []
    var first = open + 1
    var index = first
    while index <= close(open) {
      if index == close(open) || isByte(index, ",") {
        arguments.append(first..<index)
        first = index + 1
      }
      index = index < close(open) && tokens[index].partner > 0 ? close(index) + 1 : index + 1
    }
    return arguments
  }

  private func isStatement(_ argument: Range<Int>) -> Bool {
    guard let first = argument.first else { return false }
    switch kind(first) {
    case .control, .opener, .jump: return true
    default: return holdsSemicolon(argument) || declares(argument)
    }
  }

  /// At its own level, or in the braces that it is.
  private func holdsSemicolon(_ argument: Range<Int>) -> Bool {
    var index = argument.lowerBound
    if isBrace(index) { index += 1 }
    while index < argument.upperBound {
      if isByte(index, ";") { return true }
      index = tokens[index].partner > 0 ? close(index) + 1 : index + 1
    }
    return false
  }

  /// `Query q(…)`, `lib::Query q = …`, `int x = …`.
  private func declares(_ argument: Range<Int>) -> Bool {
    var index = argument.lowerBound
    while kind(index) == .type || kind(index) == .specifier { index += 1 }
    if index == argument.lowerBound {
      guard kind(index) == .identifier else { return false }
      while isScope(index + 1), kind(index + 3) == .identifier { index += 3 }
      index += 1
    }
    while isByte(index, "*") || isByte(index, "&") { index += 1 }
    guard index < argument.upperBound, kind(index) == .identifier else { return false }
    let isPointer = !tokens[index - 1].isWord
    return isByte(index + 1, "=") && !isByte(index + 2, "=")
      || !isPointer && (isOpen(index + 1) || isBrace(index + 1))
  }

  /// `unsigned short`, `const char *`: a type that the language itself names.
  private func isWrittenType(_ argument: Range<Int>) -> Bool {
    guard let first = argument.first, kind(first) == .type || text(first) == "const" else { return false }
    return argument.allSatisfy { index in
      kind(index) == .type || kind(index) == .specifier || isByte(index, "*") || isByte(index, "&")
        || kind(index) == .identifier && text(first) == "const" || text(index) == "const"
    }
  }

  private mutating func replaceWithZero(_ argument: Range<Int>) {
    let place = Int(tokens[argument.lowerBound].start)
    blank(argument.lowerBound, through: argument.upperBound - 1)
    clean[place] = UInt8(ascii: "0")
  }

  private mutating func put(_ mark: Unicode.Scalar, at index: Int) {
    clean[Int(tokens[index].start)] = UInt8(ascii: mark)
    tokens[index].byte = mark == " " ? 0 : UInt8(ascii: mark)
    tokens[index].kind = mark == " " ? .blank : .punctuation
    tokens[index].partner = 0
  }
}

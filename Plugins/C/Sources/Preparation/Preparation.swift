import CodiraCFamily
import CodiraAnalyzerKit

/// A source made ready for its grammar: the same length, with directives, comments, dead branches and what
/// macros add blanked; and what was found on the way.
struct Preparation {
  let comments: [ByteSpan]
  let directives: [Directive]
  let uses: [MacroUse]
  /// By the first byte of a declaration that the grammar sees: where it begins with the macros before it.
  let starts: [UInt32: UInt32]
  /// By the first byte of a name: the macro around it that makes the real one, `PREFIXED(name)`.
  let pastedNames: [UInt32: ByteSpan]
  let tooDeep: ByteSpan?
  /// What the grammar sees.
  let bytes: UnsafeRawBufferPointer

  /// `buffer` is the memory for the copy: it must outlive the value.
  init(_ source: Source, buffer: UnsafeMutableRawBufferPointer) {
    buffer.copyMemory(from: source.bytes)
    let clean = UnsafeMutableRawBufferPointer(rebasing: buffer[..<source.bytes.count])
    var lexer = Lexer(source.bytes, clean: clean)
    lexer.run()
    var directives = lexer.directives
    let tokens = Conditionals.apply(lexer, &directives)
    var shaper = Shaper(lexer, tokens: tokens)
    shaper.run()
    comments = lexer.comments
    uses = shaper.uses
    starts = shaper.starts
    tooDeep = shaper.tooDeep
    pastedNames = shaper.pastedNames
    bytes = UnsafeRawBufferPointer(clean)
    self.directives = directives
  }
}

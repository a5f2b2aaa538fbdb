import CodiraAnalyzerKit
import CodiraCFamily

/// A use of a macro that the grammar does not see: `DECLARE_LIST(item)` at file scope.
struct MacroUse {
  var start: UInt32
  var end: UInt32
  var argumentCount: Int32
}

/// Memory for what the grammar sees, used again for every file.
final class PreparationMemory {
  private var buffers = [UnsafeMutableRawBufferPointer](
    repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0), count: 2)

  deinit {
    for buffer in buffers { buffer.deallocate() }
  }

  /// A copy of `bytes`, valid until the next copy of that number.
  func copy(_ bytes: UnsafeRawBufferPointer, number: Int) -> UnsafeMutableRawBufferPointer {
    if buffers[number].count < bytes.count + 1 {
      buffers[number].deallocate()
      buffers[number] = .allocate(byteCount: max(bytes.count * 2, 1 << 16), alignment: 8)
    }
    buffers[number].copyMemory(from: bytes)
    return UnsafeMutableRawBufferPointer(rebasing: buffers[number][..<bytes.count])
  }
}

/// A source made ready for its grammar: with directives, comments, dead branches and what macros add blanked,
/// and with known macros replaced; and what was found on the way.
struct Preparation {
  /// In the source.
  let comments: [ByteSpan]
  let directives: [Directive]
  /// In the source.
  let replaced: [MacroUse]
  /// In what the grammar sees.
  let blanked: [MacroUse]
  let tooDeep: ByteSpan?
  let places: PlaceMap
  /// What the grammar sees; valid until the memory is used again.
  let bytes: UnsafeRawBufferPointer

  init(_ source: Source, macros: MacroTable, memory: PreparationMemory) {
    let clean = memory.copy(source.bytes, number: 0)
    var lexer = Lexer(source.bytes, clean: clean, isCpp: true)
    lexer.run()
    var directives = lexer.directives
    var tokens = Conditionals.apply(lexer, &directives)
    comments = lexer.comments
    self.directives = directives
    var macros = macros
    OwnMacros.add(directives, source.bytes, to: &macros)
    if let expansion = Expansion(UnsafeRawBufferPointer(clean), tokens: tokens, macros: macros) {
      let seen = expansion.text.withUnsafeBytes { memory.copy($0, number: 1) }
      var again = Lexer(UnsafeRawBufferPointer(seen), clean: seen, isCpp: true)
      again.run()
      tokens = again.tokens
      places = expansion.places
      replaced = expansion.uses
      bytes = UnsafeRawBufferPointer(seen)
      var shaper = Shaper(seen, tokens: tokens)
      shaper.run()
      blanked = shaper.uses
      tooDeep = shaper.tooDeep.map { expansion.places.source($0) }
    } else {
      places = PlaceMap()
      replaced = []
      bytes = UnsafeRawBufferPointer(clean)
      var shaper = Shaper(clean, tokens: tokens)
      shaper.run()
      blanked = shaper.uses
      tooDeep = shaper.tooDeep
    }
  }
}

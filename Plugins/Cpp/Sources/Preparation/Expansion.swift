import CodiraAnalyzerKit
import CodiraCFamily

/// Replaces known macros in a source whose comments and directives are blank already.
struct Expansion {
  private(set) var text: [UInt8] = []
  private(set) var places = PlaceMap()
  /// The macros' names where they were used.
  private(set) var uses: [MacroUse] = []
  private let clean: UnsafeRawBufferPointer
  private let tokens: [Token]
  private let macros: MacroTable
  private var copied = 0

  /// nil where none is used.
  init?(_ clean: UnsafeRawBufferPointer, tokens: [Token], macros: MacroTable) {
    self.clean = clean
    self.tokens = tokens
    self.macros = macros
    var index = 0
    while index < tokens.count {
      index = replace(index)
    }
    guard !uses.isEmpty else { return nil }
    copy(to: clean.count)
  }

  private mutating func replace(_ index: Int) -> Int {
    let token = tokens[index]
    guard token.kind == .identifier, let macro = macros[word(token)] else { return index + 1 }
    var end = index + 1
    var arguments: [Range<Int>] = []
    if macro.takesArguments {
      guard end < tokens.count, tokens[end].isPunctuation("("), let close = closing(end) else { return end }
      arguments = split(end + 1, close)
      end = close + 1
    }
    copy(to: Int(token.start))
    let span = ByteSpan(start: token.start, end: tokens[end - 1].end)
    uses.append(MacroUse(start: token.start, end: token.end, argumentCount: Int32(arguments.count)))
    write(macro.replacement, arguments, ByteSpan(start: token.start, end: token.end), span)
    copied = Int(span.end)
    return end
  }

  private func word(_ token: Token) -> Text {
    Text(UnsafeRawBufferPointer(rebasing: clean[Int(token.start)..<Int(token.end)]))
  }

  private func closing(_ open: Int) -> Int? {
    var depth = 0
    for index in open..<min(tokens.count, open + 400) {
      if tokens[index].isPunctuation("(") { depth += 1 }
      if tokens[index].isPunctuation(")") {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  /// The bytes of each argument; commas in brackets separate nothing.
  private func split(_ start: Int, _ end: Int) -> [Range<Int>] {
    guard start < end else { return [] }
    var arguments: [Range<Int>] = []
    var first = start
    var depth = 0
    for index in start...end {
      switch tokens[index].byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      let isComma = depth == 0 && tokens[index].isPunctuation(",")
      guard isComma || index == end else { continue }
      if first < index { arguments.append(Int(tokens[first].start)..<Int(tokens[index - 1].end)) }
      first = index + 1
    }
    return arguments
  }

  private mutating func copy(to end: Int) {
    guard end > copied else { return }
    places.copy(at: text.count, from: UInt32(copied))
    text.append(contentsOf: clean[copied..<end])
    copied = end
  }

  private mutating func write(
    _ replacement: [UInt8], _ arguments: [Range<Int>], _ name: ByteSpan, _ whole: ByteSpan
  ) {
    places.replace(at: text.count, name)
    var index = 0
    while index < replacement.count {
      let byte = replacement[index]
      guard byte == UInt8(ascii: "$"), index + 1 < replacement.count,
        replacement[index + 1] >= UInt8(ascii: "0"), replacement[index + 1] <= UInt8(ascii: "9")
      else {
        text.append(byte)
        index += 1
        continue
      }
      let number = Int(replacement[index + 1] - UInt8(ascii: "0"))
      index += 2
      for argument in number == 0 ? arguments : Array(arguments.dropFirst(number - 1).prefix(1)) {
        // Pasted into a name, it is the macro's; else it stays where it was written.
        let isPasted =
          (index < replacement.count && Lexer.isWordByte(replacement[index]))
          || (text.last.map(Lexer.isWordByte) ?? false)
        if !isPasted { places.copy(at: text.count, from: UInt32(argument.lowerBound)) }
        text.append(contentsOf: clean[argument].map { $0 == 0x0A ? 0x20 : $0 })
        if !isPasted { places.replace(at: text.count, name) }
        if number == 0 { text.append(UInt8(ascii: ",")) }
      }
    }
    // Lines behind it begin where they did.
    text.append(0x20)
  }
}

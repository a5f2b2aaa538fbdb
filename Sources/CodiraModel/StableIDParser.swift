/// Why a text is no stable id, and at which byte.
public struct StableIDError: Error, Equatable {
  public let expected: String
  public let offset: Int
}

extension StableID {
  /// The language and the descriptors of the id; throws where the grammar of `codira_analyzer.h` does not hold.
  ///
  /// Whatever parses prints to the same bytes again, but for back-ticks inside a callable's parentheses, which
  /// authors may set more freely than `StableIDWriter` does.
  public func parse() throws(StableIDError) -> (language: String, descriptors: [StableIDDescriptor]) {
    var parser = StableIDParser(bytes: Array(text.utf8))
    return try parser.parse()
  }

  /// Whether the id follows the grammar.
  public var isWellFormed: Bool { (try? parse()) != nil }

  static func isSimple(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "$"):
      true
    default: false
    }
  }
}

private struct StableIDParser {
  typealias Mark = StableIDDescriptor.Mark

  let bytes: [UInt8]
  var offset = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func parse() throws(StableIDError) -> (language: String, descriptors: [StableIDDescriptor]) {
    while let byte = peek, byte != UInt8(ascii: " ") {
      guard isLanguage(byte) else { throw expected("a lower-case letter, a digit or `-`") }
      offset += 1
    }
    guard offset > 0 else { throw expected("a language") }
    let language = text(0..<offset)
    try take(" ", "a space after the language")
    var descriptors: [StableIDDescriptor] = []
    while peek != nil { descriptors.append(try descriptor()) }
    return (language, descriptors)
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func descriptor() throws(StableIDError) -> StableIDDescriptor {
    if peek == UInt8(ascii: "(") { return try enclosed(.parameter, closing: ")") }
    if peek == UInt8(ascii: "[") { return try enclosed(.typeParameter, closing: "]") }
    let (name, mark) = try name()
    let kind: StableIDDescriptor.Kind
    switch peek {
    case UInt8(ascii: "/"): kind = .namespace
    case UInt8(ascii: "#"): kind = .type
    case UInt8(ascii: "."): kind = .term
    case UInt8(ascii: "!"): kind = .macro
    case UInt8(ascii: "(") where mark == nil: return try callable(name)
    default: throw expected("one of / # . ! after a name, or ( after a name without a mark")
    }
    offset += 1
    return StableIDDescriptor(kind, name, mark: mark)
  }

  private mutating func enclosed(
    _ kind: StableIDDescriptor.Kind, closing: Unicode.Scalar
  ) throws(StableIDError) -> StableIDDescriptor {
    offset += 1
    let (name, mark) = try name()
    try take(closing, "`\(closing)`")
    return StableIDDescriptor(kind, name, mark: mark)
  }

  private mutating func callable(_ name: String) throws(StableIDError) -> StableIDDescriptor {
    offset += 1
    var overload: [UInt8] = []
    var mark: Mark?
    while let byte = peek, byte != UInt8(ascii: ")") {
      if byte == UInt8(ascii: "`") {
        offset += 1
        let (quoted, quotedMark) = try quotedName()
        guard quotedMark == nil else { throw expected("no mark inside the back-ticks of a callable") }
        overload.append(contentsOf: quoted)
      } else if byte == UInt8(ascii: ";"), !isDoubled(byte) {
        mark = try self.mark(until: ")")
        break
      } else {
        overload.append(byte)
        offset += byte == UInt8(ascii: ";") ? 2 : 1
      }
    }
    try take(")", "`)` after the parameters")
    try take(".", "`.` after a callable")
    return StableIDDescriptor(
      .callable, name, overload: String(decoding: overload, as: UTF8.self), mark: mark)
  }

  private mutating func name() throws(StableIDError) -> (name: String, mark: Mark?) {
    let start = offset
    if peek == UInt8(ascii: "`") {
      offset += 1
      let (name, mark) = try quotedName()
      if mark == nil, !name.isEmpty, name.allSatisfy(StableID.isSimple) {
        offset = start
        throw expected("no back-ticks around a simple name")
      }
      guard !name.isEmpty else { throw expected("a name between the back-ticks") }
      return (String(decoding: name, as: UTF8.self), mark)
    }
    while let byte = peek, StableID.isSimple(byte) { offset += 1 }
    guard offset > start else { throw expected("a name") }
    return (text(start..<offset), nil)
  }

  /// From behind the opening back-tick to behind the closing one.
  private mutating func quotedName() throws(StableIDError) -> (name: [UInt8], mark: Mark?) {
    var name: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "`") where !isDoubled(byte):
        offset += 1
        return (name, nil)
      case UInt8(ascii: ";") where !isDoubled(byte):
        let mark = try mark(until: "`")
        try take("`", "a closing back-tick")
        return (name, mark)
      case UInt8(ascii: "`"), UInt8(ascii: ";"): offset += 2
      default: offset += 1
      }
      name.append(byte)
    }
    throw expected("a closing back-tick")
  }

  /// From `;` up to, not including, `closing`.
  private mutating func mark(until closing: Unicode.Scalar) throws(StableIDError) -> Mark {
    offset += 1
    let start = offset
    while let byte = peek, StableID.isSimple(byte) { offset += 1 }
    let mark = text(start..<offset)
    guard peek == UInt8(ascii: closing), !mark.isEmpty else { throw expected("a role or an ordinal") }
    guard mark.hasPrefix("+") else { return .role(mark) }
    guard let ordinal = Int(mark.dropFirst()), ordinal > 0, mark == "+\(ordinal)" else {
      throw expected("an ordinal from 1")
    }
    return .ordinal(ordinal)
  }

  private func isDoubled(_ byte: UInt8) -> Bool { offset + 1 < bytes.count && bytes[offset + 1] == byte }

  private mutating func take(_ scalar: Unicode.Scalar, _ what: String) throws(StableIDError) {
    guard peek == UInt8(ascii: scalar) else { throw expected(what) }
    offset += 1
  }

  private func isLanguage(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func expected(_ what: String) -> StableIDError { StableIDError(expected: what, offset: offset) }
}

import CodiraModel

/// Artifacts as `ArtifactSink` lays them out; kinds and flags must be known, the rest is checked by the decoder.
extension ByteReader {
  mutating func readSymbol() throws(ByteReaderError) -> Symbol {
    let kind = try readNumber(as: SymbolKind.self, "a kind of symbol")
    let visibility = try readNumber(as: Visibility.self, "a visibility")
    let flags = try readUInt32()
    guard flags < 512 else { throw ByteReaderError(expected: "symbol flags, not \(flags)", offset: offset) }
    let (fewest, most) = (try readInt32(), try readInt32())
    let (id, parent) = (try readString(), try readString())
    var symbol = Symbol(
      id: StableID(id), parent: StableID(parent), kind: kind, visibility: visibility,
      flags: SymbolFlags(rawValue: flags), name: try readString(), qualifiedName: try readString(),
      signature: try readString(), documentation: try readString(), range: try readRange(),
      nameRange: try readRange(), parametersMin: fewest, parametersMax: most, aliases: try readCandidates())
    for _ in 0..<(try readCount(minimumSize: 2)) {
      symbol.valueTypes.append(ValueTypeEntry(path: try readMembers(), candidates: try readCandidates()))
    }
    for _ in 0..<(try readCount(minimumSize: 2)) {
      symbol.payload.append(ByteSpan(start: try readUInt32(), end: try readUInt32()))
    }
    return symbol
  }

  mutating func readDocumentation() throws(ByteReaderError) -> Documentation {
    let (id, owner) = (try readString(), try readString())
    let (format, text) = (try readString(), try readString())
    let range = try readRange()
    return Documentation(
      id: StableID(id), owner: StableID(owner), format: format, headings: try readStrings(), text: text,
      range: range)
  }

  mutating func readDiagnostic() throws(ByteReaderError) -> Diagnostic {
    Diagnostic(
      severity: try readNumber(as: Diagnostic.Severity.self, "a severity"), code: try readString(),
      message: try readString(), range: try readRange())
  }

  private mutating func readCandidates() throws(ByteReaderError) -> [Candidate] {
    var candidates: [Candidate] = []
    for _ in 0..<(try readCount(minimumSize: 3)) {
      let root = try readString()
      let flags = try readUInt32()
      guard flags < 8 else {
        throw ByteReaderError(expected: "candidate flags, not \(flags)", offset: offset)
      }
      candidates.append(
        Candidate(root: StableID(root), members: try readMembers(), flags: Candidate.Flags(rawValue: flags)))
    }
    return candidates
  }

  private mutating func readMembers() throws(ByteReaderError) -> [String] {
    let members = try readStrings()
    guard members.count <= Candidate.Step.limit else {
      throw ByteReaderError(
        expected: "at most \(Candidate.Step.limit) members, not \(members.count)", offset: offset)
    }
    return members
  }

  private mutating func readRange() throws(ByteReaderError) -> SourceRange {
    SourceRange(start: try readPosition(), end: try readPosition())
  }

  private mutating func readPosition() throws(ByteReaderError) -> SourcePosition {
    SourcePosition(offset: try readUInt32(), line: try readUInt32(), column: try readUInt32())
  }

  private mutating func readInt32() throws(ByteReaderError) -> Int32 {
    guard let value = Int32(exactly: try readSigned()) else {
      throw ByteReaderError(expected: "a number of 32 bits", offset: offset)
    }
    return value
  }

  private mutating func readNumber<Value: RawRepresentable<UInt8>>(
    as type: Value.Type, _ what: String
  ) throws(ByteReaderError) -> Value {
    let number = try readUInt32()
    guard let value = UInt8(exactly: number).flatMap(Value.init(rawValue:)) else {
      throw ByteReaderError(expected: "\(what), not \(number)", offset: offset)
    }
    return value
  }
}

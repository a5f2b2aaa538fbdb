import CodiraModel

/// A symbol as stored: the analyzer's value without its payload spans, and where the row stands.
package struct SymbolRow: Equatable, Sendable {
  /// `file << 20 | ordinal`; means nothing outside this database, but orders symbols as their files do.
  package var id: Int64
  package var symbol: Symbol
  /// The row of its embedded text; nil for a symbol that is not embedded.
  package var payload: Int64?
  /// The generation in which its payload last changed, and the planner's number for what happened.
  package var generation: Int64
  package var reason: UInt8

  package var file: Int64 { id >> SymbolRow.ordinalBits }

  static let ordinalBits: Int64 = UnitID.ordinalBits
  /// Symbols a file may have.
  package static let limit = Int(UnitID.firstChunk)

  static func ids(of file: Int64) -> ClosedRange<Int64> { UnitID.ids(of: file) }

  static let columns = """
    id, stable_id, parent_id, kind, visibility, flags, name, qualified_name, signature, documentation, \
    places, parameters_min, parameters_max, facts, payload, generation, reason
    """

  /// The same without what the resolver never asks for: texts for people, the payload, the row's history.
  static let factColumns = """
    id, stable_id, parent_id, kind, visibility, flags, name, '', '', '', places, parameters_min, \
    parameters_max, facts, NULL, 0, 0
    """

  /// The same without anything but what tells symbols apart.
  static let outlineColumns = """
    id, stable_id, '', kind, 0, flags, name, '', '', '', places, 0, 0, NULL, NULL, 0, 0
    """

  init(_ row: SQLStatement) throws {
    id = row.int(0)
    let places = try PlacesCodec.unpack(row.bytes(10))
    symbol = Symbol(
      id: StableID(row.text(1)), parent: StableID(row.text(2)),
      kind: SymbolKind(rawValue: UInt8(truncatingIfNeeded: row.int(3))) ?? .variable,
      visibility: Visibility(rawValue: UInt8(truncatingIfNeeded: row.int(4))) ?? .unknown,
      flags: SymbolFlags(rawValue: UInt32(truncatingIfNeeded: row.int(5))), name: row.text(6),
      qualifiedName: row.text(7), signature: row.text(8), documentation: row.text(9), range: places.whole,
      nameRange: places.name, parametersMin: Int32(truncatingIfNeeded: row.int(11)),
      parametersMax: Int32(truncatingIfNeeded: row.int(12)))
    if !row.isNull(13) { try FactsCodec.unpack(row.bytes(13), into: &symbol) }
    payload = row.isNull(14) ? nil : row.int(14)
    generation = row.int(15)
    reason = UInt8(truncatingIfNeeded: row.int(16))
  }
}

/// The two ranges of a symbol, packed.
enum PlacesCodec {
  static func pack(_ symbol: Symbol, into writer: inout ByteWriter) {
    write(symbol.range, into: &writer)
    write(symbol.nameRange, into: &writer)
  }

  static func write(_ range: SourceRange, into writer: inout ByteWriter) {
    for place in [range.start, range.end] {
      writer.write(place.offset)
      writer.write(place.line)
      writer.write(place.column)
    }
  }

  static func unpack(_ bytes: UnsafeRawBufferPointer) throws(ByteReaderError) -> (
    whole: SourceRange, name: SourceRange
  ) {
    var reader = ByteReader(bytes)
    return (try readRange(&reader), try readRange(&reader))
  }

  static func readRange(_ reader: inout ByteReader) throws(ByteReaderError) -> SourceRange {
    SourceRange(start: try readPosition(&reader), end: try readPosition(&reader))
  }

  private static func readPosition(_ reader: inout ByteReader) throws(ByteReaderError) -> SourcePosition {
    SourcePosition(
      offset: try reader.readUInt32(), line: try reader.readUInt32(), column: try reader.readUInt32())
  }
}

/// A symbol's aliases and value types, packed.
enum FactsCodec {
  /// Writes nothing where there are none.
  static func pack(_ symbol: Symbol, into writer: inout ByteWriter) {
    if symbol.aliases.isEmpty, symbol.valueTypes.isEmpty { return }
    write(symbol.aliases, into: &writer)
    writer.write(symbol.valueTypes.count)
    for entry in symbol.valueTypes {
      writer.write(entry.path.count)
      for step in entry.path { writer.write(step) }
      write(entry.candidates, into: &writer)
    }
  }

  static func unpack(_ bytes: UnsafeRawBufferPointer, into symbol: inout Symbol) throws(ByteReaderError) {
    var reader = ByteReader(bytes)
    symbol.aliases = try readCandidates(&reader)
    for _ in 0..<(try reader.readCount(minimumSize: 2)) {
      var path: [String] = []
      for _ in 0..<(try reader.readCount()) { path.append(try reader.readString()) }
      symbol.valueTypes.append(ValueTypeEntry(path: path, candidates: try readCandidates(&reader)))
    }
  }

  /// The aliases alone.
  static func unpackAliases(_ bytes: UnsafeRawBufferPointer) throws(ByteReaderError) -> [Candidate] {
    var reader = ByteReader(bytes)
    return try readCandidates(&reader)
  }

  private static func write(_ candidates: [Candidate], into writer: inout ByteWriter) {
    writer.write(candidates.count)
    for candidate in candidates {
      writer.write(candidate.root.text)
      writer.write(candidate.flags.rawValue)
      writer.write(candidate.members.count)
      for member in candidate.members { writer.write(member) }
    }
  }

  private static func readCandidates(_ reader: inout ByteReader) throws(ByteReaderError) -> [Candidate] {
    var candidates: [Candidate] = []
    for _ in 0..<(try reader.readCount(minimumSize: 3)) {
      var candidate = Candidate(root: StableID(try reader.readString()))
      candidate.flags = Candidate.Flags(rawValue: try reader.readUInt32())
      for _ in 0..<(try reader.readCount()) { candidate.members.append(try reader.readString()) }
      candidates.append(candidate)
    }
    return candidates
  }
}

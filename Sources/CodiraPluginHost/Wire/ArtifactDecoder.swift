import CodiraModel

/// What broke the contract between host and analyzer, and where.
struct ProtocolViolation: Error, Equatable {
  let detail: String

  init(_ detail: String) { self.detail = detail }

  init(_ error: ByteReaderError, in part: String) {
    detail = "\(part): expected \(error.expected) at byte \(error.offset) of the answer"
  }
}

/// What an analyzer answered for a file.
enum AnalyzerAnswer: Equatable {
  case artifacts(FileArtifacts)
  case notMine
  case failed(message: String)
}

/// Turns a worker's answer into artifacts, believing nothing: every length, kind, id, range and count is checked.
struct ArtifactDecoder {
  private var reader: ByteReader
  private let lines: LineTable
  private let language: String
  private var identifiers: Set<String> = []

  /// `reader` stands behind kind and sequence number.
  init(_ reader: ByteReader, source: UnsafeRawBufferPointer, language: String) {
    self.reader = reader
    self.language = language
    lines = LineTable(source)
  }

  mutating func decode() throws(ProtocolViolation) -> AnalyzerAnswer {
    let result = try read("result") { reader throws(ByteReaderError) in try reader.readSigned() }
    let message = try read("message") { reader throws(ByteReaderError) in try reader.readString() }
    let symbols = try readSymbols()
    let references = try readReferences()
    let documentation = try readDocumentation()
    let diagnostics = try readDiagnostics()
    guard reader.isAtEnd else { throw ProtocolViolation("\(reader.remaining) bytes stand behind the answer") }
    switch result {
    case 0, 1:
      return .artifacts(
        FileArtifacts(
          isPartial: result == 1, symbols: symbols, references: references, documentation: documentation,
          diagnostics: diagnostics))
    case 2: return .notMine
    case 3: return .failed(message: message)
    default: throw ProtocolViolation("analyze() returned \(result), which nothing stands for")
    }
  }

  /// How many of a kind a source may give: one a byte, and some for an empty one.
  private mutating func readCount(_ what: String, perByte: Int = 1) throws(ProtocolViolation) -> Int {
    let limit = perByte * lines.byteCount + 1024
    let count = try read(what) { reader throws(ByteReaderError) in try reader.readCount() }
    guard count <= limit else {
      throw ProtocolViolation(
        "\(count) \(what) in a source of \(lines.byteCount) bytes, at most \(limit) are taken")
    }
    return count
  }

  private mutating func read<Value>(
    _ part: String, _ body: (inout ByteReader) throws(ByteReaderError) -> Value
  ) throws(ProtocolViolation) -> Value {
    do throws(ByteReaderError) { return try body(&reader) } catch { throw ProtocolViolation(error, in: part) }
  }
}

// Symbols.
extension ArtifactDecoder {
  private mutating func readSymbols() throws(ProtocolViolation) -> [Symbol] {
    let count = try readCount("symbols")
    var symbols: [Symbol] = []
    symbols.reserveCapacity(min(count, 4096))
    identifiers.reserveCapacity(min(count, 4096))
    for index in 0..<count {
      let symbol: Symbol
      do throws(ByteReaderError) {
        symbol = try reader.readSymbol()
      } catch { throw ProtocolViolation(error, in: "symbol \(index)") }
      if let fault = fault(in: symbol) { throw ProtocolViolation("symbol \(index) `\(symbol.id)`: \(fault)") }
      symbols.append(symbol)
    }
    return symbols
  }

  private mutating func fault(in symbol: Symbol) -> String? {
    if let fault = IdentifierRule.fault(in: symbol.id.text, language: language) { return "id: \(fault)" }
    if !symbol.parent.isEmpty, let fault = IdentifierRule.fault(in: symbol.parent.text, language: language) {
      return "parent: \(fault)"
    }
    if symbol.parent == symbol.id { return "it is its own parent" }
    if !identifiers.insert(symbol.id.text).inserted { return "another symbol of this file has this id" }
    if let fault = lines.fault(in: symbol.range) { return "range: \(fault)" }
    if let fault = lines.fault(in: symbol.nameRange) { return "name range: \(fault)" }
    if symbol.parametersMin < 0 || symbol.parametersMax < -1 {
      return "it takes \(symbol.parametersMin) to \(symbol.parametersMax) parameters"
    }
    if let fault = faultInPayload(of: symbol) { return "payload: \(fault)" }
    for alias in symbol.aliases {
      if let fault = fault(in: alias, isValueType: false) { return "alias: \(fault)" }
    }
    for entry in symbol.valueTypes {
      if let step = entry.path.first(where: { !Candidate.Step.isReserved($0) }) {
        return "value type: `\(step)` is no reserved step"
      }
      for candidate in entry.candidates {
        if let fault = fault(in: candidate, isValueType: true) { return "value type: \(fault)" }
      }
    }
    return nil
  }

  private func fault(in candidate: Candidate, isValueType: Bool) -> String? {
    if candidate.flags.contains(.receiver) {
      if !isValueType { return "RECEIVER is for value types" }
      return candidate.root.isEmpty
        ? nil : "the root of a RECEIVER candidate is empty, not `\(candidate.root)`"
    }
    return candidate.flags.contains(.external) ? nil : IdentifierRule.fault(in: candidate.root.text)
  }

  private func faultInPayload(of symbol: Symbol) -> String? {
    var end: UInt32 = 0
    for span in symbol.payload {
      guard span.start < span.end, Int(span.end) <= lines.byteCount else {
        return "bytes \(span.start) to \(span.end) of a source of \(lines.byteCount)"
      }
      guard span.start >= end else { return "byte \(span.start) comes after byte \(end)" }
      end = span.end
    }
    return nil
  }
}

// References, documentation, diagnostics.
extension ArtifactDecoder {
  private mutating func readReferences() throws(ProtocolViolation) -> PackedReferences {
    let bytes = try read("references") { reader throws(ByteReaderError) in try reader.readBytes() }
    let rules = ReferenceRules(
      ownerFault: { [identifiers] in
        identifiers.contains($0) ? nil : "no symbol of this file has the id `\($0)`"
      },
      rootFault: { IdentifierRule.fault(in: $0) })
    do throws(ReferenceFault) {
      return try PackedReferences(validating: bytes, lines: lines, rules: rules)
    } catch {
      guard let index = error.index else { throw ProtocolViolation("references: \(error.detail)") }
      throw ProtocolViolation("reference \(index) `\(error.name)`: \(error.detail)")
    }
  }

  private mutating func readDocumentation() throws(ProtocolViolation) -> [Documentation] {
    var values: [Documentation] = []
    for index in 0..<(try readCount("pieces of documentation")) {
      let value = try read("documentation \(index)") { reader throws(ByteReaderError) in
        try reader.readDocumentation()
      }
      let fault =
        IdentifierRule.fault(in: value.id.text, language: language)
        ?? (value.owner.isEmpty ? nil : IdentifierRule.fault(in: value.owner.text, language: language))
        ?? lines.fault(in: value.range)
      if let fault { throw ProtocolViolation("documentation \(index) `\(value.id)`: \(fault)") }
      values.append(value)
    }
    return values
  }

  private mutating func readDiagnostics() throws(ProtocolViolation) -> [Diagnostic] {
    var values: [Diagnostic] = []
    for index in 0..<(try readCount("diagnostics")) {
      let value = try read("diagnostic \(index)") { reader throws(ByteReaderError) in
        try reader.readDiagnostic()
      }
      if let fault = lines.fault(in: value.range) { throw ProtocolViolation("diagnostic \(index): \(fault)") }
      values.append(value)
    }
    return values
  }
}

import CCodiraAnalyzer
import CodiraModel
import Glibc

/// Copies what an analyzer reports into a frame.
///
/// It checks what it must to read and write safely; everything else is for the host to judge, which trusts
/// nothing that comes out of this process.
final class ArtifactSink {
  private let channel: WorkerChannel
  private var sequence: UInt64 = 0
  private var isOpen = false
  private var violation: String?
  private var message = ByteWriter()
  private var limit = 0
  private var symbolCount = 0
  private var referenceCount = 0
  private var documentationCount = 0
  private var diagnosticCount = 0
  private var symbols = ByteWriter(capacity: 1 << 14)
  private var references = ReferencePacker()
  private var documentation = ByteWriter()
  private var diagnostics = ByteWriter()
  /// What the analyzer calls.
  private(set) var functions = codira_sink()

  init(_ channel: WorkerChannel) {
    self.channel = channel
    functions = codira_sink(
      size: MemoryLayout<codira_sink>.size, context: Unmanaged.passUnretained(self).toOpaque(),
      symbol: { ArtifactSink.at($0).take(symbol: $1) },
      reference: { ArtifactSink.at($0).take(reference: $1) },
      documentation: { ArtifactSink.at($0).take(documentation: $1) },
      diagnostic: { ArtifactSink.at($0).take(diagnostic: $1) },
      message: { ArtifactSink.at($0).take(message: $1) },
      should_stop: { ArtifactSink.at($0).violation == nil ? 0 : 1 })
  }

  func open(sequence: UInt64, sourceSize: Int) {
    self.sequence = sequence
    limit = AnalyzerLimits.output(forSource: sourceSize)
    violation = nil
    (symbolCount, referenceCount, documentationCount, diagnosticCount) = (0, 0, 0, 0)
    symbols.removeAll()
    references.removeAll()
    documentation.removeAll()
    diagnostics.removeAll()
    message.removeAll()
    isOpen = true
  }

  /// Sends what was taken, or the first violation.
  func close(result: Int32) {
    isOpen = false
    if size > limit { exceedLimit() }
    var head = ByteWriter(capacity: 64)
    if let violation {
      head.write(WireKind.violation.rawValue)
      head.write(sequence)
      head.write(violation)
      return channel.send(head.bytes)
    }
    head.write(WireKind.artifacts.rawValue)
    head.write(sequence)
    head.writeSigned(Int64(result))
    head.append(message.bytes.isEmpty ? [0] : message.bytes)
    head.write(symbolCount)
    var tail = ByteWriter(capacity: documentation.bytes.count + diagnostics.bytes.count + 16)
    tail.write(documentationCount)
    tail.append(documentation.bytes)
    tail.write(diagnosticCount)
    tail.append(diagnostics.bytes)
    let packed = references.finish()
    var length = ByteWriter()
    length.write(packed.bytes.count)
    channel.send(head.bytes, symbols.bytes, length.bytes, packed.bytes, tail.bytes)
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> ArtifactSink {
    Unmanaged<ArtifactSink>.fromOpaque(context!).takeUnretainedValue()
  }

  /// Bytes taken of this source so far.
  private var size: Int {
    symbols.bytes.count + references.byteCount + documentation.bytes.count + diagnostics.bytes.count
      + message.bytes.count
  }

  private func violate(_ detail: String) {
    if violation == nil { violation = detail }
  }

  /// Tells the host and ends the process: nothing this source could still give is wanted.
  private func exceedLimit() -> Never {
    var answer = ByteWriter()
    answer.write(WireKind.outputLimit.rawValue)
    answer.write(sequence)
    channel.send(answer.bytes)
    _exit(0)
  }

  /// The text's bytes if they can be read at all.
  private func bytes(_ text: codira_string) -> UnsafeRawBufferPointer {
    if text.length > limit || text.length < 0 { exceedLimit() }
    if text.data == nil, text.length > 0 {
      violate("a string of \(text.length) bytes has no data")
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return text.bytes
  }

  /// The elements if they can be read at all.
  private func elements<Element>(
    _ start: UnsafePointer<Element>?, _ count: UInt32, _ what: StaticString
  ) -> UnsafeBufferPointer<Element> {
    if Int(count) > limit { exceedLimit() }
    if start == nil, count > 0 {
      violate("\(what): \(count) elements and no pointer")
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: start, count: Int(count))
  }

  /// Whether an artifact can be read: it is there, whole, and the sink is open.
  private func accepts<Value>(
    _ value: UnsafePointer<Value>?, size: Int?, _ what: StaticString, _ index: Int
  ) -> Bool {
    guard isOpen, violation == nil else { return false }
    if self.size > limit { exceedLimit() }
    let expected = MemoryLayout<Value>.size
    guard let size else {
      violate("\(what) \(index) is NULL")
      return false
    }
    if size < expected { violate("\(what) \(index): its size is \(size), ABI 1 has \(expected) bytes") }
    return violation == nil
  }
}

// One function an artifact; each writes in the order that `ArtifactDecoder` reads.
extension ArtifactSink {
  private func take(symbol: UnsafePointer<codira_symbol>?) {
    guard accepts(symbol, size: symbol?.pointee.size, "symbol", symbolCount), let symbol else { return }
    symbolCount += 1
    symbols.write(symbol.pointee.kind)
    symbols.write(symbol.pointee.visibility)
    symbols.write(symbol.pointee.flags)
    symbols.writeSigned(Int64(symbol.pointee.parameters_min))
    symbols.writeSigned(Int64(symbol.pointee.parameters_max))
    symbols.write(bytes(symbol.pointee.id))
    symbols.write(bytes(symbol.pointee.parent))
    symbols.write(bytes(symbol.pointee.name))
    symbols.write(bytes(symbol.pointee.qualified_name))
    symbols.write(bytes(symbol.pointee.signature))
    symbols.write(bytes(symbol.pointee.documentation))
    symbols.write(symbol.pointee.range)
    symbols.write(symbol.pointee.name_range)
    write(elements(symbol.pointee.aliases, symbol.pointee.alias_count, "aliases"))
    let types = elements(symbol.pointee.value_types, symbol.pointee.value_type_count, "value_types")
    symbols.write(types.count)
    for entry in types {
      let path = elements(entry.path, entry.path_count, "value type path")
      symbols.write(path.count)
      for step in path { symbols.write(bytes(step)) }
      write(elements(entry.candidates, entry.candidate_count, "value type candidates"))
    }
    let payload = elements(symbol.pointee.payload, symbol.pointee.payload_count, "payload")
    symbols.write(payload.count)
    for span in payload {
      symbols.write(span.start)
      symbols.write(span.end)
    }
    if size > limit { exceedLimit() }
  }

  private func write(_ candidates: UnsafeBufferPointer<codira_candidate>) {
    symbols.write(candidates.count)
    for candidate in candidates {
      if symbols.bytes.count > limit { exceedLimit() }
      symbols.write(bytes(candidate.root))
      symbols.write(candidate.flags)
      let members = elements(candidate.members, candidate.member_count, "candidate members")
      symbols.write(members.count)
      for member in members { symbols.write(bytes(member)) }
    }
  }

  private func take(reference: UnsafePointer<codira_reference>?) {
    guard accepts(reference, size: reference?.pointee.size, "reference", referenceCount), let reference
    else { return }
    guard let role = Reference.Role(rawValue: UInt8(clamping: reference.pointee.role)),
      let external = Reference.External(rawValue: UInt8(clamping: reference.pointee.external_kind)),
      reference.pointee.flags <= CODIRA_REFERENCE_NO_NAME, reference.pointee.argument_count >= -1
    else { return violate("reference \(referenceCount): \(Self.faultyNumber(reference))") }
    referenceCount += 1
    let hasDetail =
      reference.pointee.argument_count != -1 || external != .none || reference.pointee.external.length > 0
      || reference.pointee.label_count > 0 || reference.pointee.argument_type_count > 0
    references.begin(
      role: role, noName: reference.pointee.flags != 0, hasDetail: hasDetail,
      owner: bytes(reference.pointee.owner), name: bytes(reference.pointee.name),
      receiver: bytes(reference.pointee.receiver), range: SourceRange(reference.pointee.range))
    pack(elements(reference.pointee.candidates, reference.pointee.candidate_count, "candidates"))
    if hasDetail { packDetail(reference, external) }
    if references.byteCount > limit { exceedLimit() }
  }

  private func packDetail(_ reference: UnsafePointer<codira_reference>, _ external: Reference.External) {
    let labels = elements(reference.pointee.labels, reference.pointee.label_count, "labels")
    references.detail(
      argumentCount: reference.pointee.argument_count, externalKind: external,
      external: bytes(reference.pointee.external), labelCount: labels.count)
    for label in labels { references.string(bytes(label)) }
    let arguments = elements(reference.pointee.arguments, reference.pointee.argument_type_count, "arguments")
    references.beginArguments(arguments.count)
    for argument in arguments { pack(elements(argument.candidates, argument.candidate_count, "argument")) }
  }

  private func pack(_ candidates: UnsafeBufferPointer<codira_candidate>) {
    references.beginCandidates(candidates.count)
    for candidate in candidates {
      if references.byteCount > limit { exceedLimit() }
      let members = elements(candidate.members, candidate.member_count, "candidate members")
      references.candidate(root: bytes(candidate.root), flags: candidate.flags, memberCount: members.count)
      for member in members { references.string(bytes(member)) }
    }
  }

  private static func faultyNumber(_ reference: UnsafePointer<codira_reference>) -> String {
    let value = reference.pointee
    if !(1...6).contains(value.role) { return "there is no role \(value.role)" }
    if value.external_kind > 4 { return "there is no external kind \(value.external_kind)" }
    if value.flags > CODIRA_REFERENCE_NO_NAME { return "there are no flags \(value.flags)" }
    return "its argument count is \(value.argument_count)"
  }

  private func take(documentation value: UnsafePointer<codira_documentation>?) {
    guard accepts(value, size: value?.pointee.size, "documentation", documentationCount), let value else { return }
    documentationCount += 1
    documentation.write(bytes(value.pointee.id))
    documentation.write(bytes(value.pointee.owner))
    documentation.write(bytes(value.pointee.format))
    documentation.write(bytes(value.pointee.text))
    documentation.write(value.pointee.range)
    let headings = elements(value.pointee.headings, value.pointee.heading_count, "headings")
    documentation.write(headings.count)
    for heading in headings { documentation.write(bytes(heading)) }
    if size > limit { exceedLimit() }
  }

  private func take(diagnostic: UnsafePointer<codira_diagnostic>?) {
    guard accepts(diagnostic, size: diagnostic?.pointee.size, "diagnostic", diagnosticCount), let diagnostic
    else { return }
    diagnosticCount += 1
    diagnostics.write(diagnostic.pointee.severity)
    diagnostics.write(bytes(diagnostic.pointee.code))
    diagnostics.write(bytes(diagnostic.pointee.message))
    diagnostics.write(diagnostic.pointee.range)
    if size > limit { exceedLimit() }
  }

  private func take(message text: codira_string) {
    guard isOpen else { return }
    message.removeAll()
    message.write(bytes(text))
  }
}

extension SourceRange {
  init(_ range: codira_range) {
    self.init(start: SourcePosition(range.start), end: SourcePosition(range.end))
  }
}

extension SourcePosition {
  init(_ position: codira_position) {
    self.init(offset: position.offset, line: position.line, column: position.column)
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ range: codira_range) {
    write(range.start)
    write(range.end)
  }

  private mutating func write(_ place: codira_position) {
    write(place.offset)
    write(place.line)
    write(place.column)
  }
}

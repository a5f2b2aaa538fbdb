import CCodiraAnalyzer
import CodiraModel

// One function an artifact; each writes in the order that `ArtifactDecoder` reads.
extension ArtifactSink {
  func take(symbol: UnsafePointer<codira_symbol>?) {
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
    if symbols.bytes.count > limit { exceedLimit() }
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

  func take(reference: UnsafePointer<codira_reference>?) {
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

  func take(documentation value: UnsafePointer<codira_documentation>?) {
    guard accepts(value, size: value?.pointee.size, "documentation", documentationCount), let value else {
      return
    }
    documentationCount += 1
    documentation.write(bytes(value.pointee.id))
    documentation.write(bytes(value.pointee.owner))
    documentation.write(bytes(value.pointee.format))
    documentation.write(bytes(value.pointee.text))
    documentation.write(value.pointee.range)
    let headings = elements(value.pointee.headings, value.pointee.heading_count, "headings")
    documentation.write(headings.count)
    for heading in headings { documentation.write(bytes(heading)) }
    if documentation.bytes.count > limit { exceedLimit() }
  }

  func take(diagnostic: UnsafePointer<codira_diagnostic>?) {
    guard accepts(diagnostic, size: diagnostic?.pointee.size, "diagnostic", diagnosticCount), let diagnostic
    else { return }
    diagnosticCount += 1
    diagnostics.write(diagnostic.pointee.severity)
    diagnostics.write(bytes(diagnostic.pointee.code))
    diagnostics.write(bytes(diagnostic.pointee.message))
    diagnostics.write(diagnostic.pointee.range)
    if diagnostics.bytes.count > limit { exceedLimit() }
  }

  func take(message text: codira_string) {
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

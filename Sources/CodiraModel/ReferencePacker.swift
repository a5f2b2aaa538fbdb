/// Builds `PackedReferences`, one reference after the other, from bytes that are only borrowed.
///
///     version, string count, strings, reference count, per reference:
///       role | noName << 3 | hasDetail << 4, owner, name, receiver,
///       offset - previous offset (signed), line - previous line (signed), column,
///       bytes, lines spanned, end column,
///       candidate count, per candidate: root, flags, member count, members
///       and where hasDetail: argument count + 1, external kind, external,
///         label count, labels, typed argument count, per argument: candidate count, candidates
package struct ReferencePacker {
  private var indexes: [String: Int] = [:]
  private var strings = ByteWriter(capacity: 4096)
  private var records = ByteWriter(capacity: 8192)
  private var count = 0
  private var previous = SourcePosition(offset: 0, line: 0, column: 0)

  package init() {}

  package mutating func append(_ reference: Reference) {
    let hasDetail =
      reference.argumentCount != -1 || reference.externalKind != .none || !reference.external.isEmpty
      || !reference.labels.isEmpty || !reference.arguments.isEmpty
    count += 1
    records.write(reference.role.rawValue | (reference.noName ? 8 : 0) | (hasDetail ? 16 : 0))
    write(reference.owner.text)
    write(reference.name)
    write(reference.receiver)
    write(reference.range)
    write(reference.candidates)
    if hasDetail {
      records.write(UInt64(reference.argumentCount + 1))
      records.write(reference.externalKind.rawValue)
      write(reference.external)
      records.write(reference.labels.count)
      for label in reference.labels { write(label) }
      records.write(reference.arguments.count)
      for argument in reference.arguments { write(argument) }
    }
  }

  package mutating func finish() -> PackedReferences {
    var result = ByteWriter(capacity: strings.bytes.count + records.bytes.count + 16)
    result.write(PackedReferences.version)
    result.write(indexes.count)
    result.append(strings.bytes)
    result.write(count)
    result.append(records.bytes)
    defer { self = ReferencePacker() }
    return PackedReferences(trusted: result.bytes, count: count)
  }

  private mutating func write(_ text: String) {
    if let index = indexes[text] {
      records.write(index)
    } else {
      records.write(indexes.count)
      indexes[text] = indexes.count
      strings.write(text)
    }
  }

  private mutating func write(_ candidates: [Candidate]) {
    records.write(candidates.count)
    for candidate in candidates {
      write(candidate.root.text)
      records.write(candidate.flags.rawValue)
      records.write(candidate.members.count)
      for member in candidate.members { write(member) }
    }
  }

  private mutating func write(_ range: SourceRange) {
    records.writeSigned(Int64(range.start.offset) - Int64(previous.offset))
    records.writeSigned(Int64(range.start.line) - Int64(previous.line))
    records.write(range.start.column)
    records.write(range.end.offset &- range.start.offset)
    records.write(range.end.line &- range.start.line)
    records.write(range.end.column)
    previous = range.start
  }
}

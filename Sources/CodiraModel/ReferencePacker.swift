/// Builds `PackedReferences`, one reference after the other, from bytes that are only borrowed.
///
///     version, string count, strings, reference count, per reference:
///       role | noName << 3 | hasDetail << 4, owner, name, receiver,
///       offset - previous offset (signed), line - previous line (signed), column,
///       bytes, lines spanned, end column,
///       candidate count, per candidate: root, flags, member count, members
///       and where hasDetail: argument count + 1, external kind, external,
///         label count, labels, typed argument count, per argument: candidate count, candidates
///
/// Strings stand in a record as their index. `append` takes a whole value; who has only borrowed bytes writes the
/// parts of a record in the order above: `begin`, `beginCandidates`, for each `candidate` and its members, and
/// where there is detail `detail`, its labels, `beginArguments`, for each `beginCandidates` and so on.
package struct ReferencePacker {
  private var table = StringInterner()
  private var records = ByteWriter(capacity: 8192)
  private var count = 0
  private var previous = SourcePosition(offset: 0, line: 0, column: 0)

  package init() {}

  /// Bytes that `finish` would give now, but for its three counts.
  package var byteCount: Int { table.strings.bytes.count + records.bytes.count }

  /// Packs what was appended, and starts anew.
  package mutating func finish() -> PackedReferences {
    var result = ByteWriter(capacity: byteCount + 16)
    result.write(PackedReferences.version)
    result.write(table.count)
    result.append(table.strings.bytes)
    result.write(count)
    result.append(records.bytes)
    defer { removeAll() }
    return PackedReferences(trusted: result.bytes, count: count)
  }

  package mutating func removeAll() {
    table.removeAll()
    records.removeAll()
    count = 0
    previous = SourcePosition(offset: 0, line: 0, column: 0)
  }
}

// The parts of one record.
extension ReferencePacker {
  package mutating func begin(
    role: Reference.Role, noName: Bool, hasDetail: Bool, owner: UnsafeRawBufferPointer,
    name: UnsafeRawBufferPointer, receiver: UnsafeRawBufferPointer, range: SourceRange
  ) {
    count += 1
    records.write(role.rawValue | (noName ? 8 : 0) | (hasDetail ? 16 : 0))
    string(owner)
    string(name)
    string(receiver)
    write(range)
  }

  package mutating func beginCandidates(_ count: Int) { records.write(count) }

  package mutating func candidate(root: UnsafeRawBufferPointer, flags: UInt32, memberCount: Int) {
    string(root)
    records.write(flags)
    records.write(memberCount)
  }

  /// `argumentCount` is at least -1.
  package mutating func detail(
    argumentCount: Int32, externalKind: Reference.External, external: UnsafeRawBufferPointer, labelCount: Int
  ) {
    records.write(UInt64(Int64(argumentCount) + 1))
    records.write(externalKind.rawValue)
    string(external)
    records.write(labelCount)
  }

  package mutating func beginArguments(_ count: Int) { records.write(count) }

  /// A member or a label.
  package mutating func string(_ text: UnsafeRawBufferPointer) { records.write(table.index(of: text)) }

  /// Inverted ranges wrap around, which whoever validates the bytes finds out.
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

// Whole values.
extension ReferencePacker {
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
    guard hasDetail else { return }
    records.write(UInt64(Int64(reference.argumentCount) + 1))
    records.write(reference.externalKind.rawValue)
    write(reference.external)
    records.write(reference.labels.count)
    for label in reference.labels { write(label) }
    records.write(reference.arguments.count)
    for argument in reference.arguments { write(argument) }
  }

  private mutating func write(_ text: String) {
    var text = text
    let index = text.withUTF8 { table.index(of: UnsafeRawBufferPointer($0)) }
    records.write(index)
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
}

/// Builds `PackedReferences`, one reference after the other, from bytes that are only borrowed.
///
///     version, string count, strings, reference count, per reference:
///       role | noName << 3 | hasDetail << 4 | isPlain << 5, name,
///       offset - previous offset (signed), line - previous line (signed),
///       length of the rest, which is:
///       owner, receiver, column, bytes, lines spanned, end column,
///       candidate count, per candidate: root, flags, member count, members
///       and where hasDetail: argument count + 1, external kind, external,
///         label count, labels, typed argument count, per argument: candidate count, candidates
///
/// What precedes the length is what a reader needs to pass over a record: `isPlain` says that no candidate ends
/// in another name than the record's. A record names a string by its index. `append` takes a whole value; who has
/// only borrowed bytes writes the parts of a record in the order above: `begin`, `beginCandidates`, for each
/// `candidate` and its members, and where there is detail `detail`, its labels, `beginArguments`, for each
/// `beginCandidates` and so on.
package struct ReferencePacker {
  private var table = StringInterner()
  private var records = ByteWriter(capacity: 8192)
  private var count = 0
  private var previous = SourcePosition(offset: 0, line: 0, column: 0)
  /// The record that is being written, its head apart from what follows its length.
  private var head = Head()
  private var rest = ByteWriter(capacity: 256)

  private struct Head {
    var flags: UInt8 = 0
    var name = 0
    var start = SourcePosition(offset: 0, line: 0, column: 0)
    var isPlain = true
    /// Candidates are being written, not those of arguments.
    var isInCandidates = true
    var membersLeft = 0
    /// The candidate's last member so far that is no reserved step.
    var lastMember: Int?
  }

  package init() {}

  /// Bytes that `finish` would give now, but for its three counts and the head of the last record.
  package var byteCount: Int { table.strings.bytes.count + records.bytes.count + rest.bytes.count }

  /// Packs what was appended, and starts anew.
  package mutating func finish() -> PackedReferences {
    endRecord()
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
    rest.removeAll()
    count = 0
    previous = SourcePosition(offset: 0, line: 0, column: 0)
  }

  private mutating func startRecord(
    role: Reference.Role, noName: Bool, hasDetail: Bool, name: Int, start: SourcePosition
  ) {
    endRecord()
    count += 1
    head = Head(flags: role.rawValue | (noName ? 8 : 0) | (hasDetail ? 16 : 0), name: name, start: start)
  }

  /// Inverted positions wrap around, which whoever validates the bytes finds out.
  private mutating func endRecord() {
    guard !rest.bytes.isEmpty else { return }
    records.write(head.flags | (head.isPlain ? 32 : 0))
    records.write(head.name)
    records.writeSigned(Int64(head.start.offset) - Int64(previous.offset))
    records.writeSigned(Int64(head.start.line) - Int64(previous.line))
    records.write(rest.bytes.count)
    records.append(rest.bytes)
    previous = head.start
    rest.removeAll()
  }

  private mutating func noteRoot(_ root: UnsafeRawBufferPointer, memberCount: Int) {
    guard head.isInCandidates, head.isPlain else { return }
    head.membersLeft = memberCount
    head.lastMember = nil
    if memberCount == 0 {
      head.isPlain = StableID.lastName(in: root) { table.isEqual($0, head.name) }
    }
  }

  private mutating func noteMember(_ member: UnsafeRawBufferPointer, _ index: Int) {
    guard head.isInCandidates, head.membersLeft > 0 else { return }
    head.membersLeft -= 1
    if !Candidate.Step.isReserved(member) { head.lastMember = index }
    if head.membersLeft == 0, head.lastMember != head.name { head.isPlain = false }
  }
}

// The parts of one record.
extension ReferencePacker {
  package mutating func begin(
    role: Reference.Role, noName: Bool, hasDetail: Bool, owner: UnsafeRawBufferPointer,
    name: UnsafeRawBufferPointer, receiver: UnsafeRawBufferPointer, range: SourceRange
  ) {
    let owner = table.index(of: owner)
    let name = table.index(of: name)
    startRecord(role: role, noName: noName, hasDetail: hasDetail, name: name, start: range.start)
    rest.write(owner)
    rest.write(table.index(of: receiver))
    write(range)
  }

  package mutating func beginCandidates(_ count: Int) { rest.write(count) }

  package mutating func candidate(root: UnsafeRawBufferPointer, flags: UInt32, memberCount: Int) {
    rest.write(table.index(of: root))
    rest.write(flags)
    rest.write(memberCount)
    noteRoot(root, memberCount: memberCount)
  }

  /// `argumentCount` is at least -1.
  package mutating func detail(
    argumentCount: Int32, externalKind: Reference.External, external: UnsafeRawBufferPointer, labelCount: Int
  ) {
    head.isInCandidates = false
    rest.write(UInt64(Int64(argumentCount) + 1))
    rest.write(externalKind.rawValue)
    rest.write(table.index(of: external))
    rest.write(labelCount)
  }

  package mutating func beginArguments(_ count: Int) { rest.write(count) }

  /// A member or a label.
  package mutating func string(_ text: UnsafeRawBufferPointer) {
    let index = table.index(of: text)
    rest.write(index)
    noteMember(text, index)
  }

  private mutating func write(_ range: SourceRange) {
    rest.write(range.start.column)
    rest.write(range.end.offset &- range.start.offset)
    rest.write(range.end.line &- range.start.line)
    rest.write(range.end.column)
  }
}

// Whole values.
extension ReferencePacker {
  package mutating func append(_ reference: Reference) {
    let hasDetail =
      reference.argumentCount != -1 || reference.externalKind != .none || !reference.external.isEmpty
      || !reference.labels.isEmpty || !reference.arguments.isEmpty
    borrowing(reference.owner.text, reference.name, reference.receiver) { packer, owner, name, receiver in
      packer.begin(
        role: reference.role, noName: reference.noName, hasDetail: hasDetail, owner: owner, name: name,
        receiver: receiver, range: reference.range)
    }
    append(reference.candidates)
    guard hasDetail else { return }
    borrowing(reference.external) { packer, external in
      packer.detail(
        argumentCount: reference.argumentCount, externalKind: reference.externalKind, external: external,
        labelCount: reference.labels.count)
    }
    for label in reference.labels { borrowing(label) { $0.string($1) } }
    beginArguments(reference.arguments.count)
    for argument in reference.arguments { append(argument) }
  }

  private mutating func append(_ candidates: [Candidate]) {
    beginCandidates(candidates.count)
    for candidate in candidates {
      borrowing(candidate.root.text) { packer, root in
        packer.candidate(
          root: root, flags: candidate.flags.rawValue, memberCount: candidate.members.count)
      }
      for member in candidate.members { borrowing(member) { $0.string($1) } }
    }
  }

  private mutating func borrowing(
    _ text: String, _ body: (inout ReferencePacker, UnsafeRawBufferPointer) -> Void
  ) {
    var text = text
    text.withUTF8 { body(&self, UnsafeRawBufferPointer($0)) }
  }

  private mutating func borrowing(
    _ first: String, _ second: String, _ third: String,
    _ body: (
      inout ReferencePacker, UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer
    ) -> Void
  ) {
    borrowing(first) { packer, first in
      packer.borrowing(second) { packer, second in
        packer.borrowing(third) { packer, third in body(&packer, first, second, third) }
      }
    }
  }
}

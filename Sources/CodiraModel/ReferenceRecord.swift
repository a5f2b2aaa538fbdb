/// One record of `PackedReferences`, its strings as indexes; read again and again into the same buffers.
struct ReferenceRecord {
  private(set) var role = Reference.Role.call
  private var noName = false
  private var hasDetail = false
  private var isPlain = false
  private var restEnd = 0
  private var owner = 0
  private var name = 0
  private var receiver = 0
  private var argumentCount: Int32 = -1
  private var externalKind = Reference.External.none
  private var external = -1
  private var start = SourcePosition(offset: 0, line: 0, column: 0)
  private var end = SourcePosition(offset: 0, line: 0, column: 0)
  private var labels: [Int] = []
  private var candidates = PackedCandidates()
  private var arguments: [PackedCandidates] = []

  mutating func read(from reader: inout ByteReader, stringCount: Int) throws(ByteReaderError) {
    try readHead(from: &reader, stringCount: stringCount)
    try readRest(from: &reader, stringCount: stringCount)
  }

  /// What is needed to pass over the record or to choose it.
  @inline(__always)
  mutating func readHead(from reader: inout ByteReader, stringCount: Int) throws(ByteReaderError) {
    let head = try reader.readByte()
    guard let role = Reference.Role(rawValue: head & 7), head < 64 else {
      throw ByteReaderError(expected: "a reference role", offset: reader.offset)
    }
    self.role = role
    noName = head & 8 != 0
    hasDetail = head & 16 != 0
    isPlain = head & 32 != 0
    name = try reader.readIndex(below: stringCount)
    let offset = Int64(start.offset) &+ (try reader.readSigned())
    let line = Int64(start.line) &+ (try reader.readSigned())
    guard let offset = UInt32(exactly: offset), let line = UInt32(exactly: line) else {
      throw ByteReaderError(expected: "a position", offset: reader.offset)
    }
    start = SourcePosition(offset: offset, line: line, column: 0)
    restEnd = try reader.readCount()
    restEnd += reader.offset
  }

  mutating func readRest(from reader: inout ByteReader, stringCount: Int) throws(ByteReaderError) {
    owner = try reader.readIndex(below: stringCount)
    receiver = try reader.readIndex(below: stringCount)
    try readRange(from: &reader)
    try candidates.read(from: &reader, stringCount: stringCount)
    if hasDetail { try readDetail(from: &reader, stringCount: stringCount) } else { clearDetail() }
    guard reader.offset == restEnd else {
      throw ByteReaderError(expected: "the end of a reference", offset: reader.offset)
    }
  }

  func skipRest(of reader: inout ByteReader) { reader.skip(to: restEnd) }

  /// Whether the head alone says that no string of `names` finds it.
  @inline(__always)
  func isOutside(_ names: [Bool]) -> Bool { isPlain && !names[name] }

  var range: SourceRange { SourceRange(start: start, end: end) }

  /// The owner's string.
  var ownerIndex: Int { owner }

  /// The name's string.
  var nameIndex: Int { name }

  /// Calls `body` with the root of every candidate, those of arguments too, and its flags.
  func forEachRoot(_ body: (Int, Candidate.Flags) -> Void) {
    candidates.forEachRoot(body)
    for argument in arguments { argument.forEachRoot(body) }
  }

  /// Whether one of the strings by which the reference can be found satisfies `contains`.
  func mentions(contains: (Int) -> Bool) -> Bool {
    contains(name) || candidates.anyName(contains)
  }

  func markMentions(names: inout [Bool], roots: inout [Bool], reserved: [Bool]) {
    names[name] = true
    candidates.markLastNames(names: &names, roots: &roots, reserved: reserved)
  }

  func reference(_ table: inout StringTable) -> Reference {
    Reference(
      owner: StableID(table[owner]), role: role, noName: noName, name: table[name], receiver: table[receiver],
      externalKind: externalKind, external: external < 0 ? "" : table[external],
      range: SourceRange(start: start, end: end), candidates: candidates.values(&table),
      argumentCount: argumentCount, labels: labels.map { table[$0] },
      arguments: arguments.map { $0.values(&table) })
  }

  private mutating func readRange(from reader: inout ByteReader) throws(ByteReaderError) {
    start.column = try reader.readUInt32()
    // What wraps around is an inverted range, as the packer got it; `ReferenceRules` judges it.
    let endOffset = start.offset &+ (try reader.readUInt32())
    let endLine = start.line &+ (try reader.readUInt32())
    end = SourcePosition(offset: endOffset, line: endLine, column: try reader.readUInt32())
  }

  private mutating func readDetail(
    from reader: inout ByteReader, stringCount: Int
  ) throws(ByteReaderError) {
    let argumentCount = Int64(try reader.readUInt32()) - 1
    let kind = Reference.External(rawValue: try reader.readByte())
    guard let argumentCount = Int32(exactly: argumentCount), let kind else {
      throw ByteReaderError(expected: "details of a reference", offset: reader.offset)
    }
    self.argumentCount = argumentCount
    externalKind = kind
    external = try reader.readIndex(below: stringCount)
    labels.removeAll(keepingCapacity: true)
    for _ in 0..<(try reader.readCount()) { labels.append(try reader.readIndex(below: stringCount)) }
    arguments.removeAll(keepingCapacity: true)
    for _ in 0..<(try reader.readCount()) {
      var argument = PackedCandidates()
      try argument.read(from: &reader, stringCount: stringCount)
      arguments.append(argument)
    }
  }

  private mutating func clearDetail() {
    argumentCount = -1
    externalKind = .none
    external = -1
    labels.removeAll(keepingCapacity: true)
    arguments.removeAll(keepingCapacity: true)
  }
}

/// A list of candidates as indexes, flat: root, flags, member count, members, and so on.
struct PackedCandidates {
  private var count = 0
  private var flat: [UInt32] = []

  mutating func read(from reader: inout ByteReader, stringCount: Int) throws(ByteReaderError) {
    flat.removeAll(keepingCapacity: true)
    count = try reader.readCount(minimumSize: 3)
    for _ in 0..<count {
      flat.append(UInt32(try reader.readIndex(below: stringCount)))
      let flags = try reader.readUInt32()
      guard flags < 8 else { throw ByteReaderError(expected: "candidate flags", offset: reader.offset) }
      flat.append(flags)
      let members = try reader.readCount()
      guard members <= Candidate.Step.limit else {
        throw ByteReaderError(expected: "at most \(Candidate.Step.limit) members", offset: reader.offset)
      }
      flat.append(UInt32(members))
      for _ in 0..<members { flat.append(UInt32(try reader.readIndex(below: stringCount))) }
    }
  }

  /// Whether any member or root satisfies `found`: more than the names in `markLastNames`, never less.
  func anyName(_ found: (Int) -> Bool) -> Bool {
    var place = 0
    while place < flat.count {
      let members = Int(flat[place + 2])
      for index in place + 3..<place + 3 + members where found(Int(flat[index])) { return true }
      if found(Int(flat[place])) { return true }
      place += 3 + members
    }
    return false
  }

  func forEachRoot(_ body: (Int, Candidate.Flags) -> Void) {
    var place = 0
    while place < flat.count {
      body(Int(flat[place]), Candidate.Flags(rawValue: flat[place + 1]))
      place += 3 + Int(flat[place + 2])
    }
  }

  func markLastNames(names: inout [Bool], roots: inout [Bool], reserved: [Bool]) {
    var place = 0
    while place < flat.count {
      let members = Int(flat[place + 2])
      var last = place + 2 + members
      while last > place + 2, reserved[Int(flat[last])] { last -= 1 }
      if last == place + 2 { roots[Int(flat[place])] = true } else { names[Int(flat[last])] = true }
      place += 3 + members
    }
  }

  func values(_ table: inout StringTable) -> [Candidate] {
    var values: [Candidate] = []
    values.reserveCapacity(count)
    var place = 0
    while place < flat.count {
      let members = Int(flat[place + 2])
      values.append(
        Candidate(
          root: StableID(table[Int(flat[place])]),
          members: (place + 3..<place + 3 + members).map { table[Int(flat[$0])] },
          flags: Candidate.Flags(rawValue: flat[place + 1])))
      place += 3 + members
    }
    return values
  }
}

extension ByteReader {
  mutating func readIndex(below limit: Int) throws(ByteReaderError) -> Int {
    let value = try readUInt64()
    guard value < UInt64(limit) else {
      throw ByteReaderError(expected: "an index below \(limit)", offset: offset)
    }
    return Int(value)
  }
}

/// The references of one file, packed: a table of the strings they use, then one record each.
///
/// A database row for each reference would cost more than parsing the file; one packed value a file, beside a
/// posting list of the names in it, does not. Records keep the analyzer's order. The layout is that of
/// `ReferencePacker`, and `ReferenceRecord` reads one record.
package struct PackedReferences: Equatable, Sendable {
  /// Of the layout: 1 has strings, then records; 2 has records that can be passed over.
  package static let version: UInt64 = 2

  package let bytes: [UInt8]
  package let count: Int

  /// Bytes from a worker: checks every length and index, every range against the source's lines, and every
  /// owner and candidate root with `rules`.
  package init(
    validating bytes: [UInt8], lines: LineTable, rules: ReferenceRules
  ) throws(ReferenceFault) {
    self.bytes = bytes
    count = try rules.check(bytes, lines: lines)
  }

  /// Bytes that were validated before, as those that the store returns.
  package init(trusted bytes: [UInt8], count: Int) {
    self.bytes = bytes
    self.count = count
  }

  package init(_ references: [Reference]) {
    var packer = ReferencePacker()
    for reference in references { packer.append(reference) }
    self = packer.finish()
  }

  package static let empty = PackedReferences([])

  /// Every reference as a plain value.
  package func unpack() throws(ByteReaderError) -> [Reference] {
    try unpack(mentioning: nil)
  }

  /// The references that can be found by one of `names` and have one of `roles`; see `postingNames()`.
  ///
  /// Names are compared by their hashes, so that rarely one too many is there.
  package func unpack(
    mentioning names: NameHashes?, roles: Set<Reference.Role>? = nil
  ) throws(ByteReaderError) -> [Reference] {
    try withReader(bytes) { reader throws(ByteReaderError) in
      var table = try StringTable(reading: &reader)
      var wanted: [Bool]?
      if let names {
        let marks = table.marks(names)
        if !marks.contains(true) { return [] }
        wanted = marks
      }
      let roles = Reference.Role.allCases.reduce(into: UInt8(0)) { bits, role in
        if roles?.contains(role) ?? true { bits |= 1 << role.rawValue }
      }
      let count = try reader.readCount()
      var record = ReferenceRecord()
      var references: [Reference] = []
      for _ in 0..<count {
        try record.readHead(from: &reader, stringCount: table.count)
        if roles & (1 << record.role.rawValue) == 0 || (wanted.map(record.isOutside) ?? false) {
          record.skipRest(of: &reader)
          continue
        }
        try record.readRest(from: &reader, stringCount: table.count)
        if let wanted, !record.mentions(contains: { wanted[$0] }) { continue }
        references.append(record.reference(&table))
      }
      return references
    }
  }

  /// The names by which a reference can be found, each once, sorted by bytes: the name as written, and of every
  /// candidate its last member that is no reserved step, or its root's last name where it has none.
  package func postingNames() throws(ByteReaderError) -> [String] {
    try withReader(bytes) { reader throws(ByteReaderError) in
      var table = try StringTable(reading: &reader)
      let reserved = (0..<table.count).map { Candidate.Step.isReserved(table[$0]) }
      var mentioned = [Bool](repeating: false, count: table.count)
      var roots = [Bool](repeating: false, count: table.count)
      let count = try reader.readCount()
      var record = ReferenceRecord()
      for _ in 0..<count {
        try record.read(from: &reader, stringCount: table.count)
        record.markMentions(names: &mentioned, roots: &roots, reserved: reserved)
      }
      var names: Set<String> = []
      for index in 0..<table.count {
        if mentioned[index] { names.insert(table[index]) }
        if roots[index] { names.insert(StableID.lastName(of: table[index])) }
      }
      names.remove("")
      return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }
}

/// Names to look for, by hash: one of another name rarely has the hash of one of these.
package struct NameHashes: Sendable {
  private var hashes: Set<UInt64> = []
  /// Their lengths modulo 64, as bits: most strings are told apart by these.
  private var lengths: UInt64 = 0

  package init(_ names: some Sequence<String>) {
    for var name in names {
      name.withUTF8 { bytes in
        hashes.insert(Self.hash(UnsafeRawBufferPointer(bytes)))
        lengths |= Self.bit(bytes.count)
      }
    }
  }

  func contains(_ bytes: UnsafeRawBufferPointer) -> Bool {
    lengths & Self.bit(bytes.count) != 0 && hashes.contains(Self.hash(bytes))
  }

  private static func bit(_ length: Int) -> UInt64 { 1 << (UInt64(length) & 63) }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return value
  }
}

/// The strings of a packed file, by index; made when first asked for, as long as the bytes are lent.
struct StringTable {
  private var borrowed: [UnsafeRawBufferPointer] = []
  private var strings: [String?]

  /// `validating`: ill-formed UTF-8 is an error; otherwise it becomes U+FFFD.
  init(reading reader: inout ByteReader, validating: Bool = false) throws(ByteReaderError) {
    let version = try reader.readUInt64()
    guard version == PackedReferences.version else {
      throw ByteReaderError(expected: "packed references of version \(PackedReferences.version)", offset: 0)
    }
    let count = try reader.readCount()
    borrowed.reserveCapacity(count)
    strings = Array(repeating: nil, count: count)
    for index in 0..<count {
      if validating {
        var ahead = reader
        strings[index] = try ahead.readWellFormedString()
      }
      borrowed.append(try reader.borrowBytes())
    }
  }

  var count: Int { borrowed.count }

  subscript(index: Int) -> String {
    mutating get {
      if let known = strings[index] { return known }
      let text = String(decoding: borrowed[index], as: UTF8.self)
      strings[index] = text
      return text
    }
  }

  /// Which strings are one of `names`, or an id whose last name is.
  func marks(_ names: NameHashes) -> [Bool] {
    borrowed.map { bytes in
      names.contains(bytes) || StableID.lastName(in: bytes) { names.contains($0) }
    }
  }
}

/// Lends a reader over `bytes`; exists because closures over unsafe bytes lose the type of what they throw.
func withReader<Result>(
  _ bytes: [UInt8], _ body: (inout ByteReader) throws(ByteReaderError) -> Result
) throws(ByteReaderError) -> Result {
  let outcome = bytes.withUnsafeBytes { content -> Swift.Result<Result, ByteReaderError> in
    var reader = ByteReader(content)
    do throws(ByteReaderError) { return .success(try body(&reader)) } catch { return .failure(error) }
  }
  return try outcome.get()
}

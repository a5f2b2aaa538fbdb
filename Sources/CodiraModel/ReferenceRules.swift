/// Why references that came from a worker cannot be kept.
package struct ReferenceFault: Error, Equatable {
  /// Its number from 0; nil where the layout itself is broken.
  package let index: Int?
  package let name: String
  package let detail: String

  init(index: Int, name: String, detail: String) {
    self.index = index
    self.name = name
    self.detail = detail
  }

  init(_ error: ByteReaderError, index: Int? = nil) {
    self.index = index
    name = ""
    detail = "expected \(error.expected) at byte \(error.offset) of the packed references"
  }
}

/// What must hold of packed references beyond their layout; each closure says what is wrong with a text, or nil.
///
/// Every distinct text is asked about once.
package struct ReferenceRules {
  private let ownerFault: (String) -> String?
  private let rootFault: (String) -> String?

  package init(ownerFault: @escaping (String) -> String?, rootFault: @escaping (String) -> String?) {
    self.ownerFault = ownerFault
    self.rootFault = rootFault
  }

  /// The number of references in `bytes`, when all of them are well-formed.
  func check(_ bytes: [UInt8], lines: LineTable) throws(ReferenceFault) -> Int {
    let outcome = bytes.withUnsafeBytes { content -> Result<Int, ReferenceFault> in
      do throws(ReferenceFault) { return .success(try check(content, lines: lines)) } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private func check(_ content: UnsafeRawBufferPointer, lines: LineTable) throws(ReferenceFault) -> Int {
    var reader = ByteReader(content)
    var table: StringTable
    let count: Int
    do throws(ByteReaderError) {
      table = try StringTable(reading: &reader, validating: true)
      count = try reader.readCount(minimumSize: 10)
    } catch { throw ReferenceFault(error) }
    var record = ReferenceRecord()
    var asked = AskedTexts(count: table.count)
    for index in 0..<count {
      do throws(ByteReaderError) {
        try record.read(from: &reader, stringCount: table.count)
      } catch { throw ReferenceFault(error, index: index) }
      if let fault = lines.fault(in: record.range) ?? identityFault(of: record, &table, &asked) {
        throw ReferenceFault(index: index, name: table[record.nameIndex], detail: fault)
      }
    }
    guard reader.isAtEnd else {
      throw ReferenceFault(ByteReaderError(expected: "the end", offset: reader.offset))
    }
    return count
  }

  private func identityFault(
    of record: ReferenceRecord, _ table: inout StringTable, _ asked: inout AskedTexts
  ) -> String? {
    if asked.isNewOwner(record.ownerIndex), let fault = ownerFault(table[record.ownerIndex]) {
      return "owner: \(fault)"
    }
    var fault: String?
    record.forEachRoot { root, flags in
      guard fault == nil, !flags.contains(.external) else { return }
      if flags.contains(.receiver) {
        if !table[root].isEmpty { fault = "the root of a RECEIVER candidate is empty, not `\(table[root])`" }
      } else if asked.isNewRoot(root), let found = rootFault(table[root]) {
        fault = "candidate root: \(found)"
      }
    }
    return fault
  }
}

/// Which texts of a table were asked about before, as owner and as root.
private struct AskedTexts {
  private var marks: [UInt8]

  init(count: Int) { marks = [UInt8](repeating: 0, count: count) }

  mutating func isNewOwner(_ index: Int) -> Bool { isNew(index, bit: 1) }
  mutating func isNewRoot(_ index: Int) -> Bool { isNew(index, bit: 2) }

  private mutating func isNew(_ index: Int, bit: UInt8) -> Bool {
    defer { marks[index] |= bit }
    return marks[index] & bit == 0
  }
}

import Glibc
import Synchronization

/// Which file holds the codes of an index's vectors: what the database says of it.
///
/// The file's name is new whenever its content is, so a reader maps what its generation means or nothing at all.
struct VectorCodesRecord {
  static let key = "vector_codes"
  static let prefix = "vectors-"

  let generation: Int64
  let set: Int64
  let name: String

  init(generation: Int64, set: Int64) {
    self.generation = generation
    self.set = set
    let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
    name = Self.prefix + String(repeating: "0", count: 16 - digits.count) + digits
  }

  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, let generation = Int64(parts[0]), let set = Int64(parts[1]),
      parts[2].hasPrefix(Self.prefix), parts[2].allSatisfy({ $0 == "-" || $0.isLetter || $0.isNumber })
    else { return nil }
    (self.generation, self.set, name) = (generation, set, String(parts[2]))
  }

  var text: String { "\(generation) \(set) \(name)" }
}

/// The folder that such files are in, and the one that was mapped last; readers of one index share it.
final class VectorCodesPlace: Sendable {
  let folder: String
  private let mapped = Mutex<Mapped?>(nil)

  private struct Mapped {
    let name: String
    let codes: VectorCodes
  }

  init(_ location: IndexLocation) { folder = location.directory }

  func codes(named name: String) -> VectorCodes? {
    mapped.withLock { mapped in
      if let mapped, mapped.name == name { return mapped.codes }
      mapped = VectorCodes(path: folder + "/" + name).map { Mapped(name: name, codes: $0) }
      return mapped?.codes
    }
  }

  /// Removes all files of codes but one.
  func removeOthers(than name: String?) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let other = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if other.hasPrefix(VectorCodesRecord.prefix), other != name { unlink(folder + "/" + other) }
    }
  }
}

extension Snapshot {
  /// The codes of the vectors of current units.
  ///
  /// From their file where it is of this generation, else made from the vectors there are; `isStored` says which.
  package func vectorCodes(of set: VectorSet) throws -> (codes: VectorCodes?, isStored: Bool) {
    if let codes = try storedVectorCodes(of: set) { return (codes, true) }
    return (try VectorCodes.make(of: set, in: self), false)
  }

  /// The codes in their file; nil where it is missing, of another generation, or not whole.
  package func storedVectorCodes(of set: VectorSet) throws -> VectorCodes? {
    guard let record = try vectorCodesRecord(), record.set == set.id,
      try record.generation == generation(), let codes = codesPlace?.codes(named: record.name),
      codes.dimension == set.dimension
    else { return nil }
    return codes
  }

  /// Whether every vector is there, and no file of their codes.
  package func lacksVectorCodes() throws -> Bool {
    guard try meta("vectors_complete") == meta("generation"), let set = try activeVectorSet() else {
      return false
    }
    return try storedVectorCodes(of: set) == nil
  }

  func vectorCodesRecord() throws -> VectorCodesRecord? {
    try meta(VectorCodesRecord.key).flatMap { VectorCodesRecord($0) }
  }
}

extension IndexWriter {
  /// Writes the file of the vectors' codes where all vectors are there and it is not.
  ///
  /// It is derived: where it cannot be written, searches do without, and are slower.
  package func writeVectorCodes() throws {
    let made: (VectorCodesRecord, VectorCodes)? = try read { snapshot in
      guard try snapshot.lacksVectorCodes(), let set = try snapshot.activeVectorSet() else { return nil }
      let record = try snapshot.vectorCodesRecord()
      let old = record.flatMap { $0.set == set.id ? codesPlace.codes(named: $0.name) : nil }
      let codes = try VectorCodes.make(of: set, in: snapshot, reusing: old)
      return try codes.map { (VectorCodesRecord(generation: try snapshot.generation(), set: set.id), $0) }
    }
    guard let (record, codes) = made, codes.write(to: location.directory + "/" + record.name) else { return }
    try setMeta(VectorCodesRecord.key, record.text)
    codesPlace.removeOthers(than: record.name)
  }
}

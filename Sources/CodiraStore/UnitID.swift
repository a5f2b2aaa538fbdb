/// The number of something that search finds: `file << 20 | ordinal`.
///
/// Symbols have the ordinals from 0, chunks of text those from `firstChunk`, the file itself the last one.
package enum UnitID {
  package static let ordinalBits: Int64 = 20
  package static let firstChunk: Int64 = 0xF0000
  package static let wholeFile: Int64 = 0xFFFFF
  /// Chunks a file may have.
  package static let chunkLimit = Int(wholeFile - firstChunk)

  package enum Kind: Sendable { case symbol, chunk, file }

  package static func file(of unit: Int64) -> Int64 { unit >> ordinalBits }

  package static func kind(of unit: Int64) -> Kind {
    let ordinal = unit & wholeFile
    return ordinal == wholeFile ? .file : ordinal >= firstChunk ? .chunk : .symbol
  }

  package static func wholeFile(_ file: Int64) -> Int64 { file << ordinalBits | wholeFile }

  static func chunk(_ ordinal: Int, of file: Int64) -> Int64 {
    file << ordinalBits | firstChunk + Int64(ordinal)
  }

  static func ids(of file: Int64) -> ClosedRange<Int64> { (file << ordinalBits)...wholeFile(file) }
}

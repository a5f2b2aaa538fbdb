import CodiraModel

extension Snapshot {
  /// The references of one file as the analyzer packed them.
  package func references(of file: Int64) throws -> PackedReferences {
    try rows("SELECT bytes, count FROM file_references WHERE file = ?", bind: { $0.bind(1, file) }) { row in
      PackedReferences(trusted: row.blob(0), count: Int(row.int(1)))
    }.first ?? .empty
  }

  /// Files that may mention `name` (see `PackedReferences.postingNames`), by row: none that does is missing,
  /// and rarely one too many is there.
  package func files(mentioning name: String) throws -> [Int64] {
    let key = PostingKey(name)
    return try rows("SELECT entries FROM postings WHERE bucket = ?", bind: { $0.bind(1, key.bucket) }) {
      row in
      PostingList.files(of: key.entry, in: row.bytes(0))
    }.first ?? []
  }
}

import GRDB

/// Collects which names came to which files and which went, and rewrites the touched buckets at the end.
struct PostingWriter {
  private let database: Database
  private var added: [[UInt64]]
  private var removed: [Set<UInt64>]

  init(_ database: Database) throws {
    self.database = database
    added = Array(repeating: [], count: PostingKey.bucketCount)
    removed = Array(repeating: [], count: PostingKey.bucketCount)
  }

  mutating func add(_ name: String, file: Int64) {
    let key = PostingKey(name)
    added[key.bucket].append(PostingList.pair(key.entry, file: file))
  }

  mutating func remove(_ name: String, file: Int64) {
    let key = PostingKey(name)
    removed[key.bucket].insert(PostingList.pair(key.entry, file: file))
  }

  mutating func flush() throws {
    let find = try SQLStatement(database, "SELECT entries FROM postings WHERE bucket = ?")
    let store = try SQLStatement(database, "INSERT OR REPLACE INTO postings (bucket, entries) VALUES (?, ?)")
    for bucket in 0..<PostingKey.bucketCount {
      let adding = added[bucket].sorted()
      let removing = removed[bucket].subtracting(adding)
      let isKnown = !removed[bucket].isEmpty && adding.allSatisfy(removed[bucket].contains)
      if removing.isEmpty, adding.isEmpty || isKnown { continue }
      find.bind(1, bucket)
      let stored = try find.step() ? find.blob(0) : []
      find.reset()
      let merged = stored.withUnsafeBytes { PostingList.merge($0, adding: adding, removing: removing) }
      store.bind(1, bucket)
      store.bind(2, blob: merged)
      try store.run()
    }
  }
}

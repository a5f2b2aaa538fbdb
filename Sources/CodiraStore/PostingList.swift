/// Where a name stands in the posting table: a bucket and a 32-bit key inside it.
struct PostingKey: Hashable {
  static let bucketCount = 4096

  let bucket: Int
  let entry: UInt32

  init(_ name: String) {
    let hash = UInt64(bitPattern: NameKey.exact(name))
    bucket = Int(hash >> 52)
    entry = UInt32(truncatingIfNeeded: hash >> 20)
  }
}

/// The entries of one bucket: eight bytes each, key above file, sorted, little-endian.
///
/// One row for a name and file each would cost more than parsing the sources; a whole bucket is one value,
/// and an edit rewrites only the buckets of the names that came or went.
enum PostingList {
  static func pair(_ key: UInt32, file: Int64) -> UInt64 { UInt64(key) << 32 | UInt64(file) }

  /// The files under `key`, ascending.
  static func files(of key: UInt32, in bytes: UnsafeRawBufferPointer) -> [Int64] {
    var low = 0
    var high = bytes.count / 8
    while low < high {
      let middle = (low + high) / 2
      if load(bytes, middle) < pair(key, file: 0) { low = middle + 1 } else { high = middle }
    }
    var files: [Int64] = []
    while low < bytes.count / 8, load(bytes, low) >> 32 == UInt64(key) {
      files.append(Int64(load(bytes, low) & 0xFFFF_FFFF))
      low += 1
    }
    return files
  }

  /// The bucket after some pairs came and some went; both sorted.
  static func merge(_ bytes: UnsafeRawBufferPointer, adding: [UInt64], removing: Set<UInt64>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + adding.count * 8)
    var next = 0
    var last: UInt64?
    func append(_ pair: UInt64) {
      if pair == last { return }
      last = pair
      withUnsafeBytes(of: pair.littleEndian) { result.append(contentsOf: $0) }
    }
    for index in 0..<(bytes.count / 8) {
      let pair = load(bytes, index)
      while next < adding.count, adding[next] < pair {
        append(adding[next])
        next += 1
      }
      if !removing.contains(pair) { append(pair) }
    }
    while next < adding.count {
      append(adding[next])
      next += 1
    }
    return result
  }

  private static func load(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
  }
}

import CodiraModel
import Glibc

/// What a file's directory entry says of its content: the same key means, in practice, the same bytes.
struct StatKey: Hashable {
  var device: UInt64
  var inode: UInt64
  var size: UInt64
  /// Nanoseconds.
  var modified: Int64
  var changed: Int64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = UInt64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  }

  init(reading reader: inout ByteReader) throws(ByteReaderError) {
    device = try reader.readUInt64()
    inode = try reader.readUInt64()
    size = try reader.readUInt64()
    modified = try reader.readSigned()
    changed = try reader.readSigned()
  }

  func write(to writer: inout ByteWriter) {
    for number in [device, inode, size] { writer.write(number) }
    writer.writeSigned(modified)
    writer.writeSigned(changed)
  }

  /// Whether a change after `time` would show: clocks of file systems tick in steps.
  func isOlder(than time: Int64) -> Bool { max(modified, changed) < time - 50_000_000 }

  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

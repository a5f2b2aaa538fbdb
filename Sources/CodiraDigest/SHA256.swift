import CNettle
import CodiraModel
import Glibc

/// SHA-256 of bytes in memory and of files.
package enum SHA256 {
  package static func hash(_ bytes: UnsafeRawBufferPointer) -> ContentHash {
    var context = sha256_ctx()
    nettle_sha256_init(&context)
    update(&context, bytes)
    return finish(&context)
  }

  package static func hash(_ bytes: [UInt8]) -> ContentHash {
    bytes.withUnsafeBytes { hash($0) }
  }

  /// Hashes what the file holds now, reading it in pieces: memory stays flat, and a file that is cut short
  /// meanwhile is an ordinary end, never a fault.
  package static func hash(fileAt path: String) throws(DigestError) -> ContentHash {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
    defer { close(descriptor) }
    var context = sha256_ctx()
    nettle_sha256_init(&context)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return finish(&context) }
      if count > 0 {
        update(&context, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } else if errno != EINTR {
        throw .unreadable(path: path, errno: errno)
      }
    }
  }

  private static func update(_ context: inout sha256_ctx, _ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    nettle_sha256_update(&context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
  }

  private static func finish(_ context: inout sha256_ctx) -> ContentHash {
    withUnsafeTemporaryAllocation(byteCount: ContentHash.byteCount, alignment: 8) { digest in
      let start = digest.baseAddress!.assumingMemoryBound(to: UInt8.self)
      nettle_sha256_digest(&context, digest.count, start)
      return ContentHash(bytes: UnsafeRawBufferPointer(digest))
    }
  }
}

import Glibc

/// What an image begins with.
///
/// 1: units, payloads, scales, errors, lengths, codes of one byte.
struct VectorCodesHeader {
  static let size = 64
  private static let magic: UInt64 = 0x3173_6365_762e_6463  // "cd.vecs1"
  private static let version: UInt32 = 1

  var dimension: Int
  var count: Int
  var error: Float
  var length: Float
  /// Of everything behind the header.
  var checksum: UInt64

  init(dimension: Int, count: Int, error: Float, length: Float, checksum: UInt64) {
    self.dimension = dimension
    self.count = count
    self.error = error
    self.length = length
    self.checksum = checksum
  }

  init?(_ image: UnsafeRawBufferPointer) {
    guard image.count >= Self.size, image.loadUnaligned(as: UInt64.self) == Self.magic,
      image.loadUnaligned(fromByteOffset: 8, as: UInt32.self) == Self.version
    else { return nil }
    dimension = Int(image.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
    count = Int(truncatingIfNeeded: image.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
    error = image.loadUnaligned(fromByteOffset: 24, as: Float.self)
    length = image.loadUnaligned(fromByteOffset: 28, as: Float.self)
    checksum = image.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
    guard error >= 0, error.isFinite, length >= 0, length.isFinite else { return nil }
  }

  func write(to image: UnsafeMutableRawBufferPointer) {
    image.storeBytes(of: Self.magic, as: UInt64.self)
    image.storeBytes(of: Self.version, toByteOffset: 8, as: UInt32.self)
    image.storeBytes(of: UInt32(dimension), toByteOffset: 12, as: UInt32.self)
    image.storeBytes(of: UInt64(count), toByteOffset: 16, as: UInt64.self)
    image.storeBytes(of: error, toByteOffset: 24, as: Float.self)
    image.storeBytes(of: length, toByteOffset: 28, as: Float.self)
    image.storeBytes(of: checksum, toByteOffset: 32, as: UInt64.self)
  }

  /// A sum that any damage changes, but for one chance in 2^64.
  static func checksum(_ image: UnsafeRawBufferPointer) -> UInt64 {
    let words = UnsafeRawBufferPointer(rebasing: image[size...])
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    var offset = 0
    while offset + 8 <= words.count {
      sum = (sum ^ words.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      sum ^= sum >> 32
      offset += 8
    }
    for byte in words[offset...] { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return sum
  }
}

extension VectorCodes {
  /// Maps a file; nil where there is none or it is not whole.
  ///
  /// Pages are read as they are used.
  convenience init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size >= VectorCodesHeader.size,
      let start = mmap(nil, status.st_size, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED
    else { return nil }
    let image = UnsafeMutableRawBufferPointer(start: start, count: status.st_size)
    guard Self.isSound(UnsafeRawBufferPointer(image)) else {
      munmap(start, status.st_size)
      return nil
    }
    self.init(image)
  }

  private static func isSound(_ image: UnsafeRawBufferPointer) -> Bool {
    guard let header = VectorCodesHeader(image) else { return false }
    return VectorCodesLayout(dimension: header.dimension, count: header.count)?.size == image.count
  }

  /// Whether every byte is as it was written; reads them all.
  package var isIntact: Bool {
    let image = UnsafeRawBufferPointer(image)
    return VectorCodesHeader(image)?.checksum == VectorCodesHeader.checksum(image)
  }

  /// Writes a new file of codes that were made, and waits until it is on the disk; false where that fails.
  func write(to path: String) -> Bool {
    guard var header = VectorCodesHeader(UnsafeRawBufferPointer(image)) else { return false }
    header.checksum = VectorCodesHeader.checksum(UnsafeRawBufferPointer(image))
    header.write(to: image)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0, let start = image.baseAddress else { return false }
    defer { close(descriptor) }
    var offset = 0
    while offset < image.count {
      let count = Glibc.write(descriptor, start + offset, image.count - offset)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        unlink(path)
        return false
      }
      offset += count
    }
    guard fdatasync(descriptor) == 0 else {
      unlink(path)
      return false
    }
    return true
  }
}

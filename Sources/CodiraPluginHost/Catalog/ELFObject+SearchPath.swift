// Where the object asks to have its libraries looked for.
extension ELFObject {
  /// The entries RPATH and RUNPATH of an object that `check` took, as they are written; none where it has none.
  static func searchPath(_ bytes: UnsafeRawBufferPointer) -> [String] {
    let file = ELFBytes(bytes)
    let segments = segments(file)
    guard let dynamic = segments.first(where: { $0.kind == 2 }) else { return [] }
    var (names, entries) = (UInt64(0), [UInt64]())
    for index in 0..<min(dynamic.size / 16, 4096) {
      guard let tag = file.uint64(dynamic.offset &+ index &* 16),
        let value = file.uint64(dynamic.offset &+ index &* 16 &+ 8), tag != 0
      else { break }
      if tag == 5 { names = value }
      if tag == 15 || tag == 29 { entries.append(value) }
    }
    guard
      let home = segments.first(where: { $0.kind == 1 && names >= $0.address && names - $0.address < $0.size }
      )
    else { return [] }
    return entries.compactMap { file.text(names &- home.address &+ home.offset &+ $0) }
  }

  private typealias Segment = (kind: UInt32, offset: UInt64, address: UInt64, size: UInt64)

  private static func segments(_ file: ELFBytes) -> [Segment] {
    guard let table = file.uint64(32), let size = file.uint16(54), let count = file.uint16(56) else {
      return []
    }
    return (0..<UInt64(count)).compactMap { index in
      let header = table &+ index &* UInt64(size)
      guard let kind = file.uint32(header), let offset = file.uint64(header &+ 8),
        let address = file.uint64(header &+ 16), let size = file.uint64(header &+ 32)
      else { return nil }
      return (kind, offset, address, size)
    }
  }
}

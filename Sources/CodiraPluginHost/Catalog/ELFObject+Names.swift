extension ELFObject {
  /// What an object offers and needs, by its dynamic section headers; nil where it has none that can be read.
  static func names(_ bytes: UnsafeRawBufferPointer) -> (exports: [String]?, libraries: [String]?) {
    let file = ELFBytes(bytes)
    guard bytes.count >= 64, bytes[0] == 0x7F, bytes[4] == 2, bytes[5] == 1 else { return (nil, nil) }
    return (exports(file), libraries(file))
  }

  private static func exports(_ file: ELFBytes) -> [String]? {
    guard let symbols = Table(.symbols, of: file) else { return nil }
    var names: [String] = []
    for symbol in symbols.entries(size: 24) {
      guard let name = file.uint32(symbol), let info = file.byte(symbol &+ 4),
        let other = file.byte(symbol &+ 5),
        let section = file.uint16(symbol &+ 6)
      else { return nil }
      // Defined, of global or weak binding, of default or protected visibility.
      guard section != 0, info >> 4 == 1 || info >> 4 == 2 || info >> 4 == 10,
        other & 3 == 0 || other & 3 == 3,
        let text = file.text(symbols.names &+ UInt64(name)), !text.isEmpty
      else { continue }
      names.append(text)
    }
    return names.sorted()
  }

  private static func libraries(_ file: ELFBytes) -> [String]? {
    guard let dynamic = Table(.dynamic, of: file) else { return nil }
    let needed: UInt64 = 1
    var names: [String] = []
    for entry in dynamic.entries(size: 16) {
      guard let tag = file.uint64(entry), let value = file.uint64(entry &+ 8) else { return nil }
      if tag == 0 { break }
      if tag == needed, let text = file.text(dynamic.names &+ value) { names.append(text) }
    }
    return names
  }

  /// A section whose entries name things in a section of strings.
  private struct Table {
    enum Kind: UInt32 { case dynamic = 6, symbols = 11 }

    let start: UInt64
    let length: UInt64
    /// Where its strings begin.
    let names: UInt64
    private let limit: UInt64

    init?(_ kind: Kind, of file: ELFBytes) {
      guard let table = file.uint64(40), let size = file.uint16(58), let count = file.uint16(60), size >= 64
      else {
        return nil
      }
      for index in 0..<UInt64(count) {
        let header = table &+ index &* UInt64(size)
        guard let found = file.uint32(header &+ 4) else { return nil }
        if found != kind.rawValue { continue }
        guard let start = file.uint64(header &+ 24), let length = file.uint64(header &+ 32),
          let link = file.uint32(header &+ 40),
          let names = file.uint64(table &+ UInt64(link) &* UInt64(size) &+ 24)
        else { return nil }
        (self.start, self.length, self.names) = (start, length, names)
        limit = UInt64(file.count)
        return
      }
      return nil
    }

    /// Where its entries are; no more than fit into the file.
    func entries(size: UInt64) -> [UInt64] {
      (0..<min(length, limit) / size).map { start &+ $0 &* size }
    }
  }
}

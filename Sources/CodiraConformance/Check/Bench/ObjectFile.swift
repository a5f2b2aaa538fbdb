/// What a shared object says of itself, read from its program headers and dynamic section.
struct ObjectFile {
  private(set) var needed: [String] = []
  private(set) var exports: [String] = []
  private(set) var hasExecutableStack = false
  private(set) var hasTextRelocations = false
  private let bytes: [UInt8]

  /// Why it is none, in a sentence.
  struct Fault: Error {
    let detail: String
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    self.bytes = bytes
    guard bytes.count >= 64, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else {
      throw Fault(detail: "a file that does not begin as an ELF object")
    }
    let machine = number(18, 2)
    guard bytes[4] == 2, bytes[5] == 1, machine == Self.machine else {
      throw Fault(detail: "ELF class \(bytes[4]), byte order \(bytes[5]), machine \(machine)")
    }
    guard number(16, 2) == 3 else { throw Fault(detail: "ELF type \(number(16, 2))") }
    readSegments()
    readSymbols()
  }

  static var machine: Int {
    #if arch(x86_64)
      62
    #else
      183
    #endif
  }

  /// A little-endian number; 0 beyond the end.
  private func number(_ offset: Int, _ size: Int) -> Int {
    guard offset >= 0, offset <= bytes.count - size else { return 0 }
    return (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }

  private func string(_ offset: Int) -> String {
    guard offset >= 0, offset < bytes.count else { return "" }
    return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Program headers: the stack's rights, and the dynamic section with names and flags.
  private mutating func readSegments() {
    let (table, size, count) = (number(32, 8), number(54, 2), number(56, 2))
    var loads: [(address: Int, offset: Int, size: Int)] = []
    var dynamic: (offset: Int, size: Int)?
    var sawStack = false
    for index in 0..<count {
      let header = table + index * size
      let (offset, length) = (number(header + 8, 8), number(header + 32, 8))
      switch number(header, 4) {
      case 1: loads.append((number(header + 16, 8), offset, length))
      case 2: dynamic = (offset, length)
      case 0x6474_E551:
        sawStack = true
        hasExecutableStack = number(header + 4, 4) & 1 != 0
      default: break
      }
    }
    if !sawStack { hasExecutableStack = true }
    guard let dynamic else { return }
    readDynamic(dynamic, loads)
  }

  private mutating func readDynamic(
    _ section: (offset: Int, size: Int), _ loads: [(address: Int, offset: Int, size: Int)]
  ) {
    var names: [Int] = []
    var strings = 0
    for place in stride(from: section.offset, to: section.offset + section.size, by: 16) {
      let (tag, value) = (number(place, 8), number(place + 8, 8))
      if tag == 0 { break }
      switch tag {
      case 1: names.append(value)
      case 5: strings = value
      case 22: hasTextRelocations = true
      case 30: if value & 4 != 0 { hasTextRelocations = true }
      default: break
      }
    }
    guard let load = loads.first(where: { $0.address <= strings && strings < $0.address + $0.size }) else {
      return
    }
    let start = strings - load.address + load.offset
    needed = names.map { string(start + $0) }
  }

  /// Section headers: what the dynamic symbols define for others.
  private mutating func readSymbols() {
    let (table, size, count) = (number(40, 8), number(58, 2), number(60, 2))
    for index in 0..<count where number(table + index * size + 4, 4) == 11 {
      let header = table + index * size
      let names = number(table + number(header + 40, 4) * size + 24, 8)
      let (start, length) = (number(header + 24, 8), number(header + 32, 8))
      for symbol in stride(from: start, to: min(start + length, bytes.count), by: 24) {
        let isLocal = number(symbol + 4, 1) >> 4 == 0
        let isHidden = number(symbol + 5, 1) & 3 != 0 && number(symbol + 5, 1) & 3 != 3
        if !isLocal, !isHidden, number(symbol + 6, 2) != 0 {
          exports.append(string(names + number(symbol, 4)))
        }
      }
    }
  }
}

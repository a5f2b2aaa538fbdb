import Glibc

/// What must hold of a shared object before a loader may see it, read from its bytes.
enum ELFObject {
  /// Checks the header for this machine, and the dynamic symbols for the entry function where they can be found;
  /// an object without section headers is left to the loader.
  static func check(_ bytes: UnsafeRawBufferPointer) throws(PluginRefusal) {
    let file = ELFBytes(bytes)
    guard bytes.count >= 4, bytes[0] == 0x7F, bytes[1] == 0x45, bytes[2] == 0x4C, bytes[3] == 0x46 else {
      let found = bytes.prefix(4).map { hexadecimal($0) }.joined(separator: " ")
      throw .notELF(found: found.isEmpty ? "nothing" : found)
    }
    guard let type = file.uint16(16), let machine = file.uint16(18), bytes.count >= 64 else {
      throw .notELF(found: "\(bytes.count) bytes, less than a header,")
    }
    let found = "ELF class \(bytes[4]), byte order \(bytes[5]), machine \(machine)"
    let expected = "ELF class 2, byte order 1, machine \(Self.machine)"
    guard found == expected else { throw .wrongMachine(found: found, expected: expected) }
    guard type == 3 else { throw .notSharedObject(type: type) }
    if exportsEntry(file) == false { throw .noEntrySymbol }
  }

  private static var machine: UInt16 {
    #if arch(x86_64)
      62
    #elseif arch(arm64)
      183
    #else
      #error("no ELF machine number for this architecture")
    #endif
  }

  /// nil where the object has no section headers to tell.
  private static func exportsEntry(_ file: ELFBytes) -> Bool? {
    guard let table = file.uint64(40), let size = file.uint16(58), let count = file.uint16(60), size >= 64
    else {
      return nil
    }
    let dynamicSymbols: UInt32 = 11
    for index in 0..<UInt64(count) {
      let header = table &+ index &* UInt64(size)
      guard let kind = file.uint32(header &+ 4) else { return nil }
      if kind == dynamicSymbols {
        return exportsEntry(file, symbols: header, table: table, size: UInt64(size))
      }
    }
    return nil
  }

  private static func exportsEntry(_ file: ELFBytes, symbols header: UInt64, table: UInt64, size: UInt64)
    -> Bool?
  {
    guard let start = file.uint64(header &+ 24), let length = file.uint64(header &+ 32),
      let link = file.uint32(header &+ 40),
      let names = file.uint64(table &+ UInt64(link) &* size &+ 24)
    else { return nil }
    let name = Array(entrySymbol.utf8) + [0]
    for index in 0..<min(length / 24, UInt64(file.count) / 24) {
      let symbol = start &+ index &* 24
      guard let place = file.uint32(symbol), let section = file.uint16(symbol &+ 6) else { return nil }
      if section != 0, file.matches(name, at: names &+ UInt64(place)) { return true }
    }
    return false
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}

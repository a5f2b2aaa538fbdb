import CodiraModel

/// 64-bit hashes by which names and ids are indexed: short keys in sorted order instead of long texts.
///
/// Two texts may share a key, so whoever looks one up compares the text as well.
package enum NameKey {
  /// The key of exact text.
  package static func exact(_ text: String) -> Int64 {
    var text = text
    return text.withUTF8 { hash($0, folding: false) }
  }

  /// The key of a name without regard to case.
  package static func folded(_ name: String) -> Int64 {
    var name = name
    let ascii = name.withUTF8 { bytes in
      bytes.allSatisfy { $0 < 0x80 } ? hash(bytes, folding: true) : nil
    }
    return ascii ?? exact(name.lowercased())
  }

  // FNV-1a, then a finalizer: the high bits choose a posting bucket, so they must depend on every byte.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, folding: Bool) -> Int64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      let isUpper = folding && byte &- UInt8(ascii: "A") < 26
      value = (value ^ UInt64(isUpper ? byte | 0x20 : byte)) &* 0x100_0000_01B3
    }
    value = (value ^ (value >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return Int64(bitPattern: value ^ (value >> 29))
  }
}

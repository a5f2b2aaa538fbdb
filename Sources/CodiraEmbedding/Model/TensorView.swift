/// A matrix, or a vector as one row, as it lies in a mapped file: float32, or a format that float32 holds exactly.
package struct TensorView: @unchecked Sendable {
  package enum Element: String, Sendable, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    var byteCount: Int { self == .float32 ? 4 : 2 }
  }

  package let start: UnsafeRawPointer
  package let element: Element
  package let rows: Int
  package let columns: Int

  package var count: Int { rows * columns }
  var byteCount: Int { count * element.byteCount }

  /// The values where they lie, if they are float32.
  package var floats: UnsafePointer<Float>? {
    element == .float32 ? start.assumingMemoryBound(to: Float.self) : nil
  }

  /// One row where it lies, or converted into `scratch`, which has room for it.
  package func row(_ index: Int, scratch: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    if let floats { return floats + index * columns }
    convert(index * columns..<(index + 1) * columns, to: scratch)
    return UnsafePointer(scratch)
  }

  /// Writes values as float32, exactly.
  package func convert(_ range: Range<Int>, to result: UnsafeMutablePointer<Float>) {
    switch element {
    case .float32:
      result.update(from: start.assumingMemoryBound(to: Float.self) + range.lowerBound, count: range.count)
    case .bfloat16:
      let halves = start.assumingMemoryBound(to: UInt16.self) + range.lowerBound
      for index in 0..<range.count { result[index] = Float(bitPattern: UInt32(halves[index]) << 16) }
    case .float16:
      let halves = start.assumingMemoryBound(to: UInt16.self) + range.lowerBound
      for index in 0..<range.count { result[index] = Self.float(ofHalf: halves[index]) }
    }
  }

  /// The float32 of a float16: exponent and fraction moved to their places, the exponent's offset by a product.
  private static func float(ofHalf half: UInt16) -> Float {
    let magnitude = UInt32(half & 0x7FFF) << 13
    let sign = UInt32(half & 0x8000) << 16
    if half & 0x7C00 == 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | magnitude) }
    return Float(bitPattern: sign | (Float(bitPattern: magnitude) * 0x1p112).bitPattern)
  }

  /// The place of the first value that is infinite or not a number.
  package var firstNonFinite: Int? {
    switch element {
    case .float32: Self.first(start.assumingMemoryBound(to: UInt32.self), count, exponent: 0x7F80_0000)
    case .float16: Self.first(start.assumingMemoryBound(to: UInt16.self), count, exponent: 0x7C00)
    case .bfloat16: Self.first(start.assumingMemoryBound(to: UInt16.self), count, exponent: 0x7F80)
    }
  }

  /// Blocks of numbers go by without a branch; the place is looked for in the first block that has one.
  private static func first<Bits: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafePointer<Bits>, _ count: Int, exponent: Bits
  ) -> Int? {
    var block = 0
    while block < count {
      let end = min(count, block + 4096)
      var highest: Bits = 0
      for index in block..<end { highest = max(highest, values[index] & exponent) }
      if highest == exponent { return (block..<end).first { values[$0] & exponent == exponent } }
      block = end
    }
    return nil
  }
}

import CVectors
import Glibc

/// The vectors of current units in one byte a value, in the order of units: what a search reads whole.
///
/// A row's codes times its scale are its vector, but for an error whose length is at most `error`. Lives in one block
/// of memory, which is a file's image: mapped, or made now.
package final class VectorCodes: @unchecked Sendable {
  package let dimension: Int
  package let count: Int
  /// The length of the largest error of any row.
  package let error: Float
  /// The length of the longest vector.
  package let length: Float
  package let units: UnsafeBufferPointer<Int64>
  package let payloads: UnsafeBufferPointer<Int64>
  private let scales: UnsafePointer<Float>
  private let codes: UnsafePointer<Int8>
  let image: UnsafeMutableRawBufferPointer

  /// Takes over an image from `mmap`, whole and of a sound header.
  init?(_ image: UnsafeMutableRawBufferPointer) {
    guard let header = VectorCodesHeader(UnsafeRawBufferPointer(image)),
      let layout = VectorCodesLayout(dimension: header.dimension, count: header.count),
      layout.size == image.count, let start = image.baseAddress
    else { return nil }
    (dimension, count, error, length) = (header.dimension, header.count, header.error, header.length)
    let raw = UnsafeRawPointer(start)
    units = UnsafeBufferPointer(
      start: (raw + layout.units).assumingMemoryBound(to: Int64.self), count: count)
    payloads = UnsafeBufferPointer(
      start: (raw + layout.payloads).assumingMemoryBound(to: Int64.self), count: count)
    scales = (raw + layout.scales).assumingMemoryBound(to: Float.self)
    codes = (raw + layout.codes).assumingMemoryBound(to: Int8.self)
    self.image = image
  }

  deinit { munmap(image.baseAddress, image.count) }

  /// A row as it is stored.
  func row(_ row: Int) -> (codes: UnsafePointer<Int8>, coded: codira_coded) {
    let coded = codira_coded(scale: scales[row], error: scales[count + row], length: scales[2 * count + row])
    return (codes + row * VectorCodesLayout.stride(dimension), coded)
  }

  /// Writes to `result` what each of the rows has with a question, to within `bound(question)`.
  package func products(
    of question: CodedQuestion, rows: Range<Int>, into result: UnsafeMutablePointer<Float>
  ) {
    let stride = VectorCodesLayout.stride(dimension)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { sums in
      guard let start = sums.baseAddress else { return }
      codira_products(
        start, codes + rows.lowerBound * stride, stride, rows.count, question.codes, dimension)
      for (index, row) in rows.enumerated() {
        result[index] = Float(sums[index]) * (scales[row] * question.scale)
      }
    }
  }

  /// How far `products` may be from the product of the vectors themselves.
  ///
  /// With v and q the vector and the question, v' and q' what their codes stand for:
  /// |v·q − v'·q'| ≤ |v − v'| |q| + |v'| |q − q'|, and |v'| ≤ |v| + |v − v'|; what rounding adds to sums of float32
  /// is at most the dimension's share of the last place.
  package func bound(_ question: CodedQuestion) -> Float {
    let coded = length + error
    let rounding = Float(dimension + 8) * Float.ulpOfOne
    return error * question.length + coded * question.error + rounding * coded * question.length
  }
}

/// A question's vector in two bytes a value.
package struct CodedQuestion: Sendable {
  let codes: [Int16]
  let scale: Float
  let error: Float
  let length: Float

  package init(_ vector: [Float]) {
    var codes = [Int16](repeating: 0, count: vector.count)
    let coded = codira_encode_question(&codes, vector, vector.count)
    self.codes = codes
    (scale, error, length) = (max(coded.scale, 0), coded.error, coded.length)
  }
}

/// Where things lie in the image of so many rows: units, payloads, scales, errors, lengths, codes.
struct VectorCodesLayout {
  let units = VectorCodesHeader.size
  let payloads: Int
  let scales: Int
  let codes: Int
  let size: Int

  /// nil for what no file can hold.
  init?(dimension: Int, count: Int) {
    guard 1...Int(CODIRA_VECTOR_LIMIT) ~= dimension, 0...(1 << 34) ~= count else { return nil }
    payloads = units + 8 * count
    scales = payloads + 8 * count
    codes = (scales + 12 * count + 63) / 64 * 64
    size = codes + count * Self.stride(dimension)
  }

  /// Bytes from row to row.
  static func stride(_ dimension: Int) -> Int { (dimension + 31) / 32 * 32 }
}

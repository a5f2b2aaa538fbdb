import CEmbedding
import Foundation
import Testing

/// The attention of every instruction set against the arithmetic written out.
@Suite struct AttentionKernelTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let length: Int
    let heads: Int
    let width: Int
    var reach = Int.max
    /// Of the numbers that queries, keys and values are made of.
    var size: Float = 2

    var testDescription: String {
      "\(length) tokens, \(heads) heads of \(width), reach \(reach), size \(size)"
    }
  }

  static let shapes = [
    Shape(length: 1, heads: 1, width: 4), Shape(length: 2, heads: 3, width: 8),
    Shape(length: 13, heads: 2, width: 32), Shape(length: 40, heads: 2, width: 33),
    Shape(length: 70, heads: 1, width: 64), Shape(length: 50, heads: 2, width: 16, reach: 3),
    Shape(length: 30, heads: 1, width: 32, reach: 0), Shape(length: 17, heads: 2, width: 32, size: 60),
  ]

  @Test(arguments: KernelsTests.names, shapes)
  func contextIsTheWeightedSumOfValues(name: String, shape: Shape) throws {
    let kernels = try instructionSet(name)
    let (rows, context) = run(kernels, shape)
    let width = shape.heads * shape.width
    for head in 0..<shape.heads {
      for token in 0..<shape.length {
        let expected = expected(rows, shape, head, token)
        for column in 0..<shape.width {
          let found = Double(context[token * width + head * shape.width + column])
          #expect(abs(found - expected[column]) < 2e-6 * Double(shape.size), "head \(head), token \(token)")
        }
      }
    }
  }

  /// Weights of rounded queries and keys, rounded themselves, of rounded values.
  @Test(arguments: KernelsTests.names, shapes)
  func roundedAttentionIsNearThatOfRoundedNumbers(name: String, shape: Shape) throws {
    let (rows, context) = run(try instructionSet(name), shape, rounding: true)
    let width = shape.heads * shape.width
    let rounded = rows.map(bfloat16)
    for head in 0..<shape.heads {
      for token in 0..<shape.length {
        let expected = expected(rounded, shape, head, token)
        for column in 0..<shape.width {
          let found = Double(context[token * width + head * shape.width + column])
          // A weight is off by 1/512 of itself at most, so is each side of the sum.
          #expect(abs(found - expected[column]) <= 0.004 * Double(shape.size), "head \(head), token \(token)")
        }
      }
    }
  }

  @Test(arguments: KernelsTests.names, shapes)
  func bytesEqualThoseOfThePortableKernels(name: String, shape: Shape) throws {
    let found = run(try instructionSet(name), shape).context.map(\.bitPattern)
    #expect(found == run(try instructionSet("portable"), shape).context.map(\.bitPattern))
  }

  /// What lies behind the last value is read and must not count.
  private func run(
    _ kernels: codira_kernels, _ shape: Shape, rounding: Bool = false
  ) -> (rows: [Float], context: [Float]) {
    let width = shape.heads * shape.width
    let rows = random(shape.length * 3 * width, 11, scale: shape.size)
    let padded = rows + [Float](repeating: .nan, count: kernels.panel)
    var context = [Float](repeating: .nan, count: shape.length * width)
    var scratch = [Float](repeating: .nan, count: kernels.attend_scratch(shape.length, shape.width))
    let attention = codira_attention(
      length: shape.length, stride: 3 * width, heads: shape.heads, width: shape.width, reach: shape.reach,
      scale: 0.25)
    padded.withUnsafeBufferPointer { rows in
      withUnsafePointer(to: attention) { attention in
        let queries = rows.baseAddress!
        let attend = rounding ? kernels.attend16! : kernels.attend!
        attend(&context, width, queries, queries + width, queries + 2 * width, attention, &scratch)
      }
    }
    return (rows, context)
  }

  private func expected(_ rows: [Float], _ shape: Shape, _ head: Int, _ token: Int) -> [Double] {
    let width = shape.heads * shape.width
    func value(_ token: Int, _ part: Int, _ column: Int) -> Double {
      Double(rows[token * 3 * width + part * width + head * shape.width + column])
    }
    let seen = (0..<shape.length).filter { abs($0 - token) <= shape.reach }
    let scores = seen.map { other in
      0.25 * (0..<shape.width).reduce(0) { $0 + value(token, 0, $1) * value(other, 1, $1) }
    }
    let weights = scores.map { exp($0 - scores.max()!) }
    let total = weights.reduce(0, +)
    return (0..<shape.width).map { column in
      zip(seen, weights).reduce(0) { $0 + value($1.0, 2, column) * $1.1 / total }
    }
  }
}

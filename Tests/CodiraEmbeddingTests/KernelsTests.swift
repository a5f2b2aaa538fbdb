import CEmbedding
import Foundation
import Testing

/// Every instruction set's kernels against the arithmetic they promise.
@Suite struct KernelsTests {
  static let names = (0..<8).compactMap { codira_kernels_at($0).map { String(cString: $0.pointee.name) } }

  static func kernels(_ name: String) throws -> codira_kernels {
    let index = try #require(names.firstIndex(of: name))
    return codira_kernels_at(index).pointee
  }

  static func random(_ count: Int, _ seed: UInt64, scale: Float = 1) -> [Float] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return scale * (Float(state >> 40) / Float(1 << 23) - 1)
    }
  }

  /// Each product is one chain of fused multiply-adds, whatever the shape: equal to the last bit.
  @Test(arguments: names)
  func productsAreChainsOfFusedMultiplyAdds(name: String) throws {
    let kernels = try Self.kernels(name)
    for (rows, depth, columns) in [
      (1, 1, 1), (5, 7, 3), (6, 32, 16), (13, 33, 17), (25, 64, 70), (3, 100, 32),
    ] {
      let a = Self.random(rows * depth, 1)
      let b = Self.random(depth * columns, 2)
      let bias = Self.random(columns, 3)
      let before = Self.random(rows * (columns + 3), 4)
      let padded = (columns + kernels.panel - 1) / kernels.panel * kernels.panel
      var packed = [Float](repeating: .nan, count: padded * depth)
      kernels.pack(&packed, b, depth, columns, columns, 1)
      var transposed = [Float](repeating: .nan, count: padded * depth)
      let bTransposed = (0..<columns).flatMap { n in (0..<depth).map { b[$0 * columns + n] } }
      kernels.pack(&transposed, bTransposed, depth, columns, 1, depth)
      #expect(packed == transposed)

      for epilogue in [CODIRA_STORE, CODIRA_STORE_ADD] {
        var c = before
        kernels.multiply(&c, columns + 3, a, depth, packed, bias, rows, depth, columns, epilogue)
        for row in 0..<rows {
          for column in 0..<columns + 3 {
            let place = row * (columns + 3) + column
            var expected = before[place]
            if column < columns {
              expected = epilogue == CODIRA_STORE_ADD ? bias[column] + expected : bias[column]
              for k in 0..<depth { expected.addProduct(a[row * depth + k], b[k * columns + column]) }
            }
            #expect(c[place] == expected, "\(rows)×\(depth)×\(columns) at \(row), \(column)")
          }
        }
      }
    }
  }

  @Test(arguments: names)
  func geluIsExactToFloatPrecision(name: String) throws {
    let kernels = try Self.kernels(name)
    let x = stride(from: -14, through: 14, by: 0.0137).map { Float($0) } + [0, -0.0, 1e-20, 100, -100]
    var packed = [Float](repeating: 0, count: x.count + kernels.panel)
    kernels.pack(&packed, x, 1, x.count, 1, 1)
    var found = [Float](repeating: 0, count: x.count)
    kernels.multiply(&found, x.count, [1], 1, packed, nil, 1, 1, x.count, CODIRA_STORE_GELU)
    for (x, found) in zip(x, found) {
      let expected = 0.5 * Double(x) * erfc(-Double(x) / 2.0.squareRoot())
      #expect(abs(Double(found) - expected) <= 1e-7 * max(1, abs(Double(x))), "gelu(\(x))")
    }
  }

  @Test(arguments: names)
  func layerNormCentresAndScales(name: String) throws {
    let kernels = try Self.kernels(name)
    for columns in [1, 16, 32, 50] {
      let rows = Self.random(2 * columns, 6, scale: 5)
      let weight = Self.random(columns, 7)
      let bias = Self.random(columns, 8)
      var found = rows
      kernels.layer_norm(&found, 2, columns, weight, bias, 1e-5)
      for row in 0..<2 {
        let part = rows[row * columns..<(row + 1) * columns].map(Double.init)
        let mean = part.reduce(0, +) / Double(columns)
        let variance = part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
        for column in 0..<columns {
          let expected =
            (part[column] - mean) / (variance + 1e-5).squareRoot() * Double(weight[column])
            + Double(bias[column])
          #expect(abs(Double(found[row * columns + column]) - expected) < 3e-6)
        }
      }
    }
  }

  /// What the instruction sets must agree on to the last bit besides products.
  @Test(arguments: names)
  func bytesEqualThoseOfThePortableKernels(name: String) throws {
    let kernels = try Self.kernels(name)
    let portable = try Self.kernels("portable")
    let values = Self.random(7 * 45, 9, scale: 8)
    func run(_ kernels: codira_kernels) -> [UInt32] {
      var norm = values
      kernels.layer_norm(&norm, 7, 45, Self.random(45, 1), Self.random(45, 2), 1e-12)
      var mean = [Float](repeating: 0, count: 45)
      kernels.mean(&mean, values, 7, 45)
      kernels.normalize(&mean, 45)
      var packed = [Float](repeating: 0, count: values.count + kernels.panel)
      kernels.pack(&packed, values, 1, values.count, 1, 1)
      var gelu = values
      kernels.multiply(&gelu, values.count, [1], 1, packed, nil, 1, 1, values.count, CODIRA_STORE_GELU)
      return (norm + mean + gelu).map(\.bitPattern)
    }
    #expect(run(kernels) == run(portable))
  }
}

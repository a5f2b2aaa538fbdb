import CEmbedding
import Foundation
import Testing

/// Every instruction set's kernels against the arithmetic they promise.
@Suite struct KernelsTests {
  static let names = (0..<8).compactMap { codira_kernels_at($0).map { String(cString: $0.pointee.name) } }

  /// Each product is one chain of fused multiply-adds, whatever the shape: equal to the last bit.
  @Test(arguments: names)
  func productsAreChainsOfFusedMultiplyAdds(name: String) throws {
    let kernels = try instructionSet(name)
    for (rows, depth, columns) in [
      (1, 1, 1), (5, 7, 3), (6, 32, 16), (13, 33, 17), (25, 64, 70), (3, 100, 32),
    ] {
      let a = random(rows * depth, 1)
      let b = random(depth * columns, 2)
      let bias = random(columns, 3)
      let before = random(rows * (columns + 3), 4)
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
    let kernels = try instructionSet(name)
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
    let kernels = try instructionSet(name)
    for columns in [1, 16, 32, 50] {
      let rows = random(2 * columns, 6, scale: 5)
      let weight = random(columns, 7)
      let bias = random(columns, 8)
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

  /// Each activation, of rows of any length, alone and as one half of gated units.
  @Test(arguments: names, [CODIRA_GELU, CODIRA_GELU_TANH, CODIRA_RELU, CODIRA_SILU])
  func activationsAreExactToFloatPrecision(name: String, activation: codira_activation) throws {
    let kernels = try instructionSet(name)
    func expected(_ x: Double) -> Double {
      switch activation {
      case CODIRA_GELU: 0.5 * x * erfc(-x / 2.0.squareRoot())
      case CODIRA_GELU_TANH: x / (1 + exp(-2 * (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
      case CODIRA_RELU: max(0, x)
      default: x / (1 + exp(-x))
      }
    }
    for columns in [1, 15, 16, 17, 48, 100] {
      var values = random(3 * 2 * columns, UInt64(columns), scale: 12)
      values[0] = -100
      for isGated in [false, true] {
        var found = values
        kernels.activate(&found, 2 * columns, 3, columns, activation, isGated ? 1 : 0)
        for row in 0..<3 {
          for column in 0..<columns {
            let place = row * 2 * columns + column
            let factor = isGated ? Double(values[place + columns]) : 1
            let value = expected(Double(values[place])) * factor
            let bound = 1.5e-7 * max(1, abs(Double(values[place]))) * max(1, abs(factor))
            #expect(abs(Double(found[place]) - value) <= bound)
            #expect(found[place + columns] == values[place + columns])
          }
        }
      }
    }
  }

  @Test(arguments: names)
  func rotationTurnsPairsByTheirAngles(name: String) throws {
    let kernels = try instructionSet(name)
    for (count, half) in [(1, 1), (3, 8), (2, 17), (4, 32)] {
      let vectors = random(count * 2 * half, 3)
      let angles = random(half, 4, scale: 3).map(Double.init)
      var found = vectors
      kernels.rotate(&found, count, 2 * half, angles.map { Float(cos($0)) }, angles.map { Float(sin($0)) })
      for vector in 0..<count {
        for index in 0..<half {
          let place = vector * 2 * half + index
          let (a, b) = (Double(vectors[place]), Double(vectors[place + half]))
          #expect(abs(Double(found[place]) - (a * cos(angles[index]) - b * sin(angles[index]))) < 3e-7)
          #expect(abs(Double(found[place + half]) - (b * cos(angles[index]) + a * sin(angles[index]))) < 3e-7)
        }
      }
    }
  }

  /// What the instruction sets must agree on to the last bit besides products.
  @Test(arguments: names)
  func bytesEqualThoseOfThePortableKernels(name: String) throws {
    let kernels = try instructionSet(name)
    let portable = try instructionSet("portable")
    let values = random(7 * 45, 9, scale: 8)
    func run(_ kernels: codira_kernels) -> [UInt32] {
      var norm = values
      kernels.layer_norm(&norm, 7, 45, random(45, 1), random(45, 2), 1e-12)
      var mean = [Float](repeating: 0, count: 45)
      kernels.mean(&mean, values, 7, 45)
      kernels.normalize(&mean, 45)
      var packed = [Float](repeating: 0, count: values.count + kernels.panel)
      kernels.pack(&packed, values, 1, values.count, 1, 1)
      var gelu = values
      kernels.multiply(&gelu, values.count, [1], 1, packed, nil, 1, 1, values.count, CODIRA_STORE_GELU)
      var units = values
      for (row, activation) in [CODIRA_GELU, CODIRA_GELU_TANH, CODIRA_RELU, CODIRA_SILU].enumerated() {
        units.withUnsafeMutableBufferPointer {
          kernels.activate($0.baseAddress! + row * 45, 45, 1, 22, activation, 1)
        }
      }
      var turned = values
      kernels.rotate(&turned, 7, 44, random(22, 3), random(22, 4))
      return [norm, mean, gelu, units, turned].flatMap { $0.map(\.bitPattern) }
    }
    #expect(run(kernels) == run(portable))
  }
}

/// The kernels of that name.
func instructionSet(_ name: String) throws -> codira_kernels {
  let index = try #require(KernelsTests.names.firstIndex(of: name))
  return codira_kernels_at(index).pointee
}

/// The same numbers for the same seed, between -scale and scale.
func random(_ count: Int, _ seed: UInt64, scale: Float = 1) -> [Float] {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return scale * (Float(state >> 40) / Float(1 << 23) - 1)
  }
}

import CEmbedding
import Foundation
import Testing

/// Products of codes of 8 bits and of bfloat16 numbers, against the arithmetic they promise.
@Suite struct ReducedKernelsTests {
  static let shapes = [
    (1, 1, 1), (5, 7, 3), (6, 32, 16), (13, 33, 17), (25, 64, 70), (3, 100, 32), (12, 384, 64),
  ]

  @Test(arguments: KernelsTests.names)
  func codesGiveBackTheValuesToHalfAStep(name: String) throws {
    let kernels = try instructionSet(name)
    for columns in [1, 15, 16, 40, 384] {
      let values = random(3 * columns, 21, scale: 3).map { $0 + 0.7 }
      let factors = random(columns, 22).map { $0 + 2 }
      let rows = encode(kernels, values, factors, columns)
      for row in 0..<3 {
        for column in 0..<columns {
          let expected = values[row * columns + column] * factors[column]
          let found = rows.value(row, column)
          #expect(abs(found - expected) <= 0.501 * rows.ranges[row].scale + abs(expected) * 1e-6)
        }
      }
    }
  }

  @Test(arguments: KernelsTests.names)
  func rowsOfZerosAreZeros(name: String) throws {
    let rows = encode(try instructionSet(name), [Float](repeating: 0, count: 60), nil, 20)
    for row in 0..<3 { for column in 0..<20 { #expect(rows.value(row, column) == 0) } }
  }

  /// The product of the codes is exact; only what comes of it is rounded.
  @Test(arguments: KernelsTests.names)
  func productsOfCodesAreThoseOfTheirValues(name: String) throws {
    let kernels = try instructionSet(name)
    for (rows, depth, columns) in Self.shapes {
      let a = random(rows * depth, 1)
      let b = random(columns * depth, 2)
      let bias = random(columns, 3)
      let product = multiply8(kernels, a, b, bias, rows, depth, columns, CODIRA_STORE)
      for row in 0..<rows {
        for column in 0..<columns {
          let exact = (0..<depth).reduce(Double(bias[column])) {
            $0 + Double(a[row * depth + $1]) * Double(b[column * depth + $1])
          }
          // Half a step of either factor at each of the places, at most.
          let bound = Double(depth) * (1.0 / 255 + 0.5 / 127 + 1e-4)
          #expect(abs(Double(product[row * columns + column]) - exact) < bound, "\(rows)×\(depth)×\(columns)")
        }
      }
    }
  }

  /// The largest codes there are meet: nothing may saturate.
  @Test(arguments: KernelsTests.names)
  func extremesDoNotSaturate(name: String) throws {
    let kernels = try instructionSet(name)
    let depth = 1536
    for sign in [Float(1), -1] {
      let a = [Float](repeating: 1, count: depth)
      let b = [Float](repeating: sign, count: depth)
      let product = multiply8(kernels, a, b, [0], 1, depth, 1, CODIRA_STORE)
      #expect(abs(product[0] - sign * Float(depth)) < 0.001)
    }
  }

  @Test(arguments: KernelsTests.names)
  func bytesOfCodesEqualThoseOfThePortableKernels(name: String) throws {
    let kernels = try instructionSet(name)
    let portable = try instructionSet("portable")
    for (rows, depth, columns) in Self.shapes {
      for epilogue in [CODIRA_STORE, CODIRA_STORE_ADD, CODIRA_STORE_GELU, CODIRA_STORE_COARSE_GELU] {
        let (a, b) = (random(rows * depth, 5), random(columns * depth, 6))
        let bias = random(columns, 7)
        let found = multiply8(kernels, a, b, bias, rows, depth, columns, epilogue).map(\.bitPattern)
        let expected = multiply8(portable, a, b, bias, rows, depth, columns, epilogue).map(\.bitPattern)
        #expect(found == expected, "\(rows)×\(depth)×\(columns)")
      }
    }
  }

  @Test(arguments: KernelsTests.names)
  func productsOfHalvesAreThoseOfRoundedValues(name: String) throws {
    let kernels = try instructionSet(name)
    for (rows, depth, columns) in Self.shapes {
      let a = random(rows * depth, 8)
      let b = random(columns * depth, 9)
      let bias = random(columns, 10)
      let product = multiply16(kernels, a, b, bias, rows, depth, columns)
      for row in 0..<rows {
        for column in 0..<columns {
          let expected = (0..<depth).reduce(Double(bias[column])) {
            $0 + Double(bfloat16(a[row * depth + $1])) * Double(bfloat16(b[column * depth + $1]))
          }
          let found = Double(product[row * columns + column])
          #expect(abs(found - expected) < 1e-6 * Double(depth + 4), "\(rows)×\(depth)×\(columns)")
        }
      }
    }
  }

  /// gelu as codes of 8 bits need it.
  @Test(arguments: KernelsTests.names)
  func coarseGELUIsWithinItsBound(name: String) throws {
    let kernels = try instructionSet(name)
    let bias = stride(from: Float(-9), through: 9, by: 0.0137).map { $0 }
    let weights = [Float](repeating: 0, count: bias.count)
    let found = multiply8(kernels, [0], weights, bias, 1, 1, bias.count, CODIRA_STORE_COARSE_GELU)
    for (x, found) in zip(bias, found) {
      let expected = 0.5 * x * Float(erfc(-Double(x) / 2.0.squareRoot()))
      #expect(abs(found - expected) < 1.2e-4, "gelu(\(x))")
    }
  }
}

/// Three rows of codes.
private struct Codes {
  let bytes: [UInt8]
  let ranges: [codira_code_range]
  let width: Int
  let size: Int

  func value(_ row: Int, _ column: Int) -> Float {
    let code = bytes[row * width + column * size]
    return ranges[row].scale * Float(Int32(code) - ranges[row].zero)
  }
}

private func encode(_ kernels: codira_kernels, _ values: [Float], _ factors: [Float]?, _ columns: Int)
  -> Codes
{
  let width = kernels.encode_size(columns)
  var bytes = [UInt8](repeating: 0xA5, count: 3 * width)
  var ranges = [codira_code_range](repeating: codira_code_range(), count: 3)
  kernels.encode(&bytes, &ranges, values, columns, factors, 3, columns)
  return Codes(bytes: bytes, ranges: ranges, width: width, size: kernels.encode_size(64) / 64)
}

private func multiply8(
  _ kernels: codira_kernels, _ a: [Float], _ b: [Float], _ bias: [Float], _ rows: Int, _ depth: Int,
  _ columns: Int, _ epilogue: codira_epilogue
) -> [Float] {
  var panels = [Float](repeating: .nan, count: kernels.pack8_size(depth, columns) / 4 + 1)
  var scratch = [Int8](repeating: 1, count: depth + 4)
  kernels.pack8(&panels, b, nil, depth, columns, &scratch)
  var codes = [Float](repeating: .nan, count: rows * kernels.encode_size(depth) / 4 + 1)
  var ranges = [codira_code_range](repeating: codira_code_range(), count: rows)
  kernels.encode(&codes, &ranges, a, depth, nil, rows, depth)
  var c = [Float](repeating: 0.5, count: rows * columns)
  kernels.multiply8(&c, columns, codes, ranges, panels, bias, rows, depth, columns, epilogue)
  return c
}

private func multiply16(
  _ kernels: codira_kernels, _ a: [Float], _ b: [Float], _ bias: [Float], _ rows: Int, _ depth: Int,
  _ columns: Int
) -> [Float] {
  var panels = [Float](repeating: .nan, count: kernels.pack16_size(depth, columns) / 4 + 1)
  kernels.pack16(&panels, b, depth, columns)
  var halves = [Float](repeating: .nan, count: rows * kernels.round16_size(depth) / 4 + 1)
  kernels.round16(&halves, a, depth, rows, depth)
  var c = [Float](repeating: .nan, count: rows * columns)
  kernels.multiply16(&c, columns, halves, panels, bias, rows, depth, columns, CODIRA_STORE)
  return c
}

/// To the nearest bfloat16, ties to even.
func bfloat16(_ value: Float) -> Float {
  let bits = value.bitPattern
  return Float(bitPattern: (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF_0000)
}

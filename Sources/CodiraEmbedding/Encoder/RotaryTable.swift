/// The cosines and sines of rotary positions: of angle n at position p, p · theta^(-2n / width).
///
/// Frequencies and angles are rounded to float32, as the reference rounds them. Powers, cosines and sines are sums
/// written out here, so they have the same bytes on every machine, whatever its mathematical library.
final class RotaryTable: @unchecked Sendable {
  private let cosines: UnsafeMutablePointer<Float>  // [positions × width / 2]
  private let sines: UnsafeMutablePointer<Float>  // [positions × width / 2]
  private let half: Int

  init(theta: Double, width: Int, positions: Int) {
    half = width / 2
    cosines = .allocate(capacity: max(1, positions * half))
    sines = .allocate(capacity: max(1, positions * half))
    let scale = Self.logarithm(theta) * -2 / Double(width)
    for index in 0..<half {
      let frequency = Float(Self.exponential(scale * Double(index)))
      for position in 0..<positions {
        let (cosine, sine) = Self.turn(Double(Float(position) * frequency))
        cosines[position * half + index] = Float(cosine)
        sines[position * half + index] = Float(sine)
      }
    }
  }

  deinit {
    cosines.deallocate()
    sines.deallocate()
  }

  func cosines(at position: Int) -> UnsafePointer<Float> { UnsafePointer(cosines + position * half) }
  func sines(at position: Int) -> UnsafePointer<Float> { UnsafePointer(sines + position * half) }

  /// ln x = e ln 2 + 2 artanh((m - 1) / (m + 1)) with x = m · 2^e and m near one.
  private static func logarithm(_ x: Double) -> Double {
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    for term in stride(from: 41, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
    return exponent * ln2 + 2 * ratio * sum
  }

  /// eˣ = 2ⁿ eʳ with |r| at most half of ln 2.
  private static func exponential(_ x: Double) -> Double {
    let power = (x / ln2).rounded()
    let rest = x - power * ln2
    var sum = 1.0
    for term in stride(from: 18, through: 1, by: -1) { sum = 1 + sum * rest / Double(term) }
    return Double(sign: .plus, exponent: Int(power), significand: 1) * sum
  }

  /// Cosine and sine of an angle from zero on, reduced to a quarter turn around zero.
  private static func turn(_ angle: Double) -> (cosine: Double, sine: Double) {
    let quarters = (angle * 0.6366197723675814).rounded()
    // pi / 2 in two parts: the product with the first is exact for every number of quarters met here.
    let rest = angle - quarters * 0x1.921fb544p+0 - quarters * 0x1.0b4611a626331p-34
    let square = rest * rest
    var cosine = 1.0
    var sine = 1.0
    for term in stride(from: 18.0, through: 2, by: -2) {
      cosine = 1 - cosine * square / (term * (term - 1))
      sine = 1 - sine * square / (term * (term + 1))
    }
    sine *= rest
    switch Int(quarters) & 3 {
    case 0: return (cosine, sine)
    case 1: return (-sine, cosine)
    case 2: return (-cosine, -sine)
    default: return (sine, -cosine)
    }
  }

  private static let ln2 = 0.6931471805599453
}

/// How numbers are held while computing; part of a vector set's identity.
public enum Precision: String, Sendable, CaseIterable {
  /// Every product in float32: the reference.
  case float32
  /// Weights and the rows they meet rounded to bfloat16, sums in float32.
  case bfloat16
  /// Weights in 8 bits by output, the rows they meet in 8 bits by token, exact sums; all else in float32.
  case int8
}

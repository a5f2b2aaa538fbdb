/// Takes the tensors of an encoder out of its files, each with the shape that the configuration says.
final class WeightReader {
  private let tensors: ModelTensors
  private let prefix: String
  private let storage = FloatStorage()
  /// Everything taken, by name.
  private(set) var taken: [(name: String, view: TensorView)] = []

  init(_ tensors: ModelTensors, prefix: String) {
    self.tensors = tensors
    self.prefix = prefix
  }

  /// What keeps the pointers alive that were handed out.
  var owners: [any Sendable] { [tensors, storage] }

  func tensor(_ name: String, _ shape: [Int]) throws(EmbeddingError) -> TensorView {
    let view = try tensors.tensor(prefix + name, shape: shape)
    taken.append((prefix + name, view))
    return view
  }

  /// A vector as float32, where it lies or as a copy.
  func vector(_ name: String, _ count: Int) throws(EmbeddingError) -> UnsafePointer<Float> {
    try vector([name], count)
  }

  /// Vectors of equal length, one after another.
  func vector(_ names: [String], _ count: Int) throws(EmbeddingError) -> UnsafePointer<Float> {
    var parts: [TensorView] = []
    for name in names { parts.append(try tensor(name, [count / names.count])) }
    if parts.count == 1, let floats = parts[0].floats { return floats }
    let result = storage.allocate(count)
    for (index, part) in parts.enumerated() {
      part.convert(0..<part.count, to: result + index * part.count)
    }
    return UnsafePointer(result)
  }

  /// The first row of a matrix as float32.
  func firstRow(_ matrix: TensorView) -> UnsafePointer<Float> {
    matrix.row(0, scratch: storage.allocate(matrix.columns))
  }

  func zeros(_ count: Int) -> UnsafePointer<Float> {
    let result = storage.allocate(count)
    result.initialize(repeating: 0, count: count)
    return UnsafePointer(result)
  }

  /// A linear step whose matrix is stacked of the named ones, which have as many rows each.
  func linear(
    _ names: [String], _ outputs: Int, _ inputs: Int, bias: Bool
  ) throws(EmbeddingError) -> EncoderWeights.Linear {
    var parts: [TensorView] = []
    for name in names { parts.append(try tensor("\(name).weight", [outputs / names.count, inputs])) }
    return EncoderWeights.Linear(
      parts: parts, bias: bias ? try vector(names.map { "\($0).bias" }, outputs) : nil,
      outputs: outputs, inputs: inputs)
  }

  /// A norm; `gamma` and `beta` are the older names of its weight and bias.
  func normalization(
    _ name: String, _ count: Int, bias: Bool
  ) throws(EmbeddingError) -> EncoderWeights.Normalization {
    let isOld = tensors.has("\(prefix)\(name).gamma")
    return EncoderWeights.Normalization(
      weight: try vector("\(name).\(isOld ? "gamma" : "weight")", count),
      bias: bias ? try vector("\(name).\(isOld ? "beta" : "bias")", count) : zeros(count))
  }
}

/// Vectors that do not lie in a file as they are needed.
private final class FloatStorage: @unchecked Sendable {
  private var pointers: [UnsafeMutablePointer<Float>] = []

  func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let pointer = UnsafeMutablePointer<Float>.allocate(capacity: count)
    pointers.append(pointer)
    return pointer
  }

  deinit { for pointer in pointers { pointer.deallocate() } }
}

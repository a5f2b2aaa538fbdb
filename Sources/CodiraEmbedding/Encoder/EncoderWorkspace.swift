import CEmbedding

/// The buffers of one thread at a time, large enough for batches of so many tokens.
package final class EncoderWorkspace: @unchecked Sendable {
  let hidden: UnsafeMutablePointer<Float>  // [tokens × hidden]
  let projected: UnsafeMutablePointer<Float>  // [tokens × 3 hidden]: queries, keys, values
  let context: UnsafeMutablePointer<Float>  // [tokens × hidden]
  let feedForward: UnsafeMutablePointer<Float>  // [tokens × up]
  let attention: UnsafeMutablePointer<Float>  // what the attention of one sequence needs
  let codes: UnsafeMutableRawPointer  // [tokens × widest input] of products that are not in float32
  let ranges: UnsafeMutablePointer<codira_code_range>  // [tokens]
  private let tokens: Int
  private let longest: Int
  private let rotaries: [Double: RotaryTable]  // by their theta

  package init(_ encoder: PackedEncoder, tokens: Int, longest: Int) {
    let (configuration, kernels) = (encoder.weights.configuration, encoder.kernels)
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> { .allocate(capacity: max(1, count)) }
    // One row more than there may be tokens of texts that have none.
    let rows = max(1, tokens)
    hidden = floats(rows * configuration.hiddenSize)
    // Attention may read as far as a panel reaches beyond the last head of the last token.
    let projectedCount = rows * 3 * configuration.hiddenSize
    projected = floats(projectedCount + kernels.panel)
    (projected + projectedCount).initialize(repeating: 0, count: kernels.panel)
    context = floats(rows * configuration.hiddenSize)
    feedForward = floats(rows * configuration.upSize)
    attention = floats(kernels.attend_scratch(longest, configuration.headSize))
    let widest = max(configuration.hiddenSize, configuration.feedForwardSize)
    let codeBytes = max(kernels.round16_size(widest), kernels.encode_size(widest))
    codes = .allocate(byteCount: encoder.precision == .float32 ? 1 : rows * codeBytes, alignment: 64)
    ranges = .allocate(capacity: rows)
    var rotaries: [Double: RotaryTable] = [:]
    for theta in Set(configuration.attention.compactMap(\.theta)) {
      rotaries[theta] = RotaryTable(theta: theta, width: configuration.headSize, positions: longest)
    }
    self.rotaries = rotaries
    (self.tokens, self.longest) = (tokens, longest)
  }

  func holds(_ batches: SequenceBatches) -> Bool { batches.tokens <= tokens && batches.longest <= longest }

  func rotary(_ theta: Double?) -> RotaryTable? { theta.flatMap { rotaries[$0] } }

  deinit {
    for buffer in [hidden, projected, context, feedForward, attention] { buffer.deallocate() }
    codes.deallocate()
    ranges.deallocate()
  }
}

/// The buffers of one thread, large enough for the longest batch of sequences it is given.
package final class EncoderWorkspace {
  let hidden: UnsafeMutablePointer<Float>  // [tokens × hidden]
  let projected: UnsafeMutablePointer<Float>  // [tokens × 3 hidden]: queries, keys, values
  let context: UnsafeMutablePointer<Float>  // [tokens × hidden]
  let feedForward: UnsafeMutablePointer<Float>  // [tokens × up]
  let scores: UnsafeMutablePointer<Float>  // [sequence × sequence]
  let panels: UnsafeMutablePointer<Float>  // keys or values of one head, packed
  private let rotaries: [Double: RotaryTable]  // by their theta

  package init(configuration: EncoderConfiguration, panel: Int, tokens: Int, longest: Int) {
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> { .allocate(capacity: max(1, count)) }
    func padded(_ count: Int) -> Int { (count + panel - 1) / panel * panel }
    // One row more than there may be tokens of texts that have none.
    let rows = max(1, tokens)
    hidden = floats(rows * configuration.hiddenSize)
    projected = floats(rows * 3 * configuration.hiddenSize)
    context = floats(rows * configuration.hiddenSize)
    feedForward = floats(rows * configuration.upSize)
    scores = floats(longest * longest)
    panels = floats(max(padded(longest) * configuration.headSize, padded(configuration.headSize) * longest))
    var rotaries: [Double: RotaryTable] = [:]
    for theta in Set(configuration.attention.compactMap(\.theta)) {
      rotaries[theta] = RotaryTable(theta: theta, width: configuration.headSize, positions: longest)
    }
    self.rotaries = rotaries
  }

  func rotary(_ theta: Double?) -> RotaryTable? { theta.flatMap { rotaries[$0] } }

  deinit {
    for buffer in [hidden, projected, context, feedForward, scores, panels] { buffer.deallocate() }
  }
}

/// The buffers of one thread, large enough for the longest batch of sequences it is given.
package final class EncoderWorkspace {
  let hidden: UnsafeMutablePointer<Float>  // [tokens × hidden]
  let projected: UnsafeMutablePointer<Float>  // [tokens × 3 hidden]: queries, keys, values
  let context: UnsafeMutablePointer<Float>  // [tokens × hidden]
  let feedForward: UnsafeMutablePointer<Float>  // [tokens × feedForward]
  let scores: UnsafeMutablePointer<Float>  // [sequence × sequence]
  let panels: UnsafeMutablePointer<Float>  // keys or values of one head, packed

  package init(configuration: EncoderConfiguration, panel: Int, tokens: Int, longest: Int) {
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> { .allocate(capacity: count) }
    func padded(_ count: Int) -> Int { (count + panel - 1) / panel * panel }
    hidden = floats(tokens * configuration.hiddenSize)
    projected = floats(tokens * 3 * configuration.hiddenSize)
    context = floats(tokens * configuration.hiddenSize)
    feedForward = floats(tokens * configuration.feedForwardSize)
    scores = floats(longest * longest)
    panels = floats(max(padded(longest) * configuration.headSize, padded(configuration.headSize) * longest))
  }

  deinit {
    for buffer in [hidden, projected, context, feedForward, scores, panels] { buffer.deallocate() }
  }
}

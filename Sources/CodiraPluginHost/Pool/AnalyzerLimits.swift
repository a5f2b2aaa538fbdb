/// What one worker may take.
package struct AnalyzerLimits: Hashable, Sendable {
  /// Processor time for one file, and for starting; ten times as much by the clock is the backstop.
  package var cpuSeconds: Double
  /// Bytes of private memory.
  package var memory: Int

  package init(cpuSeconds: Double = 20, memory: Int = 2 << 30) {
    self.cpuSeconds = cpuSeconds
    self.memory = memory
  }

  /// Bytes an analyzer may send for a source: its symbols, references and all else, encoded.
  package static func output(forSource byteCount: Int) -> Int { 64 * byteCount + (1 << 20) }
}

import CodiraIndexer
import Glibc

/// Shows how far an index run is, on standard error: a bar on a terminal, else one line a stage; nothing with
/// `--quiet`.
final class ProgressBar {
  private let console: Console
  private let isTerminal: Bool
  private var stage: IndexProgress.Stage?
  private var lastDrawn = ContinuousClock.now - .seconds(1)
  private var isDrawn = false
  private static let width = 30

  init(console: Console) {
    self.console = console
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  func show(_ progress: IndexProgress) {
    if console.quiet || progress.total == 0 { return }
    if isTerminal { draw(progress) } else if stage != progress.stage { announce(progress) }
    stage = progress.stage
  }

  /// Takes the bar away.
  func clear() {
    if isDrawn { StandardError.write("\r\u{1B}[K") }
    isDrawn = false
  }

  private func announce(_ progress: IndexProgress) {
    switch progress.stage {
    case .scan: break
    case .analyze: console.note("reading \(CountText.count(progress.total, "file"))")
    case .embed: console.note("computing \(CountText.count(progress.total, "vector"))")
    }
  }

  private func draw(_ progress: IndexProgress) {
    let now = ContinuousClock.now
    guard progress.done == progress.total || lastDrawn.duration(to: now) > .milliseconds(80) else { return }
    lastDrawn = now
    let filled = Self.width * progress.done / progress.total
    let bar = String(repeating: "━", count: filled) + String(repeating: "╌", count: Self.width - filled)
    let verb = progress.stage == .embed ? "embedding" : "reading"
    let counts = "\(CountText.number(progress.done))/\(CountText.number(progress.total))"
    StandardError.write("\r\u{1B}[K\(verb) \(bar) \(counts)")
    isDrawn = true
  }
}

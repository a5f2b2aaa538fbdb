import CodiraIndexer
import Glibc

/// Shows how far an index run is, on standard error: a bar on a terminal, else a line a stage and one now and then;
/// nothing with `--quiet`.
///
/// The remaining time is that of the bytes left: files and texts differ in length, and texts come the longest first.
final class ProgressBar {
  private let console: Console
  private let isTerminal: Bool
  private var stage: IndexProgress.Stage?
  private var started = ContinuousClock.now
  private var lastShown = ContinuousClock.now
  private var isDrawn = false
  private static let width = 24
  private static let betweenDrawings = Duration.milliseconds(80)
  private static let betweenLines = Duration.seconds(20)

  init(console: Console) {
    self.console = console
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  func show(_ progress: IndexProgress) {
    if console.quiet || progress.total == 0 { return }
    let now = ContinuousClock.now
    let isNew = stage != progress.stage
    if isNew { (stage, started) = (progress.stage, now) }
    let isDue = lastShown.duration(to: now) >= (isTerminal ? Self.betweenDrawings : Self.betweenLines)
    guard isNew || isDue || (isTerminal && progress.done == progress.total) else { return }
    lastShown = now
    let elapsed = started.duration(to: now) / .seconds(1)
    if isTerminal { draw(progress, elapsed) } else { note(progress, elapsed, isNew: isNew) }
  }

  /// Takes the bar away.
  func clear() {
    if isDrawn { StandardError.write("\r\u{1B}[K") }
    isDrawn = false
  }

  private func note(_ progress: IndexProgress, _ elapsed: Double, isNew: Bool) {
    let (verb, noun) =
      switch progress.stage {
      case .scan, .analyze: ("reading", "file")
      case .embed: ("computing", "vector")
      }
    if isNew {
      console.note("\(verb) \(CountText.count(progress.total, noun))")
    } else {
      console.note(
        ([counts(progress, " of ") + " \(noun)s"] + pace(progress, elapsed)).joined(separator: ", "))
    }
  }

  private func draw(_ progress: IndexProgress, _ elapsed: Double) {
    let filled = Self.width * progress.work / max(1, progress.totalWork)
    let bar = String(repeating: "━", count: filled) + String(repeating: "╌", count: Self.width - filled)
    let verb = progress.stage == .embed ? "embedding" : "reading"
    let parts = [counts(progress, "/")] + pace(progress, elapsed)
    StandardError.write("\r\u{1B}[K\(verb) \(bar) \(parts.joined(separator: ", "))")
    isDrawn = true
  }

  private func counts(_ progress: IndexProgress, _ separator: String) -> String {
    CountText.number(progress.done) + separator + CountText.number(progress.total)
  }

  /// How many a second and how long still; nothing as long as nobody can tell.
  private func pace(_ progress: IndexProgress, _ elapsed: Double) -> [String] {
    guard let remaining = progress.remaining(after: elapsed) else { return [] }
    let rate = CountText.number(Int((Double(progress.done) / elapsed).rounded()))
    return ["\(rate)/s", "\(CountText.about(remaining)) left"]
  }
}

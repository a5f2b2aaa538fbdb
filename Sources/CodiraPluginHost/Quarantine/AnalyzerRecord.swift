import CodiraModel

/// An analyzer that takes a large share of what a file may cost, for many files.
package struct SlowAnalyzer: Hashable, Sendable {
  package let id: String
  /// Files that took a quarter of the limit or more.
  package let files: Int
  /// Processor seconds of the slowest, and its path.
  package let seconds: Double
  package let path: String
  /// Processor seconds that a file may take.
  package let limit: Double
}

/// What a run saw of its analyzers, beside their artifacts.
package struct PoolObservations: Hashable, Sendable {
  /// Those set aside during this run.
  package var setAside: [SetAsideAnalyzer] = []
  package var slow: [SlowAnalyzer] = []
  /// By the layers that some worker lacked: why.
  package var gaps: [SandboxLayer: SandboxState] = [:]

  package init() {}
}

/// How one plugin did in a run.
struct AnalyzerRecord {
  private var files = 0
  private var failures = 0
  private var failuresInRow = 0
  private var slowFiles = 0
  private var slowest = (seconds: 0.0, path: "")
  private static let slowShare = 0.25
  private static let slowCount = 5

  /// Counts a file; why the plugin is to be set aside, nil where it is not.
  mutating func count(
    path: String, failure: AnalysisFailure?, seconds: Double, limits: AnalyzerLimits
  ) -> String? {
    files += 1
    // Who was ended took all of it; his clock ended with him.
    let seconds = if case .timedOut? = failure { limits.cpuSeconds } else { seconds }
    if seconds >= limits.cpuSeconds * Self.slowShare { slowFiles += 1 }
    if seconds > slowest.seconds { slowest = (seconds, path) }
    guard let failure, failure.isMisbehaviour else {
      failuresInRow = 0
      return nil
    }
    failures += 1
    failuresInRow += 1
    guard failuresInRow >= Quarantine.limit, failures * 2 >= files else { return nil }
    return "it failed on \(failuresInRow) files in a row, on \(path) last: \(failure)"
  }

  func slow(_ id: String, _ limits: AnalyzerLimits) -> SlowAnalyzer? {
    guard slowFiles >= Self.slowCount else { return nil }
    return SlowAnalyzer(
      id: id, files: slowFiles, seconds: slowest.seconds, path: slowest.path, limit: limits.cpuSeconds)
  }
}

extension AnalysisFailure {
  /// Whether the analyzer did what none may do, whatever the file holds.
  fileprivate var isMisbehaviour: Bool {
    switch self {
    case .failed, .notMine, .stopped, .unavailable, .setAside: false
    default: true
    }
  }
}

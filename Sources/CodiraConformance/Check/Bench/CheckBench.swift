import CodiraModel
import CodiraPluginHost

/// The plugin under test, its samples, and the worker that rules put their questions to.
///
/// Every call is observed: what it printed, changed or left open is judged by the last rules.
package final class CheckBench: @unchecked Sendable {
  let file: String
  let fileBytes: [UInt8]
  /// The smallest first, so that evidence is small.
  private(set) var samples: [CheckSample]
  package let seed: UInt64
  var artifactsAreClean = true
  private(set) var observations: [(scene: String, observation: ProbeObservation)] = []
  private let executable: String
  let sandbox: SandboxChoice
  private let limits: AnalyzerLimits
  private var reader: ProbeWorker?
  private var current: SampleSetup?
  private var knownBaseline: [Baseline]?

  /// What a sample gave when all were read once, one after the other, by a new worker.
  struct Baseline {
    let sample: CheckSample
    let outcome: Result<ProbeReport, AnalysisFailure>

    /// What was reported, where it could be read.
    var artifacts: RawArtifacts? {
      guard let artifacts = try? outcome.get().artifacts else { return nil }
      return artifacts.outcome == .done || artifacts.outcome == .partial ? artifacts : nil
    }
  }

  /// `fileBytes` are the plugin's; `executable` is as for `AnalyzerPool`.
  package init(
    file: String, fileBytes: [UInt8], samples: [CheckSample], seed: UInt64,
    limits: AnalyzerLimits = AnalyzerLimits(cpuSeconds: 10, memory: 2 << 30),
    executable: String = "/proc/self/exe", sandbox: SandboxChoice = .ofProcess
  ) {
    self.file = file
    self.fileBytes = fileBytes
    self.samples = samples.sorted { ($0.bytes.count, $0.title) < ($1.bytes.count, $1.title) }
    self.seed = seed
    self.limits = limits
    self.executable = executable
    self.sandbox = sandbox
  }

  deinit { _ = reader?.finish() }

  /// A worker that has loaded the plugin and made no instance yet.
  func newWorker() throws(PluginRefusal) -> ProbeWorker {
    try ProbeWorker(path: file, limits: limits, executable: executable, sandbox: sandbox)
  }

  /// Gives the worker up, so that the next question starts a new one.
  func restart() {
    _ = reader?.finish()
    (reader, current) = (nil, nil)
  }

  /// Reads a source with an instance for its setup.
  func read(_ sample: CheckSample, isUnwanted: Bool = false) -> Result<ProbeReport, AnalysisFailure> {
    switch instance(for: sample.setup) {
    case .failure(let failure): return .failure(failure)
    case .success(let worker):
      let result = worker.analyze(path: sample.path, source: sample.bytes, isUnwanted: isUnwanted)
      switch result {
      case .success(let report): observations.append((sample.title, report.observation))
      case .failure: (reader, current) = (nil, nil)
      }
      return result
    }
  }

  private func instance(for setup: SampleSetup) -> Result<ProbeWorker, AnalysisFailure> {
    if let reader, current == setup { return .success(reader) }
    let worker: ProbeWorker
    if let reader {
      worker = reader
    } else {
      do throws(PluginRefusal) {
        worker = try newWorker()
      } catch { return .failure(.unavailable(reason: error.description)) }
    }
    if current != nil, case .failure(let failure) = worker.destroy() {
      (reader, current) = (nil, nil)
      return .failure(failure)
    }
    (reader, current) = (worker, nil)
    switch worker.create(configuration: Array(setup.configuration.utf8), projectFiles: setup.projectFiles) {
    case .failure(let failure):
      reader = nil
      return .failure(failure)
    case .success(.refused(let reason)): return .failure(.unavailable(reason: reason))
    case .success(.instance):
      current = setup
      return .success(worker)
    }
  }

  /// All samples, read once.
  func baseline() -> [Baseline] {
    if let knownBaseline { return knownBaseline }
    let baseline = readAll(samples)
    knownBaseline = baseline
    return baseline
  }

  /// Reads samples by a new worker, in the order in which they come.
  func readAll(_ samples: [CheckSample]) -> [Baseline] {
    restart()
    return samples.map { Baseline(sample: $0, outcome: read($0)) }
  }
}

// What rules choose from.
extension CheckBench {
  /// Samples with what was reported of them, where it could be read and the host would take it.
  func readable() -> [(sample: CheckSample, artifacts: RawArtifacts)] {
    baseline().compactMap { item in item.artifacts.map { (item.sample, $0) } }
  }

  /// Readable samples without anything broken in them, small enough to be read many times; at most `limit`.
  func whole(_ limit: Int = 24) -> [(sample: CheckSample, artifacts: RawArtifacts)] {
    let all = readable().filter {
      $0.artifacts.outcome == .done && $0.sample.bytes.count <= 1 << 17 && !$0.sample.bytes.isEmpty
    }
    return all.spread(limit)
  }

  /// Samples to spoil; at most `limit`.
  func spoilable(_ limit: Int = 8) -> [CheckSample] {
    samples.filter { !$0.bytes.isEmpty && $0.bytes.count <= 1 << 15 }.spread(limit)
  }

  /// The definitions of the samples behind the head of one, again and again, up to about that many bytes; where there
  /// are none, the samples themselves.
  func long(_ byteCount: Int) -> CheckSample? {
    let usual = whole().filter { $0.sample.setup == SampleSetup() }
    guard let first = usual.last ?? whole().last else { return nil }
    let sources = usual.isEmpty ? [first] : usual
    var head: [UInt8] = []
    var block: [UInt8] = []
    for item in sources {
      let source = EditableSource(sample: item.sample, artifacts: item.artifacts)
      let definitions = source.movable()
      if item.sample.title == first.sample.title, let start = definitions.first?.range.bytes.lowerBound {
        head = Array(item.sample.bytes[..<start])
      }
      for definition in definitions { block += item.sample.bytes[definition.range.bytes] + [10, 10] }
    }
    if block.isEmpty { block = sources.flatMap { $0.sample.bytes + [10] } }
    var all = head
    all.reserveCapacity(byteCount + block.count)
    while all.count + block.count <= byteCount { all += block }
    if all.count == head.count { all = Array((head + block).prefix(byteCount)) }
    return CheckSample(
      path: first.sample.path, bytes: all, title: "the samples' definitions up to \(all.count) bytes",
      setup: first.sample.setup)
  }

  /// A file that the analyzer owns, for sources that are no samples.
  func anyFile(_ bytes: [UInt8], _ title: String) -> CheckSample {
    CheckSample(path: samples.first?.path ?? ownPath, bytes: bytes, title: title)
  }

  private var ownPath: String {
    guard let descriptor = try? newWorker().descriptor else { return "sample" }
    return CorpusRunner.samplePath(descriptor)
  }
}

extension Array {
  /// At most `limit` elements, taken evenly.
  func spread(_ limit: Int) -> [Element] {
    count <= limit ? self : (0..<limit).map { self[$0 * count / limit] }
  }
}

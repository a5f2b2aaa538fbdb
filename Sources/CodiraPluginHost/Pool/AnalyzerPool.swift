import CodiraModel
import Glibc

/// Runs analyzers in worker processes: at most `jobs` alive, each for one setup and one file at a time.
///
/// `analyze` blocks and may be called from several threads; each call has a worker of its own meanwhile. A worker
/// that does not answer as it should is replaced, so that no file suffers from another.
package final class AnalyzerPool: @unchecked Sendable {
  private let jobs: Int
  private let limits: AnalyzerLimits
  private let executable: String
  private let quarantine: Quarantine?
  private let monitor = Monitor()
  // Guarded by the monitor.
  private var idle: [ServingWorker] = []
  private var busy: [ObjectIdentifier: WorkerProcess] = [:]
  private var starting = 0
  private var isStopped = false
  private var records: [ContentHash: (id: String, record: AnalyzerRecord)] = [:]
  private var observed = PoolObservations()

  /// `executable` is a program that calls `AnalyzerWorker.runIfRequested()`; by default this one.
  ///
  /// `quarantine` says whom not to ask, and is told of whoever is not to be asked again; without one
  /// every file is tried.
  package init(
    jobs: Int, limits: AnalyzerLimits = AnalyzerLimits(), executable: String = "/proc/self/exe",
    quarantine: Quarantine? = nil
  ) {
    self.quarantine = quarantine
    self.jobs = max(jobs, 1)
    self.limits = limits
    self.executable = executable
  }

  package func analyze(
    _ setup: AnalyzerSetup, path: String, source: UnsafeRawBufferPointer
  ) -> Result<FileArtifacts, AnalysisFailure> {
    if let entry = quarantine?.entry(setup.plugin.digest) { return .failure(.setAside(entry)) }
    switch acquire(setup) {
    case .failure(let failure):
      note(setup, path, failure, seconds: 0)
      return .failure(failure)
    case .success(let worker):
      let outcome = worker.analyze(path: path, source: source)
      note(setup, path, outcome.failure, seconds: worker.secondsTaken)
      guard release(worker, isUsable: outcome.isAnswer) else { return .failure(.stopped) }
      switch outcome {
      case .failure(let failure): return .failure(failure)
      case .success(.notMine): return .failure(.notMine)
      case .success(.failed(let message)): return .failure(.failed(message: message))
      case .success(.artifacts(let artifacts)): return .success(artifacts)
      }
    }
  }

  package func analyze(
    _ setup: AnalyzerSetup, path: String, source: [UInt8]
  ) -> Result<FileArtifacts, AnalysisFailure> {
    source.withUnsafeBytes { analyze(setup, path: path, source: $0) }
  }

  /// Kills every worker: calls under way return `stopped` at once, as do all later ones.
  package func stop() {
    let dropped = monitor.locked {
      isStopped = true
      for process in busy.values { process.kill() }
      monitor.signalAll()
      defer { idle = [] }
      return idle
    }
    for worker in dropped { worker.end() }
  }

  /// Ends the idle workers in peace; gives those that could not even do that, with the plugin's path.
  package func finish() -> [(plugin: String, failure: AnalysisFailure)] {
    let workers = monitor.locked {
      defer { idle = [] }
      return idle
    }
    return workers.compactMap { worker in worker.finish().map { (worker.setup.plugin.path, $0) } }
  }

  /// What was seen of analyzers and workers so far.
  package var observations: PoolObservations {
    monitor.locked {
      var observed = observed
      // Who is set aside is told of already.
      let asked = records.filter { digest, _ in !observed.setAside.contains { $0.digest == digest } }
      observed.slow = asked.values.compactMap { $0.record.slow($0.id, limits) }.sorted { $0.id < $1.id }
      return observed
    }
  }

  private func note(_ setup: AnalyzerSetup, _ path: String, _ failure: AnalysisFailure?, seconds: Double) {
    let plugin = setup.plugin
    monitor.locked {
      var entry = records[plugin.digest] ?? (plugin.descriptor.id, AnalyzerRecord())
      let reason = entry.record.count(path: path, failure: failure, seconds: seconds, limits: limits)
      records[plugin.digest] = entry
      guard let quarantine, let reason, !observed.setAside.contains(where: { $0.digest == plugin.digest })
      else { return }
      let analyzer = SetAsideAnalyzer(
        digest: plugin.digest, id: plugin.descriptor.id, path: plugin.path, reason: reason)
      observed.setAside.append(analyzer)
      quarantine.setAside(analyzer)
    }
  }

  deinit { for worker in idle { worker.end() } }
}

// Taking and giving back workers.
extension AnalyzerPool {
  private enum Ticket {
    case stopped
    case ready(ServingWorker)
    /// Room for a new one, after this one has gone.
    case room(replacing: ServingWorker?)
  }

  private func acquire(_ setup: AnalyzerSetup) -> Result<ServingWorker, AnalysisFailure> {
    switch takeTicket(setup) {
    case .stopped: return .failure(.stopped)
    case .ready(let worker): return .success(worker)
    case .room(let old):
      old?.end()
      return start(setup)
    }
  }

  private func takeTicket(_ setup: AnalyzerSetup) -> Ticket {
    monitor.locked {
      while true {
        if isStopped { return .stopped }
        if let index = idle.lastIndex(where: { $0.setup === setup }) {
          let worker = idle.remove(at: index)
          busy[ObjectIdentifier(worker)] = worker.process
          return .ready(worker)
        }
        if busy.count + starting + idle.count < jobs {
          starting += 1
          return .room(replacing: nil)
        }
        if !idle.isEmpty {
          starting += 1
          return .room(replacing: idle.removeFirst())
        }
        monitor.wait()
      }
    }
  }

  private func start(_ setup: AnalyzerSetup) -> Result<ServingWorker, AnalysisFailure> {
    let worker: ServingWorker
    do throws(SpawnError) {
      worker = try ServingWorker(setup, executable: executable, limits: limits)
    } catch {
      leaveStart()
      return .failure(.unavailable(reason: "\(error.step): \(systemMessage(error.errno))"))
    }
    // Known to stop() before the plugin gets the chance to hang.
    monitor.locked {
      starting -= 1
      busy[ObjectIdentifier(worker)] = worker.process
      if isStopped { worker.process.kill() }
    }
    do throws(PluginRefusal) {
      try worker.start()
      noteGaps(worker)
      return .success(worker)
    } catch {
      guard release(worker, isUsable: false) else { return .failure(.stopped) }
      if worker.sandbox != nil, error.isOfPlugin { return .failure(.notStarted(reason: error.description)) }
      return .failure(.unavailable(reason: error.description))
    }
  }

  private func noteGaps(_ worker: ServingWorker) {
    guard let report = worker.sandbox, !report.gaps.isEmpty else { return }
    monitor.locked { for layer in report.gaps { observed.gaps[layer] = report[layer] } }
  }

  private func leaveStart() {
    monitor.locked {
      starting -= 1
      monitor.signalAll()
    }
  }

  /// Gives a worker back, or ends it; false when the pool was stopped meanwhile.
  private func release(_ worker: ServingWorker, isUsable: Bool) -> Bool {
    if !isUsable { worker.end() }
    let goesOn = monitor.locked {
      busy[ObjectIdentifier(worker)] = nil
      if isUsable, !isStopped { idle.append(worker) }
      monitor.signalAll()
      return !isStopped
    }
    if !goesOn { worker.end() }
    return goesOn
  }
}

extension PluginRefusal {
  /// Whether it costs this plugin's files, and not the run.
  fileprivate var isOfPlugin: Bool {
    switch self {
    case .crashed, .forbiddenCall, .exited, .hung: true
    default: false
    }
  }
}

extension Result where Success == AnalyzerAnswer, Failure == AnalysisFailure {
  fileprivate var failure: AnalysisFailure? {
    if case .failure(let failure) = self { return failure }
    return nil
  }

  fileprivate var isAnswer: Bool {
    if case .success = self { return true }
    return false
  }
}

/// A mutex with one condition.
private final class Monitor {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    condition.deallocate()
  }

  func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  func wait() { pthread_cond_wait(condition, mutex) }
  func signalAll() { pthread_cond_broadcast(condition) }
}

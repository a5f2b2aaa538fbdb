import CodiraDigest
import CodiraModel
import CodiraPluginHost
import Synchronization

/// The analyzers of a run, and how to ask one about a file.
///
/// A run knows analyzers only as these values, so tests can give it ones without plugins.
package struct AnalyzerInventory: Sendable {
  package struct Analyzer: Sendable {
    package var descriptor: AnalyzerDescriptor
    /// SHA-256 of its shared object.
    package var digest: ContentHash
    /// A JSON object.
    package var configuration: String
    /// It is not to be asked: its files fail at once.
    package var isSetAside = false

    package init(descriptor: AnalyzerDescriptor, digest: ContentHash, configuration: String = "{}") {
      self.descriptor = descriptor
      self.digest = digest
      self.configuration = configuration
    }
  }

  /// Reads one file; blocks, and is called from several threads at once.
  package typealias Analyze =
    @Sendable (_ path: RepositoryPath, _ source: [UInt8]) -> Result<FileArtifacts, AnalysisFailure>

  /// Of two with equal claims the first owns a file, where `owners` does not say otherwise.
  package var analyzers: [Analyzer]
  /// Why others were refused, by the path of their file.
  package var refused: [String: String]
  /// Ids of analyzers that the user switched off: their files are given up without asking.
  package var disabled: Set<String> = []
  /// By suffix, file name or interpreter, the id of the analyzer that takes it where several claim it.
  package var owners: [String: String] = [:]
  /// What was seen of the analyzers so far, for people.
  package var observations: @Sendable () -> PoolObservations = { PoolObservations() }
  /// Readies an analyzer, by its place, for a run with these project files.
  package var prepare: @Sendable (_ analyzer: Int, _ project: [ProjectFile]) -> Analyze
  /// Ends what `prepare` started: in peace, or at once.
  package var finish: @Sendable (_ isInterrupted: Bool) -> Void

  package init(
    analyzers: [Analyzer], refused: [String: String] = [:],
    prepare: @escaping @Sendable (_ analyzer: Int, _ project: [ProjectFile]) -> Analyze,
    finish: @escaping @Sendable (_ isInterrupted: Bool) -> Void = { _ in }
  ) {
    self.analyzers = analyzers
    self.refused = refused
    self.prepare = prepare
    self.finish = finish
  }
}

extension AnalyzerInventory {
  /// The plugins of a catalog, run in a pool that starts with the first file.
  ///
  /// `configurations` by analyzer id.
  package init(
    catalog: PluginCatalog, configurations: [String: String], jobs: Int, limits: AnalyzerLimits,
    quarantine: Quarantine = Quarantine(path: nil)
  ) {
    let pool = AnalyzerPool(jobs: jobs, limits: limits, quarantine: quarantine)
    let plugins = catalog.plugins
    var refused: [String: String] = [:]
    for entry in catalog.entries {
      if case .refused(let refusal, _) = entry.state { refused[entry.path] = refusal.description }
    }
    self.init(
      analyzers: plugins.map { plugin in
        Analyzer(
          descriptor: plugin.descriptor, digest: plugin.digest,
          configuration: configurations[plugin.descriptor.id] ?? "{}")
      },
      refused: refused,
      prepare: { place, project in
        let setup = AnalyzerSetup(
          plugin: plugins[place], configuration: configurations[plugins[place].descriptor.id] ?? "{}",
          projectFiles: project)
        return { path, source in pool.analyze(setup, path: path.text, source: source) }
      },
      finish: { isInterrupted in
        if isInterrupted { pool.stop() } else { _ = pool.finish() }
      })
    for (place, plugin) in plugins.enumerated() {
      analyzers[place].isSetAside = quarantine.entry(plugin.digest) != nil
    }
    observations = { pool.observations }
    owners = catalog.choices.owners
    // One that was named for this run is there all the same.
    disabled = catalog.choices.disabled.subtracting(plugins.map(\.descriptor.id))
  }
}

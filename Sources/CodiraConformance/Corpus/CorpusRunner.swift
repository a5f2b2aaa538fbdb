import CodiraModel
import CodiraPluginHost
import Synchronization

/// What became of one case of a corpus.
package enum CorpusOutcome: Sendable {
  case passed
  /// Lines of one side alone, and what was reported.
  case differs([LineDifference], reported: String)
  /// A second run over the same source reported something else.
  case unstable([LineDifference])
  case failed(AnalysisFailure)
}

/// Gives the cases of a corpus to one analyzer, in worker processes.
package final class CorpusRunner: Sendable {
  private let plugin: Plugin
  private let pool: AnalyzerPool
  private let defaultPath: String
  private let setups = Mutex<[String: AnalyzerSetup]>([:])

  /// A case without a path is the file `defaultPath`; by default `sample` with the plugin's first suffix.
  package init(plugin: Plugin, pool: AnalyzerPool, defaultPath: String? = nil) {
    self.plugin = plugin
    self.pool = pool
    self.defaultPath = defaultPath ?? Self.samplePath(plugin.descriptor)
  }

  /// A name that the analyzer owns.
  package static func samplePath(_ descriptor: AnalyzerDescriptor) -> String {
    descriptor.suffixes.first.map { "sample" + $0 } ?? descriptor.fileNames.first ?? "sample"
  }

  /// What the analyzer reports of the case, or of another source in its place.
  package func analyze(
    _ item: CorpusCase, source: String? = nil
  ) -> Result<FileArtifacts, AnalysisFailure> {
    pool.analyze(
      setup(item), path: item.path.isEmpty ? defaultPath : item.path,
      source: Array((source ?? item.source).utf8))
  }

  /// Compares what is reported with what is expected, and with what is reported once more.
  package func run(_ item: CorpusCase) throws -> CorpusOutcome {
    switch (analyze(item), analyze(item)) {
    case (.failure(let failure), _), (_, .failure(let failure)): return .failed(failure)
    case (.success(let first), .success(let second)):
      let reported = try ArtifactText.lines(first, show: item.show)
      let again = try ArtifactText.lines(second, show: item.show)
      if reported != again { return .unstable(LineDifference.between(reported, again)) }
      if reported == item.expected { return .passed }
      return .differs(LineDifference.between(item.expected, reported), reported: reported)
    }
  }

  /// One for all cases of the same configuration and project, so that they share a worker.
  private func setup(_ item: CorpusCase) -> AnalyzerSetup {
    let key = ([item.configuration] + item.project).joined(separator: "\0")
    return setups.withLock { known in
      if let setup = known[key] { return setup }
      let setup = AnalyzerSetup(
        plugin: plugin, configuration: item.configuration.isEmpty ? "{}" : item.configuration,
        projectFiles: item.projectFiles)
      known[key] = setup
      return setup
    }
  }
}

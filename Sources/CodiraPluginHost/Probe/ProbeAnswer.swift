import CodiraModel

/// What an analyzer reported of one source, as it came: nothing but its layout is checked.
package struct RawArtifacts: Equatable, Sendable {
  /// What `analyze()` returned.
  package enum Outcome: Int64, Sendable {
    case done = 0
    case partial, notMine, failed
  }

  package var outcome: Outcome
  package var message: String
  package var symbols: [Symbol]
  package var references: [Reference]
  package var documentation: [Documentation]
  package var diagnostics: [Diagnostic]
}

/// One answer to a source.
package struct ProbeReport: Sendable {
  /// nil where not even the layout could be read; `fault` says why.
  package var artifacts: RawArtifacts?
  /// Why the host would refuse the answer; nil where it takes it.
  package var fault: String?
  package var observation: ProbeObservation
}

/// What a call cost, and what it left behind in its process.
package struct ProbeObservation: Sendable {
  package var cpuSeconds: Double
  /// Bytes held from the C library's allocator; 0 where it does not tell.
  package var heapBytes: Int
  package var descriptorsBefore: Int
  package var descriptors: Int
  /// 0 where the system does not tell.
  package var threadsBefore: Int
  package var threads: Int
  package var standardOutput: String
  package var standardError: String
  package var changes: [ProcessChange]
}

/// A trait of its process that the plugin changed, with a sentence.
package struct ProcessChange: Hashable, Sendable {
  package var trait: ProcessTrait
  package var detail: String
}

/// How a plugin's entry function behaves.
package struct EntryFacts: Sendable {
  package var isStable: Bool
  /// The version it gave a host that speaks the one before its own; nil: it gave no descriptor.
  package var versionForOlderHost: UInt32?
  package var servesNewerHost: Bool
}

/// What `create` gave.
package enum CreateOutcome: Equatable, Sendable {
  case instance
  case refused(reason: String)
}

/// Whether an analyzer shows its syntax trees.
package enum SyntaxTreeOutcome: Equatable, Sendable {
  /// It lacks the extension.
  case notOffered
  /// This source has none.
  case none
  case tree(String)
}

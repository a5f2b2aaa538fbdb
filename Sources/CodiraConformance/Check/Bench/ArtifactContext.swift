import CodiraModel
import CodiraPluginHost

/// What a rule about single artifacts may look at beside them.
struct ArtifactContext {
  let sample: CheckSample
  let references: [Reference]
  let language: String
  let capabilities: UInt32
  /// The first symbol of each id, and its number.
  let first: [StableID: Symbol]
  let index: [StableID: Int]
  /// Ids of all samples together.
  let declared: Set<StableID>
  let hasIllFormedText: Bool
  /// What is wrong with a candidate of a reference.
  let referenceFault: String?

  init(
    _ sample: CheckSample, _ artifacts: RawArtifacts, _ descriptor: AnalyzerDescriptor,
    _ declared: Set<StableID>
  ) {
    self.sample = sample
    self.declared = declared
    references = artifacts.references
    language = descriptor.id
    capabilities = descriptor.capabilities
    first = Dictionary(artifacts.symbols.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    index = Dictionary(
      artifacts.symbols.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    hasIllFormedText = String(validating: sample.bytes, as: UTF8.self) == nil
    referenceFault =
      references.lazy.flatMap { $0.candidates + $0.arguments.joined() }
      .compactMap { ConformanceRule.fault(in: $0)?.1 }.first
  }
}

extension ConformanceRule {
  /// What was expected and what was found; nil where all is well.
  typealias Fault = (expected: String, found: String)

  /// A rule about every symbol of every sample.
  static func symbolRule(
    _ name: String, needs: [String] = ["well-formed"], _ why: String,
    _ fault: @escaping @Sendable (ArtifactContext, Symbol) -> Fault?
  ) -> ConformanceRule {
    ConformanceRule(name, .artifacts, needs: needs, why: why) { bench throws(Evidence) in
      try forEachSample(bench) { context, artifacts in
        for symbol in artifacts.symbols {
          guard let fault = fault(context, symbol) else { continue }
          return Evidence(
            context.sample.title, at: symbol.place, expected: fault.expected, found: fault.found)
        }
        return nil
      }
    }
  }

  /// A rule about every reference of every sample, by its number.
  static func referenceRule(
    _ name: String, _ why: String, _ fault: @escaping @Sendable (ArtifactContext, Int) -> Fault?
  ) -> ConformanceRule {
    ConformanceRule(name, .artifacts, needs: ["ranges-true", "ids-unique"], why: why) {
      bench throws(Evidence) in
      try forEachSample(bench) { context, artifacts in
        for index in artifacts.references.indices {
          guard let fault = fault(context, index) else { continue }
          return Evidence(
            context.sample.title, at: artifacts.references[index].place, expected: fault.expected,
            found: fault.found)
        }
        return nil
      }
    }
  }

  private static func forEachSample(
    _ bench: CheckBench, _ body: (ArtifactContext, RawArtifacts) -> Evidence?
  ) throws(Evidence) -> Skip? {
    if bench.samples.isEmpty { return .samples }
    let descriptor = try bench.descriptor()
    let readable = bench.readable()
    let declared = Set(readable.flatMap { $0.artifacts.symbols.map(\.id) })
    for (sample, artifacts) in readable {
      if let evidence = body(ArtifactContext(sample, artifacts, descriptor, declared), artifacts) {
        throw evidence
      }
    }
    return nil
  }
}

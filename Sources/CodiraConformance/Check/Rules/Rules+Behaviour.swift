import CodiraModel
import CodiraPluginHost

extension ConformanceRule {
  /// A worker process belongs to the host: what a plugin does to it shows in every call that was made.
  static let behaviour: [ConformanceRule] = [
    observationRule(
      "quiet-output", "Standard output belongs to the host: what a plugin prints there is lost or does harm."
    ) {
      $0.standardOutput.isEmpty ? nil : ("nothing on standard output", shown($0.standardOutput))
    },
    observationRule(
      "quiet-errors", "What an analyzer has to say goes through the sink, where it is kept with its file."
    ) {
      $0.standardError.isEmpty ? nil : ("nothing on standard error", shown($0.standardError))
    },
    traitRule(
      "signals-untouched", .signals,
      "Signals are how the host ends a worker, and how a crash is told from success."),
    traitRule(
      "rounding-untouched", .rounding,
      "The way numbers are rounded belongs to the process: changed, other code computes other results."),
    traitRule(
      "locale-untouched", .locale,
      "A locale decides what is a letter and how numbers look, for the whole process."),
    traitRule("folder-untouched", .folder, "Working folder and file mode mask belong to the process."),
    observationRule(
      "no-threads-left",
      "A thread that goes on after the call is over runs beside code that expects to be alone."
    ) {
      guard $0.threadsBefore > 0, $0.threads > $0.threadsBefore else { return nil }
      return ("\($0.threadsBefore) threads, as before the plugin was loaded", "\($0.threads)")
    },
    observationRule("no-descriptors-left", "An analyzer opens no files; descriptors that stay open run out.")
    {
      guard $0.descriptors > $0.descriptorsBefore else { return nil }
      return (
        "\($0.descriptorsBefore) open descriptors, as before the plugin was loaded", "\($0.descriptors)"
      )
    },
  ]

  private static func traitRule(_ name: String, _ trait: ProcessTrait, _ why: String) -> ConformanceRule {
    observationRule(name, why) { observation in
      observation.changes.first { $0.trait == trait }.map {
        ("a process as it was before the plugin was loaded", $0.detail)
      }
    }
  }

  private static func observationRule(
    _ name: String, _ why: String, _ fault: @escaping @Sendable (ProbeObservation) -> Fault?
  ) -> ConformanceRule {
    ConformanceRule(name, .behaviour, needs: ["create-again"], why: why) { bench throws(Evidence) in
      _ = bench.baseline()
      _ = bench.read(bench.anyFile([], "an empty source"))
      for (scene, observation) in bench.observations {
        guard let fault = fault(observation) else { continue }
        throw Evidence("after \(scene)", expected: fault.expected, found: fault.found)
      }
      return nil
    }
  }

  private static func shown(_ text: String) -> String { "`\(text.prefix(80).replacing("\n", with: "\\n"))`" }
}

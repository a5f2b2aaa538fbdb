import CodiraPluginHost

/// What a run says of its analyzers, once each: who is set aside, who is slow, what does not hold workers back.
struct AnalyzerNotes {
  let catalog: PluginCatalog
  let quarantine: Quarantine
  let observed: PoolObservations

  func tell(_ console: Console) {
    for plugin in catalog.plugins {
      guard let entry = quarantine.entry(plugin.digest) else { continue }
      console.warning(
        "the analyzer \(entry.id) (\(plugin.path)) is set aside: \(entry.reason). To lift this, \(entry.cure)."
      )
    }
    for slow in observed.slow {
      let seconds = CountText.seconds(slow.seconds)
      console.note(
        "the analyzer \(slow.id) is slow: \(CountText.count(slow.files, "file")) took a quarter or more of the "
          + "\(CountText.seconds(slow.limit)) that one may take; \(slow.path) took longest, \(seconds)")
    }
    for layer in SandboxLayer.allCases {
      guard let state = observed.gaps[layer] else { continue }
      console.warning("plugins ran without \(layer.name): \(state.words), so \(layer.consequence)")
    }
  }
}

extension SandboxState {
  /// Why it is as it is.
  var words: String {
    switch self {
    case .active(let version): "interface \(version)"
    case .missing(let reason): reason
    case .off: "\(SandboxChoice.variable) switched it off"
    }
  }
}

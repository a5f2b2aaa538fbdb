import CodiraModel
import CodiraPluginHost

/// Whether every plugin loads, starts, and survives an empty file.
enum PluginCheck {
  static func findings(_ catalog: PluginCatalog) -> [Finding] {
    if catalog.entries.isEmpty {
      return [
        Finding(
          .fail, "plugins", "no plugin was found, so no language can be indexed",
          cure: "Run `make install`, or name one with `--plugin FILE`.")
      ]
    }
    return catalog.entries.map(finding) + catalog.conflicts.map(finding)
  }

  /// Choices of owners that nothing comes of.
  static func findings(_ problems: [OwnerProblem], _ configuration: Configuration) -> [Finding] {
    problems.map { problem in
      let failure = problem.failure(configuration)
      return Finding(.fail, "configuration", failure.message, cure: failure.hint)
    }
  }

  private static func finding(_ entry: PluginEntry) -> Finding {
    switch entry.state {
    case .refused(let refusal, _):
      return Finding(.fail, "plugin", "\(entry.path): \(refusal)", cure: cure(refusal, entry.path))
    case .shadowed(let plugin, let first):
      return Finding(
        .warn, "plugin",
        "\(entry.path) is not used: \(first) has its id \(plugin.descriptor.id) and comes first",
        cure: "Remove the one that you do not want.")
    case .disabled(let id, _):
      return Finding(
        .ok, "plugin",
        "\(entry.path) is not used: \(id) is disabled; `codira plugins enable \(id)` brings it back")
    case .loaded(let plugin): return smokeTest(plugin)
    }
  }

  private static func finding(_ conflict: PluginConflict) -> Finding {
    let others = conflict.others.joined(separator: ", ")
    if conflict.isShared {
      return Finding(
        .ok, "plugin",
        "\(conflict.claim) is shared by \(conflict.owner) and \(others): the one with more files near a file takes it"
      )
    }
    if conflict.isChosen {
      return Finding(
        .ok, "plugin",
        "\(conflict.claim) is claimed by \(conflict.owner), which has it as configured, and by \(others)")
    }
    return Finding(
      .warn, "plugin", "\(conflict.claim) is claimed by \(conflict.owner), which has it, and by \(others)",
      cure:
        "Say who shall have it under [owners] in the configuration: `\"\(conflict.claim)\" = \"\(conflict.owner)\"`."
    )
  }

  private static func smokeTest(_ plugin: Plugin) -> Finding {
    let pool = AnalyzerPool(jobs: 1, limits: AnalyzerLimits(cpuSeconds: 5))
    let name =
      plugin.descriptor.suffixes.first.map { "doctor" + $0 } ?? plugin.descriptor.fileNames.first ?? "doctor"
    let outcome = pool.analyze(AnalyzerSetup(plugin: plugin), path: name, source: [])
    let ends = pool.finish()
    let title = "\(plugin.descriptor.id) \(plugin.descriptor.version)"
    switch outcome {
    case .failure(let failure) where failure != .notMine:
      return Finding(
        .fail, "plugin", "\(title) in \(plugin.path) fails on an empty file: \(failure)",
        cure: "Install a version of the plugin that works, or remove it.")
    default: break
    }
    if let end = ends.first {
      return Finding(
        .warn, "plugin", "\(title) in \(plugin.path) does not end well: \(end.failure)",
        cure: "Results are not affected; tell the plugin's author.")
    }
    return Finding(.ok, "plugin", "\(title) loads and answers (\(plugin.path))")
  }

  private static func cure(_ refusal: PluginRefusal, _ path: String) -> String {
    switch refusal {
    case .notFound: "Correct the path, or remove it from --plugin and CODIRA_PLUGINS."
    case .untrusted(let place, _):
      "Make sure nobody else can change it: `chmod go-w \(place)`, owned by you or root."
    case .wrongMachine, .abiOutsideWindow, .entryReturnedNull:
      "Install a build of the plugin for this codira."
    case .loaderFailed: "Install the library the loader misses; `ldd \(path)` lists them all."
    case .unreadable: "Give yourself the right to read it."
    default: "Install a plugin that works, or remove this file."
    }
  }
}

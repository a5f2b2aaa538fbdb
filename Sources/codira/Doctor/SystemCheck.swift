import CodiraPluginHost

/// What the system offers: a file system that keeps locks, and layers that hold plugins back.
enum SystemCheck {
  static func findings(_ context: CommandContext) throws -> [Finding] {
    [fileSystem(try context.workspace.get())] + sandbox
  }

  private static func fileSystem(_ workspace: Workspace) -> Finding {
    let place = PlainFile.exists(workspace.indexFolder) ? workspace.indexFolder : workspace.root
    guard let kind = MountTable.current.kind(ofFileAt: place) else {
      return Finding(
        .warn, "file system", "the kind of file system under \(place) is not known",
        cure: "If it is a network file system, keep the index on a local disk: `--index DIR` or CODIRA_INDEX."
      )
    }
    guard MountTable.networkKinds.contains(kind) || kind.hasPrefix("fuse.") else {
      return Finding(.ok, "file system", "\(place) is on \(kind)")
    }
    return Finding(
      .warn, "file system", "\(place) is on \(kind), where locks and shared memory may not work",
      cure: "Keep the index on a local disk with `--index DIR` or CODIRA_INDEX.")
  }

  /// What a worker has in force here: one is started to say so.
  private static var sandbox: [Finding] {
    let report: SandboxReport
    do {
      report = try SandboxReport.probe()
    } catch {
      return [
        Finding(
          .fail, "sandbox", "no worker can be started: \(error)",
          cure: "Without workers nothing is analyzed; look whether this program may start itself.")
      ]
    }
    return SandboxLayer.allCases.map { layer in
      let state = report[layer]
      if case .active = state {
        return Finding(.ok, "sandbox", "\(layer.name) holds plugins back: \(layer.words) (\(state.words))")
      }
      return Finding(
        .warn, "sandbox", "\(layer.name) does not hold plugins back: \(state.words), so \(layer.consequence)",
        cure: state == .off
          ? "Unset \(SandboxChoice.variable); it is for measuring."
          : "Use only plugins that you trust, or a kernel that has \(layer.name) switched on.")
    }
  }
}

extension SandboxLayer {
  /// What it takes away.
  fileprivate var words: String {
    switch self {
    case .files: "no files, no connections, no signals to others"
    case .calls: "no system calls but those that computing needs"
    }
  }
}

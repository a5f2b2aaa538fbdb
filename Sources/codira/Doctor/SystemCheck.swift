import CodiraPluginHost

/// What the system offers: a file system that keeps locks, and layers that hold plugins back.
enum SystemCheck {
  static func findings(_ context: CommandContext) throws -> [Finding] {
    [fileSystem(try context.workspace.get()), landlock, seccomp]
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

  private static var landlock: Finding {
    guard let version = KernelSandbox.landlockVersion else {
      return Finding(
        .warn, "sandbox", "this kernel has no Landlock: plugins can read what you can read",
        cure: "Use only plugins that you trust, or a kernel from 5.13 with Landlock switched on.")
    }
    return Finding(.ok, "sandbox", "this kernel has Landlock, interface \(version)")
  }

  private static var seccomp: Finding {
    KernelSandbox.hasSeccompFilter
      ? Finding(.ok, "sandbox", "this kernel can filter system calls")
      : Finding(
        .warn, "sandbox", "this kernel cannot filter system calls of plugins",
        cure: "Use only plugins that you trust, or a kernel with seccomp filters.")
  }
}

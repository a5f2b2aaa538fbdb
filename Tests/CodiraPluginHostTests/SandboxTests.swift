import CodiraModel
import CodiraPluginHost
import Testing

/// What a plugin tries in a worker, and what comes of it: nothing outside is touched, and the user hears of it.
@Suite struct SandboxTests {
  /// The call that ends the worker, by the name that is told.
  static let ended: [(deed: String, call: String)] = [
    ("fork_bomb", "clone"), ("run_program", "execve"), ("connect_loopback", "socket"),
    ("trace_parent", "ptrace"), ("kill_parent", "kill"), ("kill_everybody", "kill"),
    ("read_parent", "process_vm_readv"), ("unlink_target", "unlink"), ("rename_target", "rename"),
    ("truncate_target", "truncate"), ("chmod_target", "chmod"), ("make_folder", "mkdir"),
    ("make_ring", "io_uring_setup"), ("mount_something", "mount"), ("load_program", "bpf"),
    ("ask_keys", "keyctl"), ("own_filter", "seccomp"), ("handle_stopped", ""),
  ]

  @Test(arguments: ended)
  func aMisdeedEndsTheWorker(_ item: (deed: String, call: String)) throws {
    let setup = try FixturePlugin.setup("misdeeds", flags: ["-DMISDEED=\(item.deed)"])
    let outcome = FixturePlugin.pool().analyze(setup, path: "a.fix", source: Array("word".utf8))
    guard case .failure(.forbiddenCall(let name)) = outcome else {
      Issue.record("\(item.deed): \(outcome)")
      return
    }
    #expect(item.call.isEmpty || name.contains(item.call), "\(item.deed): \(name)")
  }

  /// The number of the error that the plugin got.
  static let failing: [(deed: String, outcome: String)] = [
    ("read_passwords", "error 13"), ("write_target", "error 13"), ("stat_target", "error 13"),
    ("memory_of_parent", "error 13"), ("signal_by_socket", "error 38"), ("raise_signal", "error 38"),
  ]

  @Test(arguments: failing)
  func aLookAroundFails(_ item: (deed: String, outcome: String)) throws {
    let setup = try FixturePlugin.setup("misdeeds", flags: ["-DMISDEED=\(item.deed)"])
    let artifacts = try FixturePlugin.pool().analyze(setup, path: "a.fix", source: Array("word".utf8)).get()
    #expect(artifacts.symbols.map(\.documentation) == [item.outcome], "\(item.deed)")
  }

  @Test(arguments: ["unlink_target", "connect_loopback", "fork_bomb", "run_program"])
  func aConstructorIsHeldBackToo(_ deed: String) throws {
    let path = try FixturePlugin.path("misdeeds", flags: ["-DMISDEED=\(deed)", "-DWHEN_LOADING"])
    guard case .refused(.forbiddenCall, _) = FixturePlugin.catalog([path]).entries[0].state else {
      Issue.record("\(deed): \(FixturePlugin.catalog([path]).entries)")
      return
    }
  }

  @Test func aConstructorReadsNoFileOfTheUser() throws {
    let setup = try FixturePlugin.setup("misdeeds", flags: ["-DMISDEED=read_passwords", "-DWHEN_LOADING"])
    let artifacts = try FixturePlugin.pool().analyze(setup, path: "a.fix", source: Array("word".utf8)).get()
    #expect(artifacts.symbols.map(\.documentation) == ["error 13"])
  }

  @Test func everyLayerIsReported() throws {
    let report = try SandboxReport.probe(executable: FixturePlugin.worker)
    #expect((KernelSandbox.landlockVersion == nil) == report.gaps.contains(.files))
    #expect(!KernelSandbox.hasSeccompFilter == report.gaps.contains(.calls))
  }
}

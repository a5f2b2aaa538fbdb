import CodiraDigest
import CodiraModel
import CodiraPluginHost
import Testing

/// An analyzer that only fails is asked no more; one that fails now and then is.
@Suite struct QuarantineTests {
  private let path = FixturePlugin.folder.path + "/set-aside-\(UInt64.random(in: 0...UInt64.max))"

  private func pool(_ quarantine: Quarantine) -> AnalyzerPool {
    AnalyzerPool(
      jobs: 1, limits: AnalyzerLimits(cpuSeconds: 0.4, memory: 256 << 20), executable: FixturePlugin.worker,
      quarantine: quarantine)
  }

  private func codes(_ sources: [String], _ pool: AnalyzerPool, _ setup: AnalyzerSetup) -> [String] {
    sources.enumerated().map { index, source in
      switch pool.analyze(setup, path: "\(index).fix", source: Array(source.utf8)) {
      case .success: "ok"
      case .failure(let failure): failure.code
      }
    }
  }

  @Test func fiveCrashesInARowSetItAside() throws {
    let setup = try FixturePlugin.setup("hostile")
    let pool = pool(Quarantine(path: path))
    let codes = codes(Array(repeating: "segfault", count: 6) + ["fine"], pool, setup)
    #expect(codes == Array(repeating: "crashed", count: 5) + ["set_aside", "set_aside"])
    #expect(pool.observations.setAside.map(\.id) == ["fixture"])
    let remembered = Quarantine(path: path)
    #expect(remembered.entry(setup.plugin.digest)?.reason.contains("5 files in a row, on 4.fix last") == true)
    #expect(remembered.lift(id: "another").isEmpty)
    #expect(remembered.lift(id: "fixture").count == 1)
    #expect(Quarantine(path: path).analyzers.isEmpty)
  }

  /// A good file between, files that the analyzer says it cannot read, and a minority of failures.
  static let patient: [[String]] = [
    ["segfault", "segfault", "segfault", "segfault", "fine", "segfault"],
    Array(repeating: "failed", count: 8), Array(repeating: "not mine", count: 8),
    Array(repeating: "fine", count: 6) + Array(repeating: "abort", count: 5),
  ]

  @Test(arguments: patient)
  func whoAlsoWorksIsKept(_ sources: [String]) throws {
    let setup = try FixturePlugin.setup("hostile")
    let quarantine = Quarantine(path: nil)
    #expect(!codes(sources + ["fine"], pool(quarantine), setup).contains("set_aside"))
    #expect(quarantine.analyzers.isEmpty)
  }

  @Test func aPluginThatCannotStartCostsItsFilesAlone() throws {
    let setup = try FixturePlugin.setup("loading", flags: ["-DCREATE_CRASHES"])
    let codes = codes(["fine", "fine"], pool(Quarantine(path: nil)), setup)
    #expect(codes == ["not_started", "not_started"])
  }

  @Test func aDamagedMemoryIsEmpty() throws {
    let quarantine = Quarantine(path: path)
    quarantine.setAside(SetAsideAnalyzer(digest: SHA256.hash([1]), id: "a", path: "/a", reason: "r"))
    #expect(Quarantine(path: path).analyzers.count == 1)
    try FixturePlugin.damage(path)
    #expect(Quarantine(path: path).analyzers.isEmpty)
  }

  @Test func aSlowAnalyzerIsNamed() throws {
    let setup = try FixturePlugin.setup("misdeeds", flags: ["-DMISDEED=take_time"])
    let pool = AnalyzerPool(
      jobs: 2, limits: AnalyzerLimits(cpuSeconds: 2, memory: 256 << 20), executable: FixturePlugin.worker)
    #expect(codes(Array(repeating: "word", count: 5), pool, setup) == Array(repeating: "ok", count: 5))
    let slow = pool.observations.slow
    #expect(slow.map(\.files) == [5])
    #expect(slow.allSatisfy { $0.id == "fixture" && $0.seconds >= 1 })
  }
}

import CodiraModel
import CodiraPluginHost
import Foundation
import Testing

/// The worker program of these tests says by its absence whether anybody started it.
@Suite struct DescriptorCacheTests {
  private let folder = FixturePlugin.folder.appendingPathComponent("cache-\(UUID().uuidString)")
  private var cache: String { folder.appendingPathComponent("descriptors").path }

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  @Test func secondLookStartsNoWorker() throws {
    let path = try copy(of: "good")
    let first = FixturePlugin.catalog([path], cache: cache)
    #expect(first.plugins.count == 1)
    #expect(offline(path).plugins == first.plugins)
  }

  @Test func sameBytesWithAnotherTimeAreOnlyHashed() throws {
    let path = try copy(of: "good")
    let first = FixturePlugin.catalog([path], cache: cache)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 5)], ofItemAtPath: path)
    #expect(offline(path).plugins == first.plugins)
  }

  @Test func otherBytesAreReadAnew() throws {
    let path = try copy(of: "good")
    _ = FixturePlugin.catalog([path], cache: cache)
    try FileManager.default.removeItem(atPath: path)
    let other = try FixturePlugin.path("loading", flags: ["-DFIXTURE_ID=\"other\""])
    try FileManager.default.copyItem(atPath: other, toPath: path)
    #expect(offline(path).plugins.isEmpty)
    #expect(FixturePlugin.catalog([path], cache: cache).plugins.map(\.descriptor.id) == ["other"])
  }

  @Test func damageIsAnEmptyCache() throws {
    let path = try copy(of: "good")
    _ = FixturePlugin.catalog([path], cache: cache)
    let good = try [UInt8](Data(contentsOf: URL(fileURLWithPath: cache)))
    for place in stride(from: 0, to: good.count, by: 7) {
      var bytes = good
      bytes[place] ^= 0x55
      try Data(bytes).write(to: URL(fileURLWithPath: cache))
      #expect(offline(path).plugins.isEmpty)
      try Data(good.prefix(place)).write(to: URL(fileURLWithPath: cache))
      #expect(offline(path).plugins.isEmpty)
    }
  }

  @Test func cacheThatCannotBeWrittenIsNoError() throws {
    let path = try copy(of: "good")
    #expect(FixturePlugin.catalog([path], cache: "/proc/no/such/place").plugins.count == 1)
  }

  /// A catalog whose workers cannot start.
  private func offline(_ path: String) -> PluginCatalog {
    PluginCatalog(locations: [PluginLocation(.explicit, path)], cache: cache, executable: "/no/such/program")
  }

  /// A copy old enough for its time stamp to be believed.
  private func copy(of name: String) throws -> String {
    let path = folder.appendingPathComponent("libcodira-\(name).so").path
    try FileManager.default.copyItem(atPath: try FixturePlugin.path(name), toPath: path)
    usleep(100_000)
    return path
  }
}

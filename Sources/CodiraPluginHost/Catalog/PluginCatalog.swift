import CodiraDigest
import CodiraModel
import Glibc

/// The plugins of a run: every candidate with what became of it, and who owns which file.
///
/// Candidates come in a stable order, and the first wins: of two with one analyzer id, and of two that claim one
/// suffix. No code of a plugin runs here: its descriptor comes from a worker process, or from the cache.
package struct PluginCatalog: Sendable {
  package let entries: [PluginEntry]
  /// The loaded ones, in order.
  package let plugins: [Plugin]
  package let conflicts: [PluginConflict]
  private let suffixes: [String: Int]
  private let fileNames: [String: Int]
  private let interpreters: [String: Int]

  /// Looks into `locations`.
  ///
  /// `cache` is a file of this program's own; `executable` is as for `AnalyzerPool`.
  package init(
    locations: [PluginLocation], cache: String? = nil,
    limits: AnalyzerLimits = AnalyzerLimits(cpuSeconds: 10),
    executable: String = "/proc/self/exe"
  ) {
    var reader = DescriptorReader(cache: cache, limits: limits, executable: executable)
    var entries: [PluginEntry] = []
    var known: Set<String> = []
    var owners: [String: String] = [:]
    for location in locations {
      for file in location.files() {
        let path = absolutePath(file) ?? file
        guard known.insert(path).inserted else { continue }
        let state: PluginEntry.State
        switch reader.read(path) {
        case .failure(let failure): state = .refused(failure.refusal, digest: failure.digest)
        case .success(let plugin):
          if let first = owners[plugin.descriptor.id] {
            state = .shadowed(plugin, by: first)
          } else {
            owners[plugin.descriptor.id] = path
            state = .loaded(plugin)
          }
        }
        entries.append(PluginEntry(origin: location.origin, path: path, state: state))
      }
    }
    reader.save()
    self.init(entries: entries)
  }

  private init(entries: [PluginEntry]) {
    self.entries = entries
    plugins = entries.compactMap { entry in
      if case .loaded(let plugin) = entry.state { return plugin }
      return nil
    }
    var claims = Claims(plugins)
    suffixes = claims.take(\.suffixes)
    fileNames = claims.take(\.fileNames)
    interpreters = claims.take(\.interpreters)
    conflicts = claims.conflicts
  }

  /// The plugin that owns a file by its name: the exact name first, then the longest suffix.
  package func owner(ofPath path: String) -> Plugin? {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    if let index = fileNames[String(name)] { return plugins[index] }
    var rest = name.dropFirst()
    while let dot = rest.firstIndex(of: ".") {
      if let index = suffixes[String(rest[dot...])] { return plugins[index] }
      rest = rest[rest.index(after: dot)...]
    }
    return nil
  }

  /// The plugin that owns a script by the last component of its `#!` line.
  package func owner(ofInterpreter name: String) -> Plugin? { interpreters[name].map { plugins[$0] } }

  /// Whether any plugin wants to know interpreters at all.
  package var hasInterpreters: Bool { !interpreters.isEmpty }
}

/// Gives each claim to the first plugin that makes it.
private struct Claims {
  private let plugins: [Plugin]
  private(set) var conflicts: [PluginConflict] = []

  init(_ plugins: [Plugin]) { self.plugins = plugins }

  mutating func take(_ names: KeyPath<AnalyzerDescriptor, [String]>) -> [String: Int] {
    var claimants: [String: [Int]] = [:]
    for (index, plugin) in plugins.enumerated() {
      for name in Set(plugin.descriptor[keyPath: names]) { claimants[name, default: []].append(index) }
    }
    for (claim, indexes) in claimants.sorted(by: { $0.key < $1.key }) where indexes.count > 1 {
      let ids = indexes.map { plugins[$0].descriptor.id }
      conflicts.append(
        PluginConflict(
          claim: claim, owner: ids[0], others: Array(ids.dropFirst()), isShared: names == \.suffixes))
    }
    return claimants.compactMapValues(\.first)
  }
}

/// The file's path without links; nil where it is not there.
private func absolutePath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

import CodiraDigest
import CodiraModel
import Glibc

/// The plugins of a run: every candidate with what became of it, and who owns which file.
///
/// Candidates come in a stable order, and the first wins: of two with one analyzer id, and, unless `choices` say
/// otherwise, of two that claim one suffix. No code of a plugin runs here: its descriptor comes from a worker
/// process, or from the cache.
package struct PluginCatalog: Sendable {
  package private(set) var entries: [PluginEntry]
  /// The loaded ones, in order.
  package let plugins: [Plugin]
  package let conflicts: [PluginConflict]
  package let choices: PluginChoices
  private let suffixes: [String: Int]
  private let fileNames: [String: Int]
  private let interpreters: [String: Int]

  /// Looks into `locations`.
  ///
  /// `cache` is a file of this program's own; `executable` is as for `AnalyzerPool`.
  package init(
    locations: [PluginLocation], choices: PluginChoices = PluginChoices(), cache: String? = nil,
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
        let state = Self.state(of: path, location.origin, choices, &reader, &owners)
        entries.append(PluginEntry(origin: location.origin, path: path, state: state))
      }
    }
    reader.save()
    self.init(entries: entries, choices: choices)
  }

  private init(entries: [PluginEntry], choices: PluginChoices) {
    self.entries = entries
    self.choices = choices
    plugins = entries.compactMap { entry in
      if case .loaded(let plugin) = entry.state { return plugin }
      return nil
    }
    var claims = Claims(plugins, chosen: choices.owners)
    suffixes = claims.take(\.suffixes)
    fileNames = claims.take(\.fileNames)
    interpreters = claims.take(\.interpreters)
    conflicts = claims.conflicts
  }

  /// The same with what the quarantine knows of its plugins.
  package func marking(_ quarantine: Quarantine) -> PluginCatalog {
    var catalog = self
    for index in entries.indices {
      guard case .loaded(let plugin) = entries[index].state else { continue }
      catalog.entries[index].setAside = quarantine.entry(plugin.digest)
    }
    return catalog
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

extension PluginCatalog {
  /// What becomes of one candidate; nothing is run of one that its file's name says is disabled.
  private static func state(
    of path: String, _ origin: PluginLocation.Origin, _ choices: PluginChoices,
    _ reader: inout DescriptorReader, _ owners: inout [String: String]
  ) -> PluginEntry.State {
    let disabled = origin == .explicit ? [] : choices.disabled
    if let id = PluginLocation.analyzerID(ofFile: path), disabled.contains(id) {
      return .disabled(id: id, reader.known(path))
    }
    switch reader.read(path) {
    case .failure(let failure): return .refused(failure.refusal, digest: failure.digest)
    case .success(let plugin):
      let id = plugin.descriptor.id
      if disabled.contains(id) { return .disabled(id: id, plugin) }
      if let first = owners[id] { return .shadowed(plugin, by: first) }
      owners[id] = path
      return .loaded(plugin)
    }
  }

  /// The choices of owners that cannot be followed; one of a disabled analyzer waits for it in silence.
  package var ownerProblems: [OwnerProblem] {
    choices.owners.sorted { $0.key < $1.key }.compactMap { claim, analyzer in
      if choices.disabled.contains(analyzer) { return nil }
      guard let plugin = plugins.first(where: { $0.descriptor.id == analyzer }) else {
        return .unknownAnalyzer(
          claim: claim, analyzer: analyzer, known: plugins.map(\.descriptor.id).sorted())
      }
      if plugin.descriptor.claims(claim) { return nil }
      return .notClaimed(
        claim: claim, analyzer: analyzer,
        claimants: plugins.map(\.descriptor).filter { $0.claims(claim) }.map(\.id))
    }
  }

  /// The candidates with this analyzer id, in order: those that say so, and those whose file is named after it.
  package func entries(ofAnalyzer id: String) -> [PluginEntry] {
    entries.filter { $0.analyzerID == id }
  }
}

/// Gives each claim to the plugin that was chosen for it, else to the first that makes it.
private struct Claims {
  private let plugins: [Plugin]
  private let chosen: [String: String]
  private(set) var conflicts: [PluginConflict] = []

  init(_ plugins: [Plugin], chosen: [String: String]) {
    self.plugins = plugins
    self.chosen = chosen
  }

  mutating func take(_ names: KeyPath<AnalyzerDescriptor, [String]>) -> [String: Int] {
    var claimants: [String: [Int]] = [:]
    for (index, plugin) in plugins.enumerated() {
      for name in Set(plugin.descriptor[keyPath: names]) { claimants[name, default: []].append(index) }
    }
    var owners: [String: Int] = [:]
    for (claim, indexes) in claimants.sorted(by: { $0.key < $1.key }) {
      let choice = indexes.first { plugins[$0].descriptor.id == chosen[claim] }
      let owner = choice ?? indexes[0]
      owners[claim] = owner
      if indexes.count == 1 { continue }
      conflicts.append(
        PluginConflict(
          claim: claim, owner: plugins[owner].descriptor.id,
          others: indexes.filter { $0 != owner }.map { plugins[$0].descriptor.id },
          isShared: names == \.suffixes && choice == nil, isChosen: choice != nil))
    }
    return owners
  }
}

/// The file's path without links; nil where it is not there.
private func absolutePath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

import CodiraModel
import CodiraStore

/// How files are gathered into modules.
package enum ModuleUnit: String, CaseIterable, Sendable {
  /// What the language calls one; the file where it knows none.
  case module
  case folder
  case file
}

/// The references from one module to another.
package struct ModuleLink: Sendable {
  /// Indexes of `ModuleGraph.modules`.
  package var from: Int
  package var to: Int
  package var counts: [Reference.Role: Int]
  /// The first by path and place of the surest.
  package var example: Edge

  package var count: Int { counts.values.reduce(0, +) }
}

/// One module and how it hangs together with others.
package struct Module: Sendable {
  package let name: String
  package var files = 0
  package var symbols = 0
  /// Modules that use it, and that it uses.
  package var users = 0
  package var uses = 0
  /// References from and to other modules.
  package var referencesIn = 0
  package var referencesOut = 0
}

/// Who uses whom among the modules of a repository.
package struct ModuleGraph: Sendable {
  package private(set) var modules: [Module] = []
  /// By the names of their ends.
  package private(set) var links: [ModuleLink] = []
  package private(set) var violations: [LayerViolation] = []
  /// References that are not sure enough to count.
  package private(set) var unsure = 0

  /// What goes into the graph.
  package struct Question: Sendable {
    package var unit: ModuleUnit
    package var roles: Set<Reference.Role>
    package var filter: SymbolFilter
    /// The least sure references that count.
    package var certainty: Resolution.Certainty
    package var layers: LayerRules

    package init(
      unit: ModuleUnit = .module, roles: Set<Reference.Role> = Set(Reference.Role.allCases),
      filter: SymbolFilter = SymbolFilter(), certainty: Resolution.Certainty = .exact,
      layers: LayerRules = LayerRules()
    ) {
      self.unit = unit
      self.roles = roles
      self.filter = filter
      self.certainty = certainty
      self.layers = layers
    }
  }

  package init(_ question: Question, in view: IndexView) throws {
    var builder = try ModuleGraphBuilder(question, view)
    try builder.run()
    modules = builder.modules
    violations = builder.violations
    unsure = builder.unsure
    let names = modules.map(\.name)
    links = builder.links.values.sorted { (names[$0.from], names[$0.to]) < (names[$1.from], names[$1.to]) }
    for link in links {
      modules[link.from].uses += 1
      modules[link.to].users += 1
      modules[link.from].referencesOut += link.count
      modules[link.to].referencesIn += link.count
    }
  }

  /// Modules by how many others they are tied to, most first.
  package var hotspots: [Module] {
    modules.filter { $0.users + $0.uses > 0 }.sorted {
      ($1.users + $1.uses, $1.referencesIn + $1.referencesOut, $0.name)
        < ($0.users + $0.uses, $0.referencesIn + $0.referencesOut, $1.name)
    }
  }

  /// Groups of modules each of which reaches every other, largest first.
  package var cycles: [ModuleCycle] { ModuleCycle.all(in: self) }
}

/// Reads every reference once and gathers what crosses the borders of modules.
private struct ModuleGraphBuilder {
  struct Pair: Hashable {
    let from: Int
    let to: Int
  }

  let question: ModuleGraph.Question
  let view: IndexView
  private let files: [FileRow]
  private var moduleOfFile: [Int64: Int] = [:]
  private var homes: [StableID: [Int64]] = [:]
  private(set) var modules: [Module] = []
  private(set) var links: [Pair: ModuleLink] = [:]
  private(set) var violations: [LayerViolation] = []
  private(set) var unsure = 0

  init(_ question: ModuleGraph.Question, _ view: IndexView) throws {
    self.question = question
    self.view = view
    files = try view.snapshot.files().filter { $0.symbolCount > 0 && question.filter.accepts($0) }
    let names = try Self.names(of: files, question.unit, view)
    var indexes: [String: Int] = [:]
    for file in files.sorted(by: { (names[$0.id]!, $0.path) < (names[$1.id]!, $1.path) }) {
      let name = names[file.id]!
      let index = indexes[name] ?? modules.count
      if index == modules.count {
        indexes[name] = index
        modules.append(Module(name: name))
      }
      modules[index].files += 1
      modules[index].symbols += file.symbolCount
      moduleOfFile[file.id] = index
    }
  }

  mutating func run() throws {
    let asked = question.roles.contains(.typeUse) ? question.roles.union([.call]) : question.roles
    for file in files where file.referenceCount > 0 {
      try view.edges().forEach(in: file.id, roles: asked) { reference, resolution in
        guard question.roles.contains(resolution.role), !resolution.targets.isEmpty else { return }
        if question.certainty < resolution.certainty {
          unsure += 1
          return
        }
        for target in resolution.targets {
          if let home = try home(of: target, from: file.id) { try note(reference, resolution, file, home) }
        }
      }
    }
  }

  private mutating func note(
    _ reference: Reference, _ resolution: Resolution, _ file: FileRow, _ home: Int64
  ) throws {
    let from = moduleOfFile[file.id]!
    guard let to = moduleOfFile[home], file.id != home else { return }
    let rules = question.layers.broken(from: file.path.text, to: try view.file(home).path.text)
    if from == to, rules.isEmpty { return }
    func edge() -> Edge { Edge(reference: reference, file: file, owner: nil, resolution: resolution) }
    violations += rules.map { LayerViolation(rule: $0, edge: edge()) }
    guard from != to else { return }
    let pair = Pair(from: from, to: to)
    guard let known = links[pair]?.example.resolution.certainty else {
      links[pair] = ModuleLink(from: from, to: to, counts: [resolution.role: 1], example: edge())
      return
    }
    links[pair]!.counts[resolution.role, default: 0] += 1
    if resolution.certainty < known { links[pair]!.example = edge() }
  }

  /// The file that a target lives in: the referring one where it states the target itself, else the first that
  /// defines it; nil for a namespace that several modules share.
  private mutating func home(of id: StableID, from file: Int64) throws -> Int64? {
    let known: [Int64]
    if let memory = homes[id] {
      known = memory
    } else {
      let rows = try view.resolver().facts.rows(of: id)
      let definitions = rows.filter { !$0.symbol.flags.contains(.declarationOnly) }
      known = (definitions.isEmpty ? rows : definitions).map(\.file)
      let isShared =
        rows.first?.symbol.kind.isNamespace == true
        && Set(known.map { moduleOfFile[$0] }).count > 1
      homes[id] = isShared ? [] : known
      if isShared { return nil }
    }
    return known.contains(file) ? file : known.first
  }

  private static func names(of files: [FileRow], _ unit: ModuleUnit, _ view: IndexView) throws -> [Int64:
    String]
  {
    var modules: [Int64: String] = [:]
    if unit == .module {
      for (file, name) in try view.snapshot.moduleNames() where modules[file] == nil { modules[file] = name }
    }
    var names: [Int64: String] = [:]
    for file in files {
      switch unit {
      case .module: names[file.id] = modules[file.id] ?? file.path.text
      case .file: names[file.id] = file.path.text
      case .folder:
        let path = file.path.text
        names[file.id] = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      }
    }
    return names
  }
}

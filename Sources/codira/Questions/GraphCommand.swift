import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira graph`: which modules use which, cycles, hotspots, and layers that must not use each other.
struct GraphCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Show how modules hang together: cycles, hotspots, forbidden directions.",
    discussion: """
      Layers are declared in .codira/config.toml: `[graph.layers]` names each with path patterns, \
      `graph.forbidden = ["core -> web"]` says who must not use whom, `*` is every other layer. A reference \
      that a rule forbids, or a cycle where `graph.forbid_cycles` is set, ends with exit code 1.
      """)

  @Option(help: "What a module is: module (as the language says), folder or file.") var by = "module"
  @OptionGroup var roles: RoleOptions
  @Option(help: "How unsure a reference may be to count: exact, name or ambiguous.") var certainty = "exact"
  @Flag(help: "List every use of one module by another.") var links = false
  @Flag(help: "Print a graph for Graphviz instead of text.") var dot = false
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if ModuleUnit(rawValue: by) == nil { throw ValidationError("--by is one of module, folder, file") }
    if least == nil { throw ValidationError("--certainty is one of exact, name, ambiguous") }
    if dot, options.json { throw ValidationError("--dot and --json exclude each other") }
    if !filters.kind.isEmpty { throw ValidationError("graph is about files: --kind does not apply") }
  }

  private var least: Resolution.Certainty? {
    Resolution.Certainty(rawValue: certainty).flatMap { $0 <= .ambiguous ? $0 : nil }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let asked = try roles.roles()
    let layers = try context.configuration().layerRules()
    let forbidsCycles = try context.configuration().boolean(.forbidsCycles)
    let query =
      (["by": .string(by), "roles": .array(roles.names(asked)), "certainty": .string(certainty)] as JSONObject)
      .appending(filters.query)
    let question = ModuleGraph.Question(
      unit: ModuleUnit(rawValue: by)!, roles: asked, filter: try filters.filter(), certainty: least!,
      layers: layers)
    return try context.reading { view in
      let report = GraphReport(
        graph: try ModuleGraph(question, in: view), layers: layers, forbidsCycles: forbidsCycles, view: view,
        limit: limits.limit ?? 10, listsLinks: links)
      return dot ? report.dotAnswer(query: query) : report.answer(query: query)
    }
  }
}

extension Configuration {
  /// The layers and rules of `[graph]`; a rule that says nothing or names no layer is an error.
  func layerRules() throws -> LayerRules {
    let layers = layers.sorted { $0.key < $1.key }.map { name, globs in
      LayerRules.Layer(name: name, globs: globs.map { PathGlob($0) })
    }
    let rules = try strings(.forbiddenLayers).map { text in
      guard let rule = LayerRules.Rule(text) else {
        throw CommandFailure(
          .usage, code: "bad_value", "`\(text)` in graph.forbidden is no rule.",
          hint: "A rule names two layers: `core -> web`.")
      }
      return rule
    }
    let result = LayerRules(layers: layers, rules: rules)
    if let unknown = result.unknownLayer {
      let nearest = NearestName.of(unknown.name, among: layers.map(\.name))
      throw CommandFailure(
        .usage, code: "unknown_layer",
        "graph.forbidden names the layer `\(unknown.name)`, which nobody declared.",
        hint: nearest.map { "Did you mean `\($0)`?" } ?? "Declare it in [graph.layers].")
    }
    return result
  }
}

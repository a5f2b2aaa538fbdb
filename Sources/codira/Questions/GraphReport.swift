import CodiraModel
import CodiraQuery

/// The modules of a repository: as rows of links, as findings, as a graph.
struct GraphReport {
  let graph: ModuleGraph
  let layers: LayerRules
  let forbidsCycles: Bool
  let view: IndexView
  let limit: Int
  let listsLinks: Bool

  private var isBroken: Bool { !graph.violations.isEmpty || (forbidsCycles && !graph.cycles.isEmpty) }

  func answer(query: JSONObject) -> Answer {
    let cycles = graph.cycles
    let extras: JSONObject = [
      "modules": .array(graph.modules.map { .object(row($0)) }),
      "cycles": .array(cycles.map { .object(row($0)) }),
      "hotspots": .array(graph.hotspots.prefix(limit).map { .string($0.name) }),
      "layers": .array(
        layers.layers.map { layer in
          ["name": .string(layer.name), "paths": .array(layer.globs.map { .string($0.text) })]
        }),
      "forbidden": .array(layers.rules.map { .string($0.text) }),
      "violations": .array(
        graph.violations.map { .object(view.row($0.edge).appending(["rule": .string($0.rule.text)])) }),
      "unsure_references": .int(graph.unsure),
    ]
    let status: ExitStatus = isBroken || graph.modules.isEmpty ? .nothing : .done
    return Answer(
      status: status, query: query, results: graph.links.map { .object(row($0)) }, extras: extras
    ) { page in
      if graph.modules.isEmpty { return page.line("No indexed file passes the filters.") }
      page.line(
        "\(CountText.count(graph.modules.count, "module")), \(CountText.count(graph.links.count, "link")) between them"
      )
      writeHotspots(to: &page)
      write(cycles, to: &page)
      writeLayers(to: &page)
      if listsLinks { writeLinks(to: &page) }
      if graph.unsure > 0 {
        page.line()
        page.line("\(CountText.count(graph.unsure, "less sure reference")) not counted (--certainty).")
      }
    }
  }

  func dotAnswer(query: JSONObject) -> Answer {
    var dot = DotGraph(name: "modules")
    for module in graph.modules where module.users + module.uses > 0 {
      dot.node(module.name, label: module.name)
    }
    for link in graph.links {
      dot.edge(
        name(link.from), name(link.to), label: String(link.count),
        isSure: link.example.resolution.certainty == .exact)
    }
    return Answer(status: isBroken || graph.modules.isEmpty ? .nothing : .done, query: query) { page in
      page.line(dot.text)
    }
  }

  private func name(_ module: Int) -> String { graph.modules[module].name }

  private func row(_ link: ModuleLink) -> JSONObject {
    var counts: JSONObject = [:]
    for role in Reference.Role.allCases { counts[role.name] = link.counts[role].map { .int($0) } }
    return view.row(link.example).appending([
      "from": .string(name(link.from)), "to": .string(name(link.to)), "references": .int(link.count),
      "roles": .object(counts),
    ])
  }

  private func row(_ module: Module) -> JSONObject {
    [
      "name": .string(module.name), "files": .int(module.files), "symbols": .int(module.symbols),
      "users": .int(module.users), "uses": .int(module.uses), "references_in": .int(module.referencesIn),
      "references_out": .int(module.referencesOut),
    ]
  }

  private func row(_ cycle: ModuleCycle) -> JSONObject {
    [
      "modules": .array(cycle.members.map { .string(name($0)) }),
      "example": .array(cycle.example.map { .object(row(graph.links[$0])) }),
    ]
  }

  private func writeHotspots(to page: inout TextPage) {
    let hotspots = graph.hotspots
    guard !hotspots.isEmpty else { return }
    page.line()
    page.line(page.style.bold("Hotspots") + " (modules that use it, modules it uses)")
    for module in hotspots.prefix(limit) {
      page.entry(module.name, place: "\(module.users) in, \(module.uses) out", indent: 2)
    }
  }

  private func write(_ cycles: [ModuleCycle], to page: inout TextPage) {
    page.line()
    if cycles.isEmpty { return page.line("No cycles.") }
    page.line(page.style.bold("Cycles") + " (\(cycles.count))")
    for cycle in cycles.prefix(limit) {
      page.line("  \(CountText.count(cycle.members.count, "module")), a shortest way around:")
      for link in cycle.example.map({ graph.links[$0] }) {
        page.entry(
          "\(name(link.from)) → \(name(link.to))", place: link.example.place, notes: link.example.notes,
          indent: 4)
      }
    }
    if cycles.count > limit { page.line("  … \(cycles.count - limit) more (--limit)") }
  }

  private func writeLayers(to page: inout TextPage) {
    guard !layers.rules.isEmpty else { return }
    page.line()
    if graph.violations.isEmpty {
      return page.line("\(CountText.count(layers.rules.count, "layer rule")) kept.")
    }
    page.line(page.style.bold("Forbidden") + " (\(CountText.count(graph.violations.count, "reference")))")
    for violation in graph.violations.prefix(limit) {
      page.entry(
        "\(violation.rule.text): \(violation.edge.reference.written)", place: violation.edge.place,
        notes: violation.edge.notes, indent: 2)
    }
    if graph.violations.count > limit { page.line("  … \(graph.violations.count - limit) more (--limit)") }
  }

  private func writeLinks(to page: inout TextPage) {
    page.line()
    page.line(page.style.bold("Links"))
    for link in graph.links {
      page.entry(
        "\(name(link.from)) → \(name(link.to)) (\(link.count))", place: link.example.place,
        notes: link.example.notes, indent: 2)
    }
  }
}

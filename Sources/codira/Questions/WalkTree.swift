import CodiraModel
import CodiraQuery

/// A walk as a tree: what is reached again is named, and not opened again.
struct WalkTree {
  private let children: [StableID: [WalkStep]]
  private let names: [StableID: String]
  private let roots: [StableID]
  private let count: Int

  init(_ walk: GraphWalk, in finder: EdgeFinder) throws {
    children = Dictionary(grouping: walk.steps, by: \.from)
    var names: [StableID: String] = [:]
    for step in walk.steps where names[step.to] == nil {
      names[step.to] = try finder.symbol(step.to)?.symbol.qualifiedName ?? step.to.text
    }
    self.names = names
    count = walk.steps.count
    var seen: Set<StableID> = []
    roots = walk.steps.filter { $0.depth == 1 && seen.insert($0.from).inserted }.map(\.from)
  }

  /// Writes at most `limit` lines, surest first among the calls of one symbol; returns how many were left out.
  func write(to page: inout TextPage, limit: Int, view: IndexView) -> Int {
    var left = limit
    var opened = Set(roots)
    for root in roots { write(below: root, indent: 2, left: &left, opened: &opened, to: &page, view: view) }
    return max(0, count - (limit - left))
  }

  private func write(
    below node: StableID, indent: Int, left: inout Int, opened: inout Set<StableID>, to page: inout TextPage,
    view: IndexView
  ) {
    let steps = (children[node] ?? []).enumerated().sorted {
      ($0.element.edge.resolution.certainty, $0.offset) < ($1.element.edge.resolution.certainty, $1.offset)
    }.map(\.element)
    for step in steps {
      guard left > 0 else { return }
      left -= 1
      let isNew = opened.insert(step.to).inserted
      let isOpen = children[step.to] != nil
      page.entry(
        names[step.to] ?? "", place: step.edge.place,
        notes: step.edge.notes + [view.mark(step.edge.file), !isNew && isOpen ? "shown above" : ""],
        indent: indent)
      if isNew, isOpen {
        write(below: step.to, indent: indent + 2, left: &left, opened: &opened, to: &page, view: view)
      }
    }
  }
}

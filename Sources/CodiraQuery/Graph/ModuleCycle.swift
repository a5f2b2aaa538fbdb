/// Modules each of which reaches every other.
package struct ModuleCycle: Sendable {
  /// Indexes of `ModuleGraph.modules`, ascending.
  package let members: [Int]
  /// One shortest way around through the first member, as indexes of `ModuleGraph.links`.
  package let example: [Int]

  static func all(in graph: ModuleGraph) -> [ModuleCycle] {
    var outgoing: [[Int]] = Array(repeating: [], count: graph.modules.count)
    for (index, link) in graph.links.enumerated() { outgoing[link.from].append(index) }
    let groups = components(outgoing.map { $0.map { graph.links[$0].to } }).filter { $0.count > 1 }
    return groups.map { members in
      let inside = Set(members)
      let example = shortest(through: members[0], outgoing) {
        inside.contains(graph.links[$0].to)
      } to: {
        graph.links[$0].to
      }
      return ModuleCycle(members: members, example: example)
    }.sorted { ($1.members.count, $0.members[0]) < ($0.members.count, $1.members[0]) }
  }

  /// Strongly connected components, each sorted, by Tarjan's algorithm without recursion.
  static func components(_ next: [[Int]]) -> [[Int]] {
    var search = ComponentSearch(next)
    for node in next.indices { search.visit(node) }
    return search.components
  }

  private static func shortest(
    through start: Int, _ outgoing: [[Int]], where isInside: (Int) -> Bool, to end: (Int) -> Int
  ) -> [Int] {
    var cameBy: [Int: Int] = [:]
    var cameFrom: [Int: Int] = [:]
    var frontier = [start]
    while !frontier.isEmpty {
      var next: [Int] = []
      for node in frontier {
        for link in outgoing[node] where isInside(link) && cameBy[end(link)] == nil {
          cameBy[end(link)] = link
          cameFrom[end(link)] = node
          if end(link) == start {
            var way = [link]
            var place = node
            while place != start {
              way.append(cameBy[place]!)
              place = cameFrom[place]!
            }
            return way.reversed()
          }
          next.append(end(link))
        }
      }
      frontier = next
    }
    return []
  }
}

private struct ComponentSearch {
  private struct Frame {
    let node: Int
    var child = 0
  }

  private let next: [[Int]]
  private var order: [Int]
  private var low: [Int]
  private var isOpen: [Bool]
  private var stack: [Int] = []
  private var counter = 0
  private(set) var components: [[Int]] = []

  init(_ next: [[Int]]) {
    self.next = next
    order = Array(repeating: -1, count: next.count)
    low = order
    isOpen = Array(repeating: false, count: next.count)
  }

  mutating func visit(_ start: Int) {
    guard order[start] < 0 else { return }
    var frames: [Frame] = []
    enter(start, &frames)
    while let frame = frames.last {
      let node = frame.node
      if frame.child < next[node].count {
        frames[frames.count - 1].child += 1
        let child = next[node][frame.child]
        if order[child] < 0 {
          enter(child, &frames)
        } else if isOpen[child] {
          low[node] = min(low[node], order[child])
        }
      } else {
        frames.removeLast()
        if let parent = frames.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == order[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int, _ frames: inout [Frame]) {
    order[node] = counter
    low[node] = counter
    counter += 1
    stack.append(node)
    isOpen[node] = true
    frames.append(Frame(node: node))
  }

  private mutating func close(_ root: Int) {
    var members: [Int] = []
    while let node = stack.popLast() {
      isOpen[node] = false
      members.append(node)
      if node == root { break }
    }
    components.append(members.sorted())
  }
}

import CodiraAnalyzerKit

/// Gives each reference that has no owner yet the innermost symbol around it.
package enum Owners {
  package static func assign(_ output: Output, module: Text) {
    output.references.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    let order = output.symbols.indices.sorted { left, right in
      let (a, b) = (output.symbols[left], output.symbols[right])
      return (a.start, b.end, left) < (b.start, a.end, right)
    }
    var open: [Int] = []
    var next = 0
    for index in output.references.indices {
      let reference = output.references[index]
      while next < order.count, output.symbols[order[next]].start <= reference.start {
        open.append(order[next])
        next += 1
      }
      while let last = open.last, output.symbols[last].end <= reference.start { open.removeLast() }
      guard reference.owner.isEmpty else { continue }
      let owner = open.last { output.symbols[$0].end >= reference.end }
      output.references[index].owner = owner.map { output.symbols[$0].id } ?? module
    }
  }
}

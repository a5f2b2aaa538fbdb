import CodiraAnalyzerKit

/// The local names of a function, block in block.
struct Scope {
  private struct Local {
    var name: Text
    var value: Value
    /// The binding that it hides, or -1.
    var hidden: Int
  }

  private var locals: [Local] = []
  private var latest: [Text: Int] = [:]
  private var blocks: [Int] = []

  var isEmpty: Bool { blocks.isEmpty }

  mutating func open() { blocks.append(locals.count) }

  mutating func close() {
    guard let start = blocks.popLast() else { return }
    while locals.count > start {
      let local = locals.removeLast()
      latest[local.name] = local.hidden < 0 ? nil : local.hidden
    }
  }

  mutating func bind(_ name: Text, _ value: Value) {
    if name == "_" { return }
    locals.append(Local(name: name, value: value, hidden: latest[name] ?? -1))
    latest[name] = locals.count - 1
  }

  subscript(name: Text) -> Value? { latest[name].map { locals[$0].value } }
}

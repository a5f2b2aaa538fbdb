import CodiraAnalyzerKit

// Imports and calls, and what they may stand for.
extension Reader {
  private static let pathLimit = 16
  private static let scopeLimit = 8

  mutating func readUse() {
    let keyword = cursor.token
    guard var name = cursor.readName("A module's name must follow `use`.") else { return }
    var names = [name.text]
    while cursor.isSign(".") {
      guard let next = cursor.readName("A name must follow the dot.") else { break }
      name = next
      names.append(next.text)
    }
    let id = output.ids.namespace(__TYPE__Analyzer.id, names)
    let target = output.arena.chains(Chain(id))
    let added = add(.import, .term, name, from: keyword)
    output.symbols[added].signature = output.arena.join("use", " ", output.arena.join(names, separator: "."))
    output.symbols[added].aliases = target
    refer(.imports, name, target)
    modules[name.text] = id
  }

  private func refer(_ role: ReferenceRole, _ name: Token, _ candidates: Chains, receiver: Text = .empty) {
    let owner = output.symbols[scopes[scopes.count - 1].symbol].id
    var reference = ReferenceDraft(role, owner: owner, name: name.text, start: name.start, end: name.end)
    reference.noName = !candidates.isEmpty
    reference.candidates = candidates
    reference.receiver = receiver
    output.references.append(reference)
  }

  /// A name alone is looked for in the function around it, in what that stands in, and so on up to the module.
  private func candidates(_ name: Text) -> Chains {
    var chosen = scopes.dropFirst().suffix(Self.scopeLimit - 1).reversed().map(\.symbol)
    chosen.append(0)
    return output.arena.copy(chosen.map { output.arena.chain(output.symbols[$0].id, name) })
  }

  /// Nothing is known of a receiver that `use` did not give.
  private func readCall() {
    let name = path[path.count - 1]
    if path.count == 1 {
      refer(.call, name, candidates(name.text))
      return
    }
    let receiver = output.arena.join(path.dropLast().map(\.text), separator: ".")
    var candidates = Chains.none
    if let module = modules[path[0].text] {
      candidates = output.arena.chains(Chain(module, output.arena.copy(path.dropFirst().map(\.text))))
    }
    refer(.call, name, candidates, receiver: receiver)
  }

  /// One token of a function's body; a name before a parenthesis is a call.
  mutating func readCode() {
    if cursor.isSign("{") { scopes[scopes.count - 1].braces += 1 }
    if cursor.isName {
      if !isPathOpen || path.count == Self.pathLimit { path = [] }
      path.append(cursor.token)
      isPathOpen = false
    } else if cursor.isSign("."), !path.isEmpty, !isPathOpen {
      isPathOpen = true
    } else {
      if cursor.isSign("("), !path.isEmpty, !isPathOpen { readCall() }
      path = []
      isPathOpen = false
    }
    cursor.advance()
  }
}

import CodiraModel

/// Which layers a repository has, and which of them must not use which.
package struct LayerRules: Sendable {
  package struct Layer: Hashable, Sendable {
    package let name: String
    package let globs: [PathGlob]

    package init(name: String, globs: [PathGlob]) {
      self.name = name
      self.globs = globs
    }
  }

  /// No file of `from` may refer to a file of `to`.
  package struct Rule: Hashable, Sendable {
    package let from: String
    package let to: String

    /// `core -> web`; either side may be `*`, every layer but the other.
    package init?(_ text: String) {
      let words = text.split(whereSeparator: \.isWhitespace)
      guard words.count == 3, words[1] == "->", words[0] != words[2] else { return nil }
      from = String(words[0])
      to = String(words[2])
    }

    package var text: String { "\(from) -> \(to)" }
  }

  package var layers: [Layer]
  package var rules: [Rule]

  package init(layers: [Layer] = [], rules: [Rule] = []) {
    self.layers = layers
    self.rules = rules
  }

  package static let any = "*"

  /// A layer that a rule names and nobody declared.
  package var unknownLayer: (name: String, rule: Rule)? {
    let known = Set(layers.map(\.name))
    for rule in rules {
      for name in [rule.from, rule.to] where name != Self.any && !known.contains(name) { return (name, rule) }
    }
    return nil
  }

  /// The rules that a reference from one file to another breaks.
  func broken(from: String, to: String) -> [Rule] {
    guard !rules.isEmpty else { return [] }
    let users = names(of: from)
    let used = names(of: to)
    return rules.filter { rule in
      users.contains { user in
        (rule.from == Self.any ? user != rule.to : rule.from == user)
          && used.contains { $0 != user && (rule.to == Self.any || rule.to == $0) }
      }
    }
  }

  private func names(of path: String) -> [String] {
    layers.filter { layer in layer.globs.contains { $0.matches(path) } }.map(\.name)
  }
}

/// A reference that a rule forbids.
package struct LayerViolation: Sendable {
  package var rule: LayerRules.Rule
  package var edge: Edge
}

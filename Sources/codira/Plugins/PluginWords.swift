import CodiraModel
import CodiraPluginHost

/// What became of a plugin, in the words of every command that says so.
extension PluginEntry {
  var word: String {
    switch state {
    case .loaded: setAside == nil ? "loaded" : "aside"
    case .shadowed: "shadowed"
    case .refused: "refused"
    case .disabled: "disabled"
    }
  }

  /// The same for programs: one word.
  var status: String { word.replacing(" ", with: "_") }

  /// Why it is not used; nil for one that is.
  var reason: String? {
    switch state {
    case .loaded: setAside.map { "\($0.reason). To lift this, \($0.cure)." }
    case .shadowed(let plugin, let first):
      "\(first) has the analyzer id \(plugin.descriptor.id) and comes first."
    case .refused(let refusal, _): "\(refusal)."
    case .disabled(let id, _): "You disabled \(id); `codira plugins enable \(id)` brings it back."
    }
  }

  /// A short word for programs; nil for one that is used.
  var code: String? {
    switch state {
    case .loaded: setAside.map { _ in "set_aside" }
    case .shadowed, .disabled: word
    case .refused(let refusal, _): refusal.code
    }
  }
}

extension PluginConflict {
  /// Who has it.
  var text: String {
    let others = self.others.joined(separator: ", ")
    let verb = self.others.count == 1 ? "claims" : "claim"
    if isChosen { return "\(claim) goes to \(owner), as configured; \(others) \(verb) it too." }
    return isShared
      ? "\(claim) is shared by \(owner) and \(others): the one with more files near a file takes it."
      : "\(claim) goes to \(owner), which comes first; \(others) \(verb) it too."
  }

  /// The line of the configuration that would change that, and what it does.
  var remedy: (line: String, effect: String)? {
    if isChosen { return nil }
    let heir = isShared ? owner : others[0]
    return ("[owners]  \"\(claim)\" = \"\(heir)\"", "in the configuration gives all to \(heir)")
  }

  func write(to page: inout TextPage, indent: Int = 0) {
    page.paragraph(text, indent: indent)
    guard let remedy else { return }
    let margin = String(repeating: " ", count: indent + 2)
    page.line(margin + TerminalText.escape("\(remedy.line)  \(remedy.effect)"))
  }

  var row: JSONValue {
    [
      "claim": .string(claim), "owner": .string(owner), "others": .array(others.map(JSONValue.string)),
      "decided_by": .string(isChosen ? "configuration" : isShared ? "files" : "order"),
    ]
  }
}

extension PluginLocation.Origin {
  /// As in "from the installation".
  var words: String {
    switch self {
    case .explicit: "--plugin"
    case .environment: "CODIRA_PLUGINS or plugins.paths"
    case .user: "your plugin folder"
    case .installed: "the installation"
    }
  }
}

extension AnalyzerDescriptor {
  var grammar: String { "\(grammarName) \(grammarVersion) (ABI \(grammarABI))" }
}

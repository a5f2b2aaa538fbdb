/// What a text is to a search, which decides the prompt that a model wants before it.
public enum TextRole: String, Sendable, CaseIterable {
  /// A question.
  case query
  /// A text that questions are to find.
  case passage
  /// Neither: the text alone, without a prompt.
  case plain
}

/// The prompts of config_sentence_transformers.json.
package struct Prompts: Equatable, Sendable {
  package var query = ""
  package var passage = ""

  package func text(of role: TextRole) -> String {
    switch role {
    case .query: query
    case .passage: passage
    case .plain: ""
    }
  }

  package var isEmpty: Bool { query.isEmpty && passage.isEmpty }
}

extension Prompts {
  /// Passages have the prompt `document`, `passage` or `corpus`; a role without a prompt of its own has the default.
  init(_ settings: SettingsFile) throws(EmbeddingError) {
    guard let prompts = try settings.section("prompts") else { return }
    let texts = prompts.texts
    let name = try settings.string("default_prompt_name")
    guard name.isEmpty || prompts.names.contains(name) else {
      throw .malformed(path: settings.path, reason: "default_prompt_name \(name) is no prompt")
    }
    let fallback = texts[name] ?? ""
    query = texts["query"] ?? fallback
    passage = texts["document"] ?? texts["passage"] ?? texts["corpus"] ?? fallback
  }
}

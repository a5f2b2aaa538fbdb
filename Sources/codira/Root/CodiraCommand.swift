import ArgumentParser

/// A subcommand: parses its arguments, asks the library, and gives an answer to print.
///
/// Text and JSON are both made from the answer; a command prints nothing itself. Progress and warnings go
/// through `context.console`.
protocol CodiraCommand: ParsableCommand {
  var options: GlobalOptions { get }

  func answer(in context: CommandContext) throws -> Answer
}

extension CodiraCommand {
  /// The words after `codira`, as they stand in the envelope: `plugins list`.
  static var name: String {
    let parts = Codira.path(to: self) ?? [configuration.commandName ?? _commandName]
    return parts.joined(separator: " ")
  }

  func run() throws {
    let context = try CommandContext(options: options)
    let answer = try answer(in: context)
    context.print(answer, of: Self.name)
    if answer.status != .done { throw ExitCode(answer.status.rawValue) }
  }
}

extension ParsableCommand {
  static var allSubcommands: [any ParsableCommand.Type] {
    configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
  }

  /// The words that may follow this command, aliases too.
  static var commandNames: [String] {
    allSubcommands.flatMap { [$0.configuration.commandName ?? $0._commandName] + $0.configuration.aliases }
  }

  /// The names on the way from this command to `target`, without this command's own.
  static func path(to target: any ParsableCommand.Type) -> [String]? {
    for subcommand in allSubcommands {
      let name = subcommand.configuration.commandName ?? subcommand._commandName
      if subcommand == target { return [name] }
      if let rest = subcommand.path(to: target) { return [name] + rest }
    }
    return nil
  }
}

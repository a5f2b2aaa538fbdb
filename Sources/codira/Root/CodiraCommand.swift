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
  /// The names on the way from this command to `target`, without this command's own.
  static func path(to target: any ParsableCommand.Type) -> [String]? {
    for subcommand in configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands) {
      let name = subcommand.configuration.commandName ?? subcommand._commandName
      if subcommand == target { return [name] }
      if let rest = subcommand.path(to: target) { return [name] + rest }
    }
    return nil
  }
}

import ArgumentParser
import CodiraMCP
import CodiraModel

/// A tool that answers as a command of the command line does: its arguments become the command's.
struct CommandTool {
  /// An argument of the tool, and how the command line spells it.
  struct Argument {
    enum Spelling {
      /// An operand, behind all options.
      case operand
      /// `--name value`, or `--name` alone where it is true.
      case option(String)
      /// Not for the command: where the answer goes on.
      case cursor
      /// Each choice stands for these words.
      case choices([String: [String]])
    }

    let parameter: MCPTool.Parameter
    let spelling: Spelling

    static func operand(_ name: String, _ help: String) -> Argument {
      Argument(parameter: .init(name, .text, help, isRequired: true), spelling: .operand)
    }

    /// For answers that may be longer than the budget.
    static let cursor = Argument(
      parameter: .init("cursor", .text, "From `cut`, to go on."), spelling: .cursor)

    static func option(_ name: String, _ kind: MCPTool.Parameter.Kind, _ help: String) -> Argument {
      Argument(parameter: .init(name, kind, help), spelling: .option("--" + name))
    }
  }

  let name: String
  let title: String
  let description: String
  let command: any CodiraCommand.Type
  /// Words of every such command line.
  var fixed: [String] = []
  /// Words of the command line where the payload is wanted, not the text.
  var structured: [String] = []
  let arguments: [Argument]
  /// What to do where the answer was cut.
  var hint = "Ask again with a filter or a smaller limit, or run the codira command of that name."

  /// The words of the command line that a call stands for, the command's name left out.
  func words(_ given: JSONObject, asText: Bool) -> [String] {
    var options = fixed + (asText ? [] : structured)
    var operands: [String] = []
    for argument in arguments {
      guard let value = given[argument.parameter.name] else { continue }
      switch (argument.spelling, value) {
      case (.operand, .string(let text)): operands.append(text)
      case (.option(let option), .bool(let isSet)): options += isSet ? [option] : []
      case (.option(let option), .string(let text)): options.append("\(option)=\(text)")
      case (.option(let option), .int(let number)): options.append("\(option)=\(number)")
      case (.choices(let words), .string(let choice)): options += words[choice] ?? []
      default: continue
      }
    }
    return options + ["--"] + operands
  }

  /// The tool, answering within `budget` bytes.
  func tool(in context: CommandContext, budget: Int) -> MCPTool {
    MCPTool(
      name: name, title: title, description: description, parameters: arguments.map(\.parameter)
    ) { given, asText in
      do {
        return try answer(given, asText: asText, in: context, budget: max(budget, asked(given)))
      } catch {
        return failure(error, asText: asText)
      }
    }
  }

  private func answer(
    _ given: JSONObject, asText: Bool, in context: CommandContext, budget: Int
  ) throws -> MCPAnswer {
    func run<Command: CodiraCommand>(_ type: Command.Type) throws -> (answer: Answer, name: String) {
      (try type.parse(words(given, asText: asText)).answer(in: context), type.name)
    }
    let cursor = try cursor(given)
    let (answer, commandName) = try run(command)
    if asText {
      var page = TextPage()
      answer.page(&page)
      return MCPAnswer(
        text: try TextCut.page(
          page.text, to: budget, from: cursor, generation: answer.extras.generation, hint: hint))
    }
    let envelope = Envelope.of(answer, command: commandName)
    let payload = try AnswerBudget(size: budget, hint: hint).cut(envelope, from: cursor)
    return MCPAnswer(payload: payload, text: summary(payload))
  }

  private func cursor(_ given: JSONObject) throws(CommandFailure) -> AnswerCursor? {
    guard case .string(let text)? = given[Argument.cursor.parameter.name] else { return nil }
    guard let cursor = AnswerCursor(text) else { throw .staleCursor }
    return cursor
  }

  /// The bytes of a budget that the caller set.
  private func asked(_ given: JSONObject) -> Int {
    guard case .int(let tokens)? = given["budget"] else { return 0 }
    return tokens * ContextFormat.bytesPerToken
  }

  private func summary(_ payload: JSONObject) -> String {
    guard case .array(let rows)? = payload["results"], !rows.isEmpty else { return "\(name): nothing found" }
    return "\(name): \(CountText.count(rows.count, "row")) in the structured content"
      + (payload["cut"] == nil ? "" : ", cut to the budget")
  }

  private func failure(_ error: any Error, asText: Bool) -> MCPAnswer {
    let failure: CommandFailure
    switch Codira.exitCode(for: error) {
    case .validationFailure:
      failure = CommandFailure(.usage, code: "usage", Codira.message(for: error))
    default: failure = CommandFailure(error)
    }
    let text = failure.message + (failure.hint.isEmpty ? "" : "\n" + failure.hint)
    return MCPAnswer(payload: asText ? nil : Envelope.of(failure, command: name), text: text, isError: true)
  }
}

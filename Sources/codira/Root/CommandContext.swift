import CodiraModel
import CodiraQuery
import CodiraStore
import Glibc

/// What surrounds a command: its global options, the environment, configuration, the index's place, and the
/// way out.
///
/// Several threads may ask it at once: what is not constant is made once.
final class CommandContext: @unchecked Sendable {
  let options: GlobalOptions
  let environment: Environment
  let console: Console
  private let text: TextStyle

  init(options: GlobalOptions, environment: Environment = .process) throws {
    self.options = options
    self.environment = environment
    if let folder = options.folder, chdir(folder) != 0 {
      throw CommandFailure(
        .usage, code: "no_folder", "Cannot enter the folder \(folder): \(String(cString: strerror(errno)))")
    }
    let color = !options.noColor && !options.json && environment["NO_COLOR", orEmpty: ""].isEmpty
    text = TextStyle(color: color && environment["TERM"] != "dumb" && isatty(STDOUT_FILENO) == 1)
    console = Console(quiet: options.quiet, color: color && isatty(STDERR_FILENO) == 1)
    let workspace = Once { Workspace.find(flag: options.indexFolder, environment: environment) }
    found = workspace
    loaded = Once {
      Configuration.load(
        environment: environment, repository: (try? workspace.get().get())?.configurationFile)
    }
    questionEncoder = ModelEncoder(Self.modelStore(environment))
    readers = Once { workspace.get().map { IndexReaders(IndexLocation(directory: $0.indexFolder)) } }
  }

  private let found: Once<Result<Workspace, CommandFailure>>
  private let loaded: Once<Result<Configuration, CommandFailure>>
  private let readers: Once<Result<IndexReaders, CommandFailure>>

  /// Turns questions into vectors, with a model that is opened once.
  let questionEncoder: ModelEncoder

  /// The repository and where its index is or would be; looked for once.
  var workspace: Result<Workspace, CommandFailure> { found.get() }

  func configuration() throws -> Configuration { try loaded.get().get() }

  /// The index, whose connections are kept for the next question.
  func index() throws -> IndexReaders { try readers.get().get() }

  func print(_ answer: Answer, of command: String) {
    if options.json {
      var text = JSONText(capacity: 4096)
      text.value(Envelope.of(answer, command: command))
      text.newline()
      StandardOutput.write(text.bytes)
    } else {
      var page = TextPage(style: text)
      answer.page(&page)
      StandardOutput.write(page.text)
    }
  }
}

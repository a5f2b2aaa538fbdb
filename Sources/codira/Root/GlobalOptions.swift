import ArgumentParser

/// Options that every command has.
struct GlobalOptions: ParsableArguments {
  @Flag(name: .long, help: "Print one JSON object instead of text.")
  var json = false

  @Flag(name: [.short, .long], help: "Print results and errors only.")
  var quiet = false

  @Flag(name: .customLong("no-color"), help: "Never color the output; NO_COLOR does the same.")
  var noColor = false

  @Option(
    name: .customLong("index"),
    help: ArgumentHelp("Keep or look for the index in this folder; also CODIRA_INDEX.", valueName: "dir"))
  var indexFolder: String?

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp("Run as if started in this folder.", valueName: "dir"))
  var folder: String?

  /// Spellings that may stand before the subcommand too.
  static let flags: Set<String> = ["--json", "--quiet", "-q", "--no-color"]
  static let valued: Set<String> = ["--index", "-C"]

  /// The arguments with global options that stand before the subcommand moved behind its own, since the
  /// parser takes them only there.
  static func hoist(_ arguments: [String]) -> [String] {
    var leading: [String] = []
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if flags.contains(argument) || valued.contains(where: { argument.hasPrefix($0 + "=") }) {
        leading.append(argument)
        index += 1
      } else if valued.contains(argument), index + 1 < arguments.count {
        leading += arguments[index...index + 1]
        index += 2
      } else {
        break
      }
    }
    let rest = arguments[index...]
    guard !rest.isEmpty, !leading.isEmpty, rest.first?.hasPrefix("-") == false else { return arguments }
    let terminator = rest.firstIndex(of: "--") ?? rest.endIndex
    return rest[..<terminator] + leading + rest[terminator...]
  }
}

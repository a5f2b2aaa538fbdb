import CodiraMCP
import CodiraModel
import CodiraQuery

/// The resources of the server: the index's state, the map, every symbol and every file of the index.
struct ResourceTable {
  static let scheme = "codira"

  let context: CommandContext
  /// Bytes that a resource may have.
  let budget: Int

  var resources: MCPResources {
    MCPResources(
      list: [
        MCPResource(
          uri: "codira://status", name: "status", description: "What is indexed, and whether it is complete.",
          type: "text/plain"),
        MCPResource(
          uri: "codira://map", name: "map", description: "The repository's most used files and symbols.",
          type: "text/plain"),
      ],
      templates: [
        MCPResourceTemplate(
          pattern: "codira://symbol/{name}", name: "symbol",
          description:
            "The source of a symbol by name, qualified name or id, with callers, tests and callees.",
          type: "text/markdown"),
        MCPResourceTemplate(
          pattern: "codira://file/{+path}{?from}", name: "file",
          description: "An indexed file by its path from the repository's root, from a line on.",
          type: "text/plain"),
      ],
      read: read)
  }

  @Sendable private func read(_ uri: String) -> MCPResources.Reading {
    guard let address = MCPAddress(uri, scheme: Self.scheme) else {
      return .unknown("There is no resource \(uri); addresses begin with \(Self.scheme)://.")
    }
    do {
      switch address.kind {
      case "status" where address.path.isEmpty: return text(try page(StatusCommand.self))
      case "map" where address.path.isEmpty: return text(try page(MapCommand.self))
      case "symbol": return try symbol(String(decoding: address.path, as: UTF8.self))
      case "file": return try file(address)
      default:
        return .unknown("There is no resource \(uri); there are status, map, symbol/NAME and file/PATH.")
      }
    } catch {
      let failure = CommandFailure(error)
      return .unknown(failure.hint.isEmpty ? failure.message : failure.message + " " + failure.hint)
    }
  }

  private func text(_ text: String, type: String = "text/plain") -> MCPResources.Reading {
    .text(
      TextCut.cut(text, to: budget, hint: "the tools of this server answer narrower questions."), type: type)
  }

  private func symbol(_ name: String) throws -> MCPResources.Reading {
    let answer = try SymbolCommand.parse(["--", name]).answer(in: context)
    if answer.status == .nothing { return .unknown(page(of: answer)) }
    if answer.extras["ambiguous"] == true { return text(page(of: answer)) }
    let budget = "--budget=\(budget / ContextFormat.bytesPerToken)"
    return text(try page(ContextCommand.self, [budget, "--", name]), type: "text/markdown")
  }

  private func page<Command: CodiraCommand>(_ type: Command.Type, _ words: [String] = []) throws -> String {
    page(of: try type.parse(words).answer(in: context))
  }

  private func page(of answer: Answer) -> String {
    var page = TextPage()
    answer.page(&page)
    return page.text
  }

  // MARK: Files

  private func file(_ address: MCPAddress) throws -> MCPResources.Reading {
    guard let first = Self.line(in: address.query) else {
      return .unknown("`\(address.query)` is not understood; a file goes on from a line by ?from=LINE.")
    }
    let path = RepositoryPath(bytes: address.path)
    var reading = MCPResources.Reading.unknown("\(path.text) cannot be read.")
    _ = try context.reading { view in
      let file = try view.file(at: path)
      if let source = view.source(of: file) { reading = self.lines(of: source, from: first, path) }
      return Answer { _ in }
    }
    return reading
  }

  /// The line that `from=LINE` names; the first where nothing is asked.
  private static func line(in query: String) -> Int? {
    if query.isEmpty { return 1 }
    guard query.hasPrefix("from="), let line = Int(query.dropFirst(5)), line > 0 else { return nil }
    return line
  }

  private func lines(of source: SourceText, from first: Int, _ path: RepositoryPath) -> MCPResources.Reading {
    let noteSize = 100 + 3 * path.text.utf8.count
    var text = ""
    var number = first
    while number <= source.lineCount {
      let line = source.line(number)
      if line.utf8.contains(0) { return .unknown("\(path.text) is no text.") }
      if text.utf8.count + line.utf8.count + noteSize > budget, !text.isEmpty { break }
      text +=
        line.utf8.count + noteSize > budget
        ? String(decoding: line.utf8.prefix(max(0, budget - noteSize)), as: UTF8.self) + "…\n" : line + "\n"
      number += 1
    }
    if number <= source.lineCount {
      let rest = MCPAddress.text(scheme: Self.scheme, kind: "file", path: path.bytes, query: "from=\(number)")
      text += "… cut at line \(number) of \(source.lineCount): \(rest)\n"
    }
    return .text(text, type: "text/plain")
  }
}

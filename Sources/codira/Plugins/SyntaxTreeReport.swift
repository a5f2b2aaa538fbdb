import CodiraModel
import CodiraPluginHost

/// The syntax tree of a source, as far as a plugin shows it.
enum SyntaxTreeReport {
  static func answer(_ setup: AnalyzerSetup, _ source: SourceFile, _ query: JSONObject) throws -> Answer {
    let tree = try tree(setup, source)
    return Answer(query: query, results: [["tree": .string(tree)]]) { page in
      page.line(TerminalText.escape(tree, keepLines: true))
    }
  }

  private static func tree(_ setup: AnalyzerSetup, _ source: SourceFile) throws -> String {
    let file = setup.plugin.path
    let worker: ProbeWorker
    do throws(PluginRefusal) {
      worker = try ProbeWorker(path: file)
    } catch {
      throw CommandFailure(.usage, code: "plugin_refused", "Plugin \(file) cannot be used: \(error).")
    }
    defer { _ = worker.finish() }
    let failed = { (reason: String) in
      CommandFailure(.someFailed, code: "failed", "\(file) shows no tree of \(source.path): \(reason).")
    }
    switch worker.create(configuration: Array(setup.configuration.utf8), projectFiles: setup.projectFiles) {
    case .failure(let failure): throw failed("\(failure)")
    case .success(.refused(let reason)): throw failed(reason.isEmpty ? "it gave no instance" : reason)
    case .success(.instance): break
    }
    switch worker.syntaxTree(path: source.path, source: source.bytes) {
    case .failure(let failure): throw failed("\(failure)")
    case .success(.none): throw failed("it parses nothing in this source")
    case .success(.notOffered):
      throw CommandFailure(
        .usage, code: "no_syntax_tree", "\(file) does not show its syntax trees.",
        hint:
          "An analyzer does so by the extension codira.syntax-tree/1 of codira_analyzer_extensions.h; one that is "
          + "written with the Swift kit has it.")
    case .success(.tree(let text)): return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
  }
}

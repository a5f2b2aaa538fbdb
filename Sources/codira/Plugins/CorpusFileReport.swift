import CodiraConformance
import CodiraModel

/// What came of the cases of one corpus file.
struct CorpusFileReport {
  private let file: String
  private var results: [(title: String, outcome: CorpusOutcome, isRewritten: Bool)] = []

  /// Runs the cases; `updates` writes what is reported into the file where it differs.
  init(_ file: String, _ runner: CorpusRunner, updates: Bool) throws {
    self.file = file
    var cases = CorpusCase.parse(String(decoding: try PlainFile.read(file) ?? [], as: UTF8.self))
    if cases.isEmpty {
      throw CommandFailure(
        .usage, code: "no_corpus", "\(file) has no cases.", hint: "A case begins with a line `=== title`.")
    }
    for index in cases.indices {
      let outcome = try runner.run(cases[index])
      var isRewritten = false
      if updates, case .differs(_, let reported) = outcome {
        cases[index].expected = reported
        isRewritten = true
      }
      results.append((cases[index].title, outcome, isRewritten))
    }
    if rewritten > 0 {
      try PlainFile.replace(file, with: Array(cases.map(\.text).joined(separator: "\n").utf8))
    }
  }

  var count: Int { results.count }
  var rewritten: Int { results.count { $0.isRewritten } }
  var failures: Int { results.count { !$0.isRewritten && !$0.outcome.isPassed } }

  var rows: [JSONValue] {
    results.map { result in
      var row: JSONObject = [
        "file": .string(file), "title": .string(result.title),
        "status": .string(result.isRewritten ? "rewritten" : result.outcome.isPassed ? "passed" : "failed"),
      ]
      row["message"] = .optional(result.outcome.message)
      row["difference"] = .array(result.outcome.difference.map(\.row))
      return .object(row)
    }
  }

  func write(to page: inout TextPage) {
    page.line(page.style.bold(TerminalText.escape(file)))
    for result in results {
      let title = TerminalText.escape(result.title)
      switch result.outcome {
      case .passed: page.line("  \(page.style.dim("pass"))  \(title)")
      default: page.line("  \(page.style.warn(result.isRewritten ? "new " : "FAIL"))  \(title)")
      }
      if let message = result.outcome.message { page.paragraph(message, indent: 8) }
      for difference in result.outcome.difference { page.difference(difference, indent: 8) }
    }
    page.line()
  }
}

extension CorpusOutcome {
  fileprivate var isPassed: Bool {
    if case .passed = self { return true }
    return false
  }

  fileprivate var message: String? {
    switch self {
    case .passed, .differs: nil
    case .unstable: "A second run over the same source reported something else:"
    case .failed(let failure): "\(failure)."
    }
  }

  fileprivate var difference: [LineDifference] {
    switch self {
    case .passed, .failed: []
    case .differs(let lines, _), .unstable(let lines): lines
    }
  }
}

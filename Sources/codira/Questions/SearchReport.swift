import CodiraModel
import CodiraQuery

/// The answer to a search, the same for every command that searches.
enum SearchReport {
  static func answer(
    _ question: SearchQuestion, filters: JSONObject, in context: CommandContext
  ) throws -> Answer {
    let query = (["text": .string(question.text), "mode": .string(question.mode.rawValue)] as JSONObject)
      .appending(filters).appending(["limit": .int(question.limit)])
    return try context.reading { view in
      let answer = try view.search(question, encoder: ModelEncoder(context.modelStore))
      let rows = answer.results.map { found in
        view.row(found).appending(["signature": .string(found.symbol.signature)])
      }
      let extras: JSONObject = [
        "mode": .string(answer.mode.rawValue), "missing_vectors": .int(answer.missingVectors),
        "note": .optional(answer.reason),
      ]
      return Answer(
        status: rows.isEmpty ? .nothing : .done, query: query, results: rows.map { .object($0) },
        extras: extras
      ) { page in
        write(answer, question, view, to: &page)
      }
    }
  }

  private static func write(
    _ answer: SearchAnswer, _ question: SearchQuestion, _ view: IndexView, to page: inout TextPage
  ) {
    if let reason = answer.reason { page.line(page.style.warn("Answered by words alone: \(reason).")) }
    for found in answer.results {
      page.line(view.line(found, style: page.style))
      // A section's title stands in its name.
      if !found.symbol.signature.isEmpty, found.symbol.signature != found.symbol.name {
        page.line("    " + TerminalText.escape(shortened(found.symbol.signature, to: TextPage.width - 4)))
      }
      if let sentence = found.symbol.documentation.split(separator: "\n").first {
        page.line(
          "    " + page.style.dim(TerminalText.escape(shortened(String(sentence), to: TextPage.width - 4))))
      }
    }
    if answer.results.isEmpty {
      page.line(
        question.filter.isEmpty ? "Nothing matches." : "Nothing matches; the filters may leave too little.")
    }
    if answer.missingVectors > 0 {
      page.line(
        page.style.warn("\(answer.missingVectors) texts have no vector yet; `codira index` computes them."))
    }
  }

  private static func shortened(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }
}

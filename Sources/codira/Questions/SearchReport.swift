import CodiraModel
import CodiraQuery

/// Ranked places as an answer, the same for every command that ranks.
struct SearchReport {
  /// The filters as given, for the envelope's `query`.
  var filters: JSONObject = [:]
  var explains = false
  /// Lines around the best line of each result; nil: the lines that match.
  var context: Int?
  /// Lines that match shown of each result.
  var most = 2
  /// Whether a page has each result's score, where that means something by itself.
  var showsScores = false

  func answer(_ question: SearchQuestion, in context: CommandContext) throws -> Answer {
    let query = (["text": .string(question.text), "mode": .string(question.mode.rawValue)] as JSONObject)
      .appending(filters).appending(["limit": .int(question.limit)])
    return try context.reading { view in
      let answer = try view.search(question, encoder: context.questionEncoder)
      let lines = MatchingLines(question, in: view)
      let shown = answer.results.map { lines.lines(of: $0, most: most, context: self.context) }
      return self.answer(answer, shown, query, view)
    }
  }

  /// An answer whose results are shown with those lines.
  func answer(
    _ answer: SearchAnswer, _ shown: [[ShownLine]], _ query: JSONObject, _ view: IndexView
  ) -> Answer {
    let rows = zip(answer.results, shown).map { result, lines in
      row(result, view).appending(["lines": .array(lines.map(\.record))])
    }
    var extras: JSONObject = [
      "mode": .string(answer.mode.rawValue), "missing_vectors": .int(answer.missingVectors),
      "note": .optional(answer.reason),
    ]
    if let search = answer.search {
      extras["searched_files"] = .int(search.files)
      extras["nearest"] = .array(search.nearest.map { .string($0) })
    }
    return Answer(
      status: rows.isEmpty ? .nothing : .done, query: query, results: rows.map { .object($0) }, extras: extras
    ) { page in
      write(answer, shown, view, to: &page)
    }
  }

  /// Each line of `questions` is answered like `template`; one row a question, with its own `results`.
  func answers(_ questions: [String], _ template: SearchQuestion, in context: CommandContext) throws -> Answer
  {
    let query = (["mode": .string(template.mode.rawValue)] as JSONObject)
      .appending(filters).appending(["limit": .int(template.limit)])
    return try context.reading { view in
      let encoder = context.questionEncoder
      let answers = try questions.map { text in
        var question = template
        question.text = text
        return (question, try view.search(question, encoder: encoder))
      }
      let rows: [JSONValue] = answers.map { question, answer in
        [
          "question": .string(question.text), "kind": .string(answer.kind.rawValue),
          "mode": .string(answer.mode.rawValue),
          "results": .array(answer.results.map { .object(row($0, view)) }),
        ]
      }
      return Answer(status: rows.isEmpty ? .nothing : .done, query: query, results: rows) { page in
        for (question, answer) in answers {
          page.line(page.style.bold(TerminalText.escape(question.text)))
          write(answer, answer.results.map { _ in [] }, view, to: &page)
          page.line()
        }
      }
    }
  }

  private func row(_ result: SearchResult, _ view: IndexView) -> JSONObject {
    var row = view.row(result)
    row["signature"] = .string(result.symbol?.signature ?? "")
    if !result.others.isEmpty {
      row["also"] = .array(
        result.others.map {
          [
            "start_line": .int($0.lines.lowerBound), "kind": .string($0.kind),
            "qualified_name": .string($0.qualifiedName), "id": $0.symbol.map { .string($0.id.text) } ?? .null,
          ]
        })
    }
    if explains { row["explanation"] = .object(result.explanation.record) }
    return row
  }

  private func write(
    _ answer: SearchAnswer, _ shown: [[ShownLine]], _ view: IndexView, to page: inout TextPage
  ) {
    if let reason = answer.reason { page.line(page.style.warn("Answered by words alone: \(reason).")) }
    for (result, lines) in zip(answer.results, shown) {
      let score = showsScores ? page.style.dim("  \((result.score * 100).rounded() / 100)") : ""
      page.line(view.line(result, style: page.style) + score)
      // A section's title stands in its name.
      if let symbol = result.symbol {
        if !symbol.signature.isEmpty, symbol.signature != symbol.name {
          page.line("    " + TerminalText.escape(shortened(symbol.signature, to: TextPage.width - 4)))
        }
        if let sentence = symbol.documentation.split(separator: "\n").first {
          page.line(
            "    " + page.style.dim(TerminalText.escape(shortened(String(sentence), to: TextPage.width - 4))))
        }
      }
      write(lines, to: &page)
      if !result.others.isEmpty {
        let others = result.others.map { "\($0.lines.lowerBound) \($0.name)" }.joined(separator: ", ")
        page.line("    " + page.style.dim(TerminalText.escape("also: " + others)))
      }
      if explains {
        for line in result.explanation.lines { page.line("    " + page.style.dim(line)) }
      }
    }
    if let search = answer.search {
      write(search, to: &page)
    } else if answer.results.isEmpty {
      page.line("Nothing matches.")
    }
    if answer.missingVectors > 0 {
      page.line(
        page.style.warn("\(answer.missingVectors) texts have no vector yet; `codira index` computes them."))
    }
  }

  /// The number of each line, the line, its matches set off.
  private func write(_ lines: [ShownLine], to page: inout TextPage) {
    let width = lines.last.map { String($0.number).count } ?? 0
    for line in lines {
      let number = String(repeating: " ", count: width - String(line.number).count) + String(line.number)
      page.line("    " + page.style.dim(number) + "  " + highlighted(line, page.style))
    }
  }

  private func highlighted(_ line: ShownLine, _ style: TextStyle) -> String {
    let utf8 = line.text.utf8
    var text = ""
    var place = utf8.startIndex
    for match in line.matches {
      let start = utf8.index(utf8.startIndex, offsetBy: match.lowerBound)
      let end = utf8.index(utf8.startIndex, offsetBy: match.upperBound)
      text += escaped(line.text[place..<start]) + style.match(escaped(line.text[start..<end]))
      place = end
    }
    return text + escaped(line.text[place...])
  }

  private func escaped(_ text: Substring) -> String {
    TerminalText.escape(text.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "  "))
  }

  /// What was looked through, and what to try.
  private func write(_ search: FruitlessSearch, to page: inout TextPage) {
    let all = CountText.count(search.allFiles, "file")
    if search.files < search.allFiles {
      page.line("Nothing matches in the \(search.files) of \(all) that the filters let through.")
      if !search.languages.isEmpty {
        page.paragraph(
          "No file is in that language. There are " + search.languages.joined(separator: ", ") + ".")
      } else {
        page.line(search.files == 0 ? "Try other filters." : "Try fewer words, or without the filters.")
      }
    } else {
      page.line("Nothing matches in the symbols, texts and paths of \(all).")
      if search.nearest.isEmpty {
        page.line("Try fewer or other words; `codira status` says what is indexed.")
      }
    }
    if !search.nearest.isEmpty {
      page.line("Names that come near: " + TerminalText.escape(search.nearest.joined(separator: ", ")))
    }
  }

  private func shortened(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }
}

extension ShownLine {
  /// `line`, `text`, and where matches begin and end in bytes of it.
  fileprivate var record: JSONValue {
    [
      "line": .int(number), "text": .string(text),
      "matches": .array(matches.map { .array([.int($0.lowerBound), .int($0.upperBound)]) }),
    ]
  }
}

extension Explanation {
  /// For programs: ranks in the channels, what was added and what was multiplied.
  var record: JSONObject {
    func effects(_ list: [(signal: String, effect: Double)]) -> JSONValue {
      .array(list.map { ["signal": .string($0.signal), "effect": .double(Self.rounded($0.effect))] })
    }
    return [
      "text_rank": textRank.map { .int($0) } ?? .null, "vector_rank": vectorRank.map { .int($0) } ?? .null,
      "added": effects(added), "multiplied": effects(multiplied),
    ]
  }

  /// For people: `text rank 3, vector rank 1`, then the sum and the product.
  var lines: [String] {
    let ranks =
      "text rank \(textRank.map(String.init) ?? "-"), vector rank \(vectorRank.map(String.init) ?? "-")"
    let sum = added.filter { $0.effect > 0 }.map { "\($0.signal) +\(Self.rounded($0.effect))" }
    let product = multiplied.map { "\($0.signal) ×\(Self.rounded($0.effect))" }
    return [ranks, (sum + product).joined(separator: ", ")]
  }

  private static func rounded(_ effect: Double) -> Double { (effect * 1000).rounded() / 1000 }
}

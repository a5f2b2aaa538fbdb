import CodiraConformance
import CodiraModel

/// What came of a check, as a test run is told.
struct CheckReport {
  let file: String
  let sampleCount: Int
  let seed: UInt64
  let results: [RuleResult]

  func answer() -> Answer {
    let isBroken = results.contains { $0.verdict.isBroken }
    return Answer(
      status: isBroken ? .nothing : .done,
      query: [
        "plugin": .string(file), "samples": .int(sampleCount), "seed": .int(Int(truncatingIfNeeded: seed)),
      ],
      results: results.map(\.row), page: write)
  }

  private func write(to page: inout TextPage) {
    page.line(
      "Checking \(TerminalText.escape(file)) with \(CountText.count(sampleCount, "sample")), seed \(seed).")
    for group in ConformanceRule.Group.allCases {
      let own = results.filter { $0.rule.group == group }
      if own.isEmpty { continue }
      page.line()
      page.line(page.style.bold(group.rawValue))
      for result in own { write(result, to: &page) }
    }
    page.line()
    page.line(summary)
    if sampleCount == 0 {
      page.paragraph(
        "Samples of its language would test more: name files, folders or corpus files behind the plugin.")
    }
  }

  private func write(_ result: RuleResult, to page: inout TextPage) {
    let rule = result.rule
    switch result.verdict {
    case .holds: page.line("  \(page.style.dim("pass"))  \(rule.name)")
    case .skipped(let reason):
      page.line("  \(page.style.dim("skip"))  \(rule.name): " + page.style.dim(TerminalText.escape(reason)))
    case .breaks(let evidence):
      page.line("  \(page.style.warn("FAIL"))  \(page.style.bold(rule.name))")
      page.paragraph(rule.why, indent: 8)
      page.table(
        evidence.lines.map { [page.style.dim($0.0), TerminalText.escape($0.1)] } + [["see", rule.link]],
        indent: 8)
    }
  }

  private var summary: String {
    let broken = results.count { $0.verdict.isBroken }
    let held = results.count { $0.verdict == .holds }
    return CountText.count(results.count, "rule") + ": \(held) hold, "
      + (broken == 0 ? "none is broken" : "\(broken) broken") + ", \(results.count - broken - held) skipped."
  }
}

extension Evidence {
  /// What is known, name and text.
  fileprivate var lines: [(String, String)] {
    [("sample", sample), ("at", place), ("expected", expected), ("found", found)].filter { !$0.1.isEmpty }
  }
}

extension RuleResult {
  fileprivate var row: JSONValue {
    var row: JSONObject = [
      "rule": .string(rule.name), "group": .string(rule.group.rawValue), "why": .string(rule.why),
      "link": .string(rule.link),
    ]
    switch verdict {
    case .holds: (row["status"], row["reason"], row["evidence"]) = ("passed", .null, .null)
    case .skipped(let reason):
      (row["status"], row["reason"], row["evidence"]) = ("skipped", .string(reason), .null)
    case .breaks(let evidence):
      (row["status"], row["reason"]) = ("failed", .null)
      row["evidence"] = [
        "sample": .string(evidence.sample), "place": .string(evidence.place),
        "expected": .string(evidence.expected),
        "found": .string(evidence.found),
      ]
    }
    return .object(row)
  }
}

/// The rules themselves.
enum RuleList {
  static func answer(_ rules: [ConformanceRule]) -> Answer {
    let rows: [JSONValue] = rules.map { rule in
      [
        "rule": .string(rule.name), "group": .string(rule.group.rawValue), "why": .string(rule.why),
        "link": .string(rule.link), "status": "listed", "reason": .null, "evidence": .null,
      ]
    }
    return Answer(query: ["list": true], results: rows) { page in
      for group in ConformanceRule.Group.allCases {
        let own = rules.filter { $0.group == group }
        if own.isEmpty { continue }
        page.line(page.style.bold(group.rawValue))
        for rule in own {
          page.line("  \(rule.name)")
          page.paragraph(rule.why, indent: 6)
        }
        page.line()
      }
      page.line("\(CountText.count(rules.count, "rule")), explained in docs/plugins/rules.md.")
    }
  }
}

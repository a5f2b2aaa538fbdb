import CodiraModel
import CodiraStore

/// Coverage for people: the share, then what lacks an analyzer, then what its analyzer could not read.
struct CoveragePage {
  let report: CoverageReport
  let age: IndexAge
  let listsAll: Bool
  /// Rows of a list that is not to be whole.
  private static let limit = 20

  func write(to page: inout TextPage) {
    let total = report.totals
    page.line(
      page.style.bold(
        "Analyzers read \(CountText.number(total.read)) of \(CountText.count(total.files, "file")), "
          + "\(Self.percent(total.readBytes, of: total.bytes)) of the bytes"))
    if let text = age.text { page.line(page.style.warn(text)) }
    unowned(total.bytes, &page)
    data(&page)
    if !report.notRead.isEmpty {
      page.line()
      for file in report.notRead.prefix(limit) {
        page.line(
          page.style.warn("\(file.status.words): ")
            + TerminalText.escape(file.path.text + (file.errorMessage.map { ": \($0)" } ?? "")))
      }
      more(report.notRead.count, &page)
    }
    if !report.partial.isEmpty { page.line() }
    PartialFile.write(report.partial, limit: listsAll ? .max : 10, style: page.style, to: &page)
    if listsAll { everything(&page) }
  }

  private var limit: Int { listsAll ? .max : Self.limit }

  private func more(_ count: Int, indent: Int = 0, _ page: inout TextPage) {
    guard count > limit else { return }
    let margin = String(repeating: " ", count: indent)
    page.line(margin + "and \(CountText.number(count - limit)) more; `--all` lists all")
  }

  private func unowned(_ bytes: Int, _ page: inout TextPage) {
    let groups = report.groups.filter { $0.unowned > 0 }
    if groups.isEmpty { return }
    page.line()
    page.line("Without analyzer; their text is searched, their symbols are not known:")
    page.table(
      [["suffix", "files", "bytes", "share", "as in"]]
        + groups.prefix(limit).map { group in
          [
            TerminalText.escape(group.suffix), CountText.number(group.unowned),
            CountText.number(group.unownedBytes), Self.percent(group.unownedBytes, of: bytes),
            TerminalText.escape(group.examples.first?.text ?? ""),
          ]
        }, indent: 2)
    more(groups.count, indent: 2, &page)
    for group in groups {
      guard let analyzer = group.claimedBy else { continue }
      page.paragraph("\(analyzer) claims \(group.suffix) now: run `codira index`.", indent: 2)
    }
  }

  private func data(_ page: inout TextPage) {
    let groups = report.groups.filter { $0.data > 0 }.sorted { $0.dataBytes > $1.dataBytes }
    if groups.isEmpty { return }
    page.line()
    let names = groups.map { "\(CountText.number($0.data)) \($0.suffix)" }
    let rest = names.count > limit ? ["and \(names.count - limit) suffixes more"] : []
    page.hanging("Not counted, as data: ", words: names.prefix(limit) + rest)
  }

  private func everything(_ page: inout TextPage) {
    page.line()
    page.table(
      [["suffix", "files", "bytes", "read", "in part", "not read", "analyzer"]]
        + report.groups.sorted { $0.bytes > $1.bytes }.map { group in
          [TerminalText.escape(group.suffix)]
            + [group.files, group.bytes, group.read, group.partial, group.notRead].map(CountText.number)
            + [TerminalText.escape(group.analyzers.sorted().joined(separator: " "))]
        }, indent: 2)
  }

  /// One digit behind the point, and never 100 where something is missing.
  static func percent(_ part: Int, of whole: Int) -> String {
    if whole == 0 { return "100 %" }
    let tenths = 1000 * part / whole
    return part == whole ? "100 %" : "\(tenths / 10).\(tenths % 10) %"
  }
}

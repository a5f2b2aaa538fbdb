import CodiraModel
import CodiraStore

/// Coverage for people: the share, then what lacks an analyzer, then what its analyzer could not read.
struct CoveragePage {
  let report: CoverageReport
  let age: IndexAge
  let generation: Int64
  /// Suffixes were asked for: whatever they are, they count.
  let countsData: Bool
  let listsAll: Bool

  func write(to page: inout TextPage) {
    let total = report.totals(withData: countsData)
    page.line(
      page.style.bold(
        "Analyzers read \(CountText.number(total.read)) of \(CountText.count(total.files, "file")), "
          + "\(Self.percent(total.readBytes, of: total.bytes)) of the bytes"))
    if let text = age.text { page.line(page.style.warn(text)) }
    unowned(total.bytes, &page)
    data(&page)
    if !report.notRead.isEmpty {
      page.line()
      for file in report.notRead.prefix(listsAll ? .max : 20) {
        page.line(
          page.style.warn("\(file.status.words): ")
            + TerminalText.escape(file.path.text + (file.errorMessage.map { ": \($0)" } ?? "")))
      }
      if !listsAll, report.notRead.count > 20 {
        page.line("and \(CountText.number(report.notRead.count - 20)) more; `--all` lists all")
      }
    }
    if !report.partial.isEmpty { page.line() }
    PartialFile.write(report.partial, limit: listsAll ? .max : 10, style: page.style, to: &page)
    if listsAll { everything(&page) }
  }

  private func unowned(_ bytes: Int, _ page: inout TextPage) {
    let groups = report.groups.filter { $0.unowned > 0 && (countsData || !$0.isData) }
    if groups.isEmpty { return }
    page.line()
    page.line("Without analyzer; their text is searched, their symbols are not known:")
    page.table(
      [["suffix", "files", "bytes", "share", "as in"]]
        + groups.map { group in
          [
            TerminalText.escape(group.suffix), CountText.number(group.unowned),
            CountText.number(group.unownedBytes), Self.percent(group.unownedBytes, of: bytes),
            TerminalText.escape(group.examples.first?.text ?? ""),
          ]
        }, indent: 2)
    for group in groups {
      guard let analyzer = group.claimedBy else { continue }
      page.paragraph("\(analyzer) claims \(group.suffix) now: run `codira index`.", indent: 2)
    }
  }

  private func data(_ page: inout TextPage) {
    let groups = report.groups.filter { $0.isData && $0.unowned > 0 }
    if groups.isEmpty || countsData { return }
    page.line()
    page.hanging(
      "Data and media: ", words: groups.map { "\(CountText.number($0.unowned)) \($0.suffix)" })
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

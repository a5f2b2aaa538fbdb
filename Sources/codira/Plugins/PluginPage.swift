import CodiraModel
import CodiraPluginHost

/// One plugin for people: what it is, where it is from, what it says of itself.
struct PluginPage {
  let details: PluginDetails

  func write(to page: inout TextPage) {
    let title = [details.entry.analyzerID ?? "a file that is no plugin", details.entry.version ?? ""]
    page.line(page.style.bold(TerminalText.escape(title.filter { !$0.isEmpty }.joined(separator: " "))))
    page.paragraph(details.verdict, indent: 2)
    page.line()
    for (name, text) in fileRows { row(name, text, &page) }
    if let descriptor = details.entry.plugin?.descriptor {
      page.line()
      for (name, text) in rows(descriptor) { row(name, text, &page) }
      settings(descriptor, &page)
    }
    for conflict in details.conflicts {
      page.line()
      conflict.write(to: &page, indent: 2)
    }
  }

  private func row(_ name: String, _ text: String, _ page: inout TextPage) {
    if text.isEmpty { return }
    let start = "  " + name + String(repeating: " ", count: max(1, 14 - name.count))
    page.hanging(start, words: text.split(separator: " ").map(String.init))
  }

  private var fileRows: [(String, String)] {
    let file = details.file
    return [
      ("file", file.path),
      ("from", details.isCandidate ? details.entry.origin.words : "nowhere that plugins are looked for"),
      ("size", file.size.map { CountText.number($0) + " bytes" } ?? "it cannot be read"),
      ("sha-256", file.digest?.hex ?? ""),
      ("trust", file.distrust.map { "none: \($0)" } ?? "only you and root may change it"),
      ("exports", file.exports.map(exports) ?? ""),
      ("needs", file.libraries?.joined(separator: " ") ?? ""),
    ]
  }

  private func exports(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: " ")
    return names.isEmpty
      ? "nothing" : shown + (names.count > 8 ? " and \(CountText.number(names.count - 8)) more" : "")
  }

  private func rows(_ descriptor: AnalyzerDescriptor) -> [(String, String)] {
    let kinds = OntologyKind.allCases
    let missing = kinds.filter { !descriptor.supports($0) }.map(\.rawValue)
    let limit = descriptor.largestFile
    return [
      (
        "interface",
        "ABI \(descriptor.abiVersion); this host serves \(HostInterface.oldest) to \(HostInterface.newest)"
      ),
      ("languages", descriptor.languages.joined(separator: ", ")),
      ("suffixes", descriptor.suffixes.joined(separator: " ")),
      ("file names", descriptor.fileNames.joined(separator: " ")),
      ("interpreters", descriptor.interpreters.joined(separator: " ")),
      ("reports", kinds.filter(descriptor.supports).map(\.rawValue).joined(separator: ", ")),
      ("never reports", missing.joined(separator: ", ")),
      (
        "traits",
        descriptor.traits.names.map { "\($0) (\(AnalyzerDescriptor.Traits.meaning(of: $0)))" }
          .joined(separator: ", ")
      ),
      ("threads", descriptor.threads == 1 ? "instances may run at once" : "one instance in a process"),
      ("largest file", limit == 0 ? "the host's limit" : CountText.number(Int(clamping: limit)) + " bytes"),
      ("grammar", descriptor.grammarName.isEmpty ? "none" : descriptor.grammar),
      ("wants to know", descriptor.projectInterests.map(interest).joined(separator: ", ")),
      ("conversions", descriptor.conversions.isEmpty ? "" : "\(descriptor.conversions.count) implicit ones"),
    ]
  }

  private func interest(_ interest: AnalyzerDescriptor.ProjectInterest) -> String {
    (interest.match == .suffix ? "*" : "") + interest.pattern + (interest.bytes ? " with content" : "")
  }

  private func settings(_ descriptor: AnalyzerDescriptor, _ page: inout TextPage) {
    if descriptor.configurationSchema.isEmpty { return }
    page.line()
    page.line("  settings under [analyzers.\(descriptor.id)] in the configuration")
    let outline = ConfigurationOutline(schema: descriptor.configurationSchema)
    for setting in outline.settings {
      page.line("    " + TerminalText.escape("\(setting.name): \(setting.kind)"))
      if !setting.description.isEmpty { page.paragraph(setting.description, indent: 8) }
    }
    if outline.settings.isEmpty { page.paragraph(descriptor.configurationSchema, indent: 4) }
  }
}

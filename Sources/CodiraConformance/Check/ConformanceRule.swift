/// Something that holds of every good analyzer.
///
/// The name is stable: it stands in reports, in `--rule`, and as a heading of docs/plugins/rules.md.
package struct ConformanceRule: Sendable {
  /// What a rule is about; reports follow this order.
  package enum Group: String, CaseIterable, Sendable {
    case file = "the file"
    case interface = "the interface"
    case artifacts = "what it reports"
    case sameness = "the same again"
    case identity = "identity"
    case robustness = "broken and large sources"
    case behaviour = "manners"
  }

  package let name: String
  package let group: Group
  /// One sentence.
  package let why: String
  /// Rules without which this one says nothing.
  let needs: [String]
  let check: @Sendable (CheckBench) throws(Evidence) -> Skip?

  /// Why nothing could be tested.
  struct Skip: Sendable {
    let reason: String

    init(_ reason: String) { self.reason = reason }

    static let samples = Skip("it needs samples: name files or folders of the language, or corpus files")
  }

  init(
    _ name: String, _ group: Group, needs: [String] = ["descriptor"], why: String,
    check: @escaping @Sendable (CheckBench) throws(Evidence) -> Skip?
  ) {
    self.name = name
    self.group = group
    self.needs = needs
    self.why = why
    self.check = check
  }

  /// Where the rule is explained.
  package var link: String { "docs/plugins/rules.md#\(name)" }

  package static let all: [ConformanceRule] =
    file + interface + artifacts + sameness + identity + robustness + behaviour
}

import CodiraConformance
import CodiraPluginHost
import CodiraTestSupport
import Testing

/// For every rule a plugin that breaks it, and no other.
@Suite struct RuleTests {
  @Test(arguments: ConformanceRule.all.map(\.name))
  func breaksOneRuleAlone(_ name: String) throws {
    // Without files there is no other locale, with the filter of calls no thread.
    let words = ["no-forbidden-calls": "", "locale-untouched": "off"]
    let sandbox = SandboxChoice(word: words[name] ?? "no-calls")
    let results = try RuleFixture.check(
      RuleFixture.plugin(breaking: name), RuleFixture.samples(), sandbox: sandbox)
    let broken = results.filter(\.verdict.isBroken)
    #expect(broken.map(\.rule.name) == [name], "\(broken.map(\.verdict))")
  }

  @Test func keepsEveryRule() throws {
    let results = try RuleFixture.check(RuleFixture.plugin(breaking: "none"), RuleFixture.samples())
    let others = results.filter { $0.verdict != .holds }
    #expect(others.isEmpty, "\(others.map { "\($0.rule.name): \($0.verdict)" })")
  }

  @Test func withoutSamplesSaysWhatItLacks() throws {
    let results = try RuleFixture.check(RuleFixture.plugin(breaking: "none"), [])
    #expect(!results.contains { $0.verdict.isBroken })
    let held = results.filter { $0.verdict == .holds }.map(\.rule.name)
    #expect(held.contains("empty-source") && held.contains("random-bytes") && held.contains("quiet-output"))
    #expect(results.contains { $0.rule.name == "ids-survive-lines" && $0.verdict != .holds })
  }

  @Test func namesAreStableAndUnique() {
    let names = ConformanceRule.all.map(\.name)
    #expect(Set(names).count == names.count && names.count >= 30)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil })
    #expect(ConformanceRule.all.allSatisfy { $0.why.hasSuffix(".") && !$0.why.contains("\n") })
  }

  /// A section a rule in `docs/plugins/rules.md`, in the same order, with the reason that the report gives.
  @Test func everyRuleIsExplained() throws {
    let text = try Checkout.text("docs/plugins/rules.md")
    let sections = text.split(separator: "\n## ").dropFirst().map(String.init)
    #expect(sections.map { $0.prefix { $0 != "\n" } }.map(String.init) == ConformanceRule.all.map(\.name))
    for (section, rule) in zip(sections, ConformanceRule.all) {
      let words = section.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains(rule.why), "\(rule.name)")
      #expect(words.contains("Broken by ") && words.contains("To mend it: "), "\(rule.name)")
    }
  }
}

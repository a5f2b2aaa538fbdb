/// Runs rules over one plugin.
package struct Conformance {
  private let bench: CheckBench
  private var verdicts: [String: Verdict] = [:]

  package init(_ bench: CheckBench) { self.bench = bench }

  /// The verdicts of the rules in their order; `report` hears of each as soon as it is known.
  package mutating func run(
    _ rules: [ConformanceRule] = ConformanceRule.all, report: (RuleResult) -> Void = { _ in }
  ) -> [RuleResult] {
    rules.map { rule in
      let result = RuleResult(rule: rule, verdict: verdict(of: rule))
      report(result)
      return result
    }
  }

  private mutating func verdict(of rule: ConformanceRule) -> Verdict {
    if let known = verdicts[rule.name] { return known }
    let verdict = reasonToSkip(rule).map(Verdict.skipped) ?? check(rule)
    verdicts[rule.name] = verdict
    if rule.group == .artifacts, verdict.isBroken { bench.artifactsAreClean = false }
    return verdict
  }

  private mutating func reasonToSkip(_ rule: ConformanceRule) -> String? {
    for name in rule.needs {
      guard let needed = ConformanceRule.all.first(where: { $0.name == name }) else { continue }
      switch verdict(of: needed) {
      case .holds: continue
      case .breaks: return "\(name) does not hold"
      case .skipped(let reason): return reason
      }
    }
    return nil
  }

  private func check(_ rule: ConformanceRule) -> Verdict {
    do throws(Evidence) {
      if let skip = try rule.check(bench) { return .skipped(skip.reason) }
      return .holds
    } catch { return .breaks(error) }
  }
}

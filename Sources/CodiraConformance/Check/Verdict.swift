/// What a check of one rule gave.
package enum Verdict: Hashable, Sendable {
  case holds
  case breaks(Evidence)
  /// Nothing was tested, and why.
  case skipped(String)

  package var isBroken: Bool {
    if case .breaks = self { return true }
    return false
  }
}

/// The smallest thing that shows that a rule does not hold.
package struct Evidence: Hashable, Sendable, Error {
  /// The sample, and what was done to it.
  package var sample: String
  /// Where in it; may be empty.
  package var place: String
  package var expected: String
  package var found: String

  init(_ sample: String = "", at place: String = "", expected: String, found: String) {
    self.sample = sample
    self.place = place
    self.expected = expected
    self.found = found
  }
}

/// One rule with its verdict.
package struct RuleResult: Sendable {
  package let rule: ConformanceRule
  package let verdict: Verdict
}

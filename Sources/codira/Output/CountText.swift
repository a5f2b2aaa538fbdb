/// Numbers as people read them.
enum CountText {
  /// A number with its thousands apart: `12,345`.
  static func number(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
  }

  /// A number and its noun: `1 file`, `12,345 files`.
  static func count(_ value: Int, _ noun: String) -> String {
    "\(number(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// A span of time to come, of which nobody needs more than a second: `1 s`, `3 min 20 s`, `2 h 5 min`.
  static func about(_ value: Double) -> String {
    let seconds = max(1, Int(min(value, 1e9).rounded()))
    if seconds < 120 { return "\(seconds) s" }
    return seconds < 7200
      ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }

  /// A span of time: `0.04 s`, `12.3 s`, `3 min 20 s`.
  static func seconds(_ value: Double) -> String {
    if value >= 120 { return "\(Int(value) / 60) min \(Int(value) % 60) s" }
    let digits = value < 10 ? 100.0 : 10.0
    let rounded = (value * digits).rounded() / digits
    return "\(rounded) s"
  }
}

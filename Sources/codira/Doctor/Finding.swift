import CodiraModel
import CodiraPluginHost

/// What one check of `doctor` found.
struct Finding {
  enum State: String { case ok, warn, fail }

  let state: State
  /// What was looked at, one word.
  let check: String
  let message: String
  /// What to do about it; empty where there is nothing to do.
  let cure: String

  init(_ state: State, _ check: String, _ message: String, cure: String = "") {
    self.state = state
    self.check = check
    self.message = message
    self.cure = cure
  }

  var row: JSONValue {
    [
      "check": .string(check), "status": .string(state.rawValue), "message": .string(message),
      "cure": .optional(cure.isEmpty ? nil : cure),
    ]
  }

  func write(to page: inout TextPage) {
    let word = state == .ok ? page.style.dim("ok  ") : page.style.warn(state == .warn ? "warn" : "fail")
    page.line("\(word)  \(check): \(TerminalText.escape(message))")
    if !cure.isEmpty { page.paragraph("-> \(cure)", indent: 6) }
  }
}

/// The versions that a report of a problem should name.
enum VersionText {
  static var current: String {
    "codira \(ProductVersion.current), analyzer interface \(HostInterface.oldest) to \(HostInterface.newest)"
  }
}

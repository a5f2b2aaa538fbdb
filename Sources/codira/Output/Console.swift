/// Where progress, notes and warnings go: standard error, silent with `--quiet`.
struct Console: Sendable {
  let quiet: Bool
  let color: Bool

  /// Something worth knowing that does not stop the command.
  func note(_ message: String) {
    if !quiet { StandardError.write("codira: \(TerminalText.escape(message))\n") }
  }

  /// Something the user should mend; shown even with `--quiet`.
  func warning(_ message: String) {
    StandardError.write("codira: warning: \(TerminalText.escape(message))\n")
  }
}

/// Why a command could not do what was asked, for people and programs.
///
/// `code` is short and stable, `message` one sentence with the path or value concerned, `hint` what to do next.
struct CommandFailure: Error, Equatable {
  var status: ExitStatus
  var code: String
  var message: String
  var hint: String

  init(_ status: ExitStatus, code: String, _ message: String, hint: String = "") {
    self.status = status
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// What any thrown error looks like to the user: a mistake of this program unless it says otherwise.
  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let presentable as any PresentableError: self = presentable.failure
    default:
      self.init(
        .internal, code: "internal", "Something unexpected happened: \(error)",
        hint: "This is a defect of codira; please report it with the command that shows it.")
    }
  }
}

/// An error of a module that knows how it is told to the user; each module has one file that conforms its own.
protocol PresentableError: Error {
  var failure: CommandFailure { get }
}

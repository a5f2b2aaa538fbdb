import CodiraTestSupport
import Testing

/// The library of no-code analyzers and the analyzers made with it, beside the tests: made once a run.
enum NoCodeProducts {
  private static let outcome = Result { try ToolRun("scripts/queries") }

  static func build() throws {
    let run = try outcome.get()
    try #require(run.status == 0, "scripts/queries: \(run.output)")
  }
}

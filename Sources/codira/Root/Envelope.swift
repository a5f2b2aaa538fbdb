import CodiraModel

/// The one JSON object that every `--json` answer is.
///
///     {"schema_version": 1, "command": "search", "status": "ok", "query": {…}, "results": […], …}
enum Envelope {
  /// 1: the first.
  static let schemaVersion = 1

  static func of(_ answer: Answer, command: String) -> JSONObject {
    let isFailedCheck = answer.status == .nothing && !answer.results.isEmpty
    var envelope = head(command, status: isFailedCheck ? "failed" : answer.status.word)
    envelope["query"] = .object(answer.query)
    envelope["results"] = .array(answer.results)
    envelope.append(answer.extras)
    return envelope
  }

  static func of(_ failure: CommandFailure, command: String) -> JSONObject {
    var envelope = head(command, status: "error")
    envelope["query"] = [:]
    envelope["results"] = []
    envelope["error"] = [
      "code": .string(failure.code), "message": .string(failure.message), "hint": .string(failure.hint),
    ]
    return envelope
  }

  private static func head(_ command: String, status: String) -> JSONObject {
    [
      "schema_version": .int(schemaVersion), "command": .string(command), "status": .string(status),
    ]
  }
}

import CodiraModel

/// What a command found: rows for programs, a page for people, and how the process ends.
struct Answer {
  var status: ExitStatus
  /// The question as understood: arguments and filters.
  var query: JSONObject
  var results: [JSONValue]
  /// Members of the envelope beside `results`.
  var extras: JSONObject
  /// Writes the answer for people; called only without `--json`.
  var page: (inout TextPage) -> Void

  init(
    status: ExitStatus = .done, query: JSONObject = [:], results: [JSONValue] = [], extras: JSONObject = [:],
    page: @escaping (inout TextPage) -> Void
  ) {
    self.status = status
    self.query = query
    self.results = results
    self.extras = extras
    self.page = page
  }

  /// The same with more members in the envelope.
  func with(_ more: JSONObject) -> Answer {
    var answer = self
    answer.extras.append(more)
    return answer
  }
}

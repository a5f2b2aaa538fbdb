import CodiraModel
import CodiraQuery
import CodiraStore

extension CommandContext {
  /// Answers from one generation of the index, the newest, which the answer names; from any thread.
  func reading(_ body: (IndexView) throws -> Answer) throws -> Answer {
    let workspace = try workspace.get()
    return try index().read { snapshot in
      let view = try IndexView(snapshot, root: workspace.root)
      var answer = try body(view)
      let generation: JSONObject = ["generation": .int(Int(view.generation))]
      answer.extras = generation.appending(answer.extras)
      return answer
    }
  }
}

extension JSONObject {
  func appending(_ other: JSONObject) -> JSONObject {
    var result = self
    result.append(other)
    return result
  }
}

import CodiraModel
import CodiraQuery
import CodiraStore

extension CommandContext {
  /// Answers from one generation of the index, which the answer names.
  func reading(_ body: (IndexView) throws -> Answer) throws -> Answer {
    let workspace = try workspace.get()
    let reader = try IndexReader(IndexLocation(directory: workspace.indexFolder))
    return try reader.read { snapshot in
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

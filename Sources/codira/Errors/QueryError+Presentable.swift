import CodiraQuery

extension QueryError: PresentableError {
  var failure: CommandFailure {
    switch self {
    case .unknownFile(let path, let nearest):
      CommandFailure(
        .nothing, code: "unknown_file", "\(path) is not in the index.",
        hint: nearest.isEmpty
          ? "Paths are relative to the repository; `codira explain \(path)` says why a file is left out."
          : "Did you mean \(nearest.joined(separator: ", "))?")
    case .noVectors:
      CommandFailure(
        .usage, code: "no_vectors", "The index has no vectors.",
        hint: "Run `codira index`, with a model installed, or search with --lexical.")
    case .fewVectors(let missing, let count):
      CommandFailure(
        .usage, code: "few_vectors", "\(missing) of \(count) texts have no vector yet.",
        hint: "Run `codira index`, or search with --lexical.")
    case .modelMissing(let identity):
      CommandFailure(
        .usage, code: "no_model", "The model that made the index's vectors is not installed: \(identity).",
        hint: "Run `codira model install PATH`, or `codira index` with the model at hand.")
    case .notEmbedded(let name):
      CommandFailure(
        .nothing, code: "no_vector", "\(name) has no vector.",
        hint: "Definitions with a body have one; `codira status` says whether some are still to be computed.")
    case .inconsistent(let what):
      CommandFailure(
        .noIndex, code: "damaged_index", "The index contradicts itself: \(what).",
        hint: "Run `codira index --full`.")
    }
  }
}

import CodiraEmbedding

extension EmbeddingError: PresentableError {
  var failure: CommandFailure {
    CommandFailure(.usage, code: code, description + ".", hint: remedy.map { "Run `\($0)`." } ?? "")
  }

  /// The command that mends it, where there is one; a model that codira can fetch is named, any other is a folder.
  var remedy: String? {
    switch self {
    case .absent(let model, _), .damaged(let model, _, _, _), .resized(let model, _, _, _):
      ModelPackage.names.contains(model) ? "codira model install \(model)" : cure
    default: cure
    }
  }

  private var code: String {
    switch self {
    case .absent: "no_model"
    case .missing: "no_file"
    case .unreadable: "unreadable_file"
    case .unwritable: "not_writable"
    case .malformed, .damaged, .resized, .tensorMissing, .tensorShape, .tensorType: "damaged_model"
    case .unsupported: "unsupported_model"
    case .invalidName: "bad_value"
    }
  }
}

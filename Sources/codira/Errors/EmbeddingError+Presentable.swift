import CodiraEmbedding

extension EmbeddingError: PresentableError {
  var failure: CommandFailure {
    CommandFailure(.usage, code: code, description + ".", hint: cure.map { "Run `\($0)`." } ?? "")
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

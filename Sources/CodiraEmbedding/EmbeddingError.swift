import CodiraModel
import Glibc

/// What can be wrong with a model, or with the store that holds it.
public enum EmbeddingError: Error, Equatable, Sendable {
  /// No store has a model of this name.
  case absent(model: String, searched: [String])
  /// A file or directory of the model is not there.
  case missing(path: String)
  /// The system refused to read.
  case unreadable(path: String, errno: Int32)
  /// The system refused to write.
  case unwritable(path: String, errno: Int32)
  /// The file is cut short or is not what its name says; `reason` names the place.
  case malformed(path: String, reason: String)
  /// The file's bytes are not those that were installed.
  case damaged(model: String, path: String, expected: ContentHash, found: ContentHash)
  /// The file's size is not the one that was installed.
  case resized(model: String, path: String, expected: Int, found: Int)
  case tensorMissing(path: String, tensor: String)
  case tensorShape(path: String, tensor: String, expected: [Int], found: [Int])
  case tensorType(path: String, tensor: String, expected: String, found: String)
  /// The model asks for something this encoder does not do.
  case unsupported(path: String, what: String, found: String, supported: [String])
  /// A name that cannot be a model's: empty, hidden, or with a slash.
  case invalidName(String)
}

extension EmbeddingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .absent(let model, let searched):
      "model \(model) is not installed (looked in \(searched.joined(separator: ", ")))"
    case .missing(let path): "\(path) does not exist"
    case .unreadable(let path, let number): "cannot read \(path): \(String(cString: strerror(number)))"
    case .unwritable(let path, let number): "cannot write \(path): \(String(cString: strerror(number)))"
    case .malformed(let path, let reason): "\(path) is damaged: \(reason)"
    case .damaged(_, let path, let expected, let found):
      "\(path) is damaged: its SHA-256 is \(found), installed was \(expected)"
    case .resized(_, let path, let expected, let found):
      "\(path) is damaged: it has \(found) bytes, installed were \(expected)"
    case .tensorMissing(let path, let tensor): "\(path) has no tensor \(tensor)"
    case .tensorShape(let path, let tensor, let expected, let found):
      "\(path): tensor \(tensor) has shape \(found), its config.json says \(expected)"
    case .tensorType(let path, let tensor, let expected, let found):
      "\(path): tensor \(tensor) has type \(found), supported is \(expected)"
    case .unsupported(let path, let what, let found, let supported):
      "\(path): \(what) \(found) is not supported (supported: \(supported.joined(separator: ", ")))"
    case .invalidName(let name): "\"\(name)\" cannot be the name of a model"
    }
  }

  /// The command that mends it, where there is one.
  public var cure: String? {
    switch self {
    case .absent(let model, _), .damaged(let model, _, _, _), .resized(let model, _, _, _):
      "codira model install PATH --name \(model)"
    case .missing, .unreadable, .malformed, .tensorMissing, .tensorShape, .tensorType:
      "codira model install PATH"
    case .unwritable, .unsupported, .invalidName: nil
    }
  }
}

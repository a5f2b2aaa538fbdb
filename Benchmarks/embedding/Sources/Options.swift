import CEmbedding
import CodiraEmbedding

/// What the command line says: MODEL MODE, then options; a number alone is the threads.
struct Options {
  var directory = ""
  var mode = ""
  var threads = 2
  /// The tokens a text is cut to where only the tokenizer is opened.
  var maximum = Int.max
  var precision = Precision.float32
  var kernels = codira_kernels_best().pointee

  static let usage = """
    usage: embedding-bench MODEL tokens|vectors|queries|passages|time|tokenizer|tokenizer-time|serve|precisions
             [--threads N] [--precision NAME] [--kernels NAME] [--maximum TOKENS]
    """

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments
    guard let directory = rest.popFirst(), let mode = rest.popFirst() else { fail(Self.usage) }
    (self.directory, self.mode) = (directory, mode)
    while let argument = rest.popFirst() {
      if let number = Int(argument) {
        threads = number
        continue
      }
      guard let value = rest.popFirst() else { fail(Self.usage) }
      switch argument {
      case "--threads": threads = Int(value) ?? threads
      case "--maximum": maximum = Int(value) ?? maximum
      case "--precision":
        guard let precision = Precision(rawValue: value) else { fail("no precision is named \(value)") }
        self.precision = precision
      case "--kernels":
        guard let kernels = Self.kernels(named: value) else { fail("no kernels named \(value) run here") }
        self.kernels = kernels
      default: fail(Self.usage)
      }
    }
  }

  func embedder() throws -> TextEmbedder {
    TextEmbedder(
      model: try EmbeddingModel(directory: directory), precision: precision, threads: threads,
      kernels: kernels)
  }

  private static func kernels(named name: String) -> codira_kernels? {
    var index = 0
    while let kernels = codira_kernels_at(index)?.pointee {
      if String(cString: kernels.name) == name { return kernels }
      index += 1
    }
    return nil
  }
}

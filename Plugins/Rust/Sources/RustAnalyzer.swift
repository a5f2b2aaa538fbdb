import CodiraAnalyzerKit

/// Reads Rust: `.rs` sources, with the crates that `Cargo.toml` files describe.
final class RustAnalyzer: Analyzer {
  static let version = "1"

  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "rust", version: version, languages: ["rust"])
    description.suffixes = [".rs"]
    description.interpreters = ["rust-script", "run-cargo-script"]
    description.interests = [.init("Cargo.toml", bytes: true), .init("lib.rs"), .init("main.rs")]
    description.capabilities = [
      .module, .type, .callable, .import, .constant, .variable, .documentation,
    ]
    description.grammarName = "tree-sitter-rust"
    description.grammarVersion = "0.23.2"
    description.grammarABI = 14
    return description
  }

  private let parser = SyntaxParser(Rust.self)
  private let crates: Crates
  private let names = KnownNames()
  private var blanking = MacroBlanking()

  init(configuration: Text, project: Project) throws(AnalyzerError) {
    crates = Crates(project)
  }

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    guard var tree = parser.parse(source) else { return .stopped }
    while blanking.needsReading(tree, source) {
      guard let next = blanking.bytes.withUnsafeBytes({ parser.parse(source, as: $0) }) else {
        return .stopped
      }
      tree = next
    }
    output.report(tree)
    let module = crates.module(source.path.description)
    let file = FileReader(source: source, output: output, module: module, crates: crates, names: names)
    return file.read(tree.root) ? .done : .stopped
  }
}

import CodiraAnalyzerKit

/// Reads shell scripts: bash, what other shells share with it, and bats tests.
final class BashAnalyzer: Analyzer {
  /// 1: first.
  static let version = "1"

  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "bash", version: version, languages: ["bash"])
    description.suffixes = [".sh", ".bash", ".bats", ".ksh"]
    description.fileNames = [
      ".bash_aliases", ".bash_login", ".bash_logout", ".bash_profile", ".bashrc", ".kshrc", ".profile",
      ".zprofile",
      ".zshenv", ".zshrc", "PKGBUILD",
      "bash_completion",
    ]
    description.interpreters = ["bash", "sh", "dash", "ash", "ksh", "zsh", "bats"]
    description.capabilities = [.module, .callable, .import, .constant, .variable, .documentation]
    description.grammarName = "tree-sitter-bash"
    description.grammarVersion = "0.23.3"
    description.grammarABI = 14
    return description
  }

  private let parser = SyntaxParser(Bash.self)
  private var prepared: [UInt8] = []

  init(configuration: Text, project: Project) throws(AnalyzerError) {}

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    guard let tree = parse(source) else { return .stopped }
    output.report(tree)
    let file = FileReader(source: source, output: output)
    return file.read(tree.root) ? .done : .stopped
  }

  private func parse(_ source: Source) -> SyntaxTree<Bash>? {
    guard source.path.hasSuffix(".bats") || Text(source.bytes).hasPrefix("#!/usr/bin/env bats") else {
      return parser.parse(source)
    }
    prepared.removeAll(keepingCapacity: true)
    prepared.append(contentsOf: source.bytes)
    BatsTests.makeFunctions(&prepared)
    return prepared.withUnsafeBytes { parser.parse(source, as: $0) }
  }
}

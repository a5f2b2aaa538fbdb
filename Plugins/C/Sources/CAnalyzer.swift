import CodiraCFamily
import CodiraAnalyzerKit

/// Reads C: definitions and declarations of a file, and what they use.
final class CAnalyzer: Analyzer {
  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "c", version: "3", languages: ["c"])
    description.suffixes = [".c", ".h"]
    description.capabilities = [.module, .type, .callable, .import, .constant, .variable, .documentation]
    description.grammarName = "tree-sitter-c"
    description.grammarVersion = "0.23.4"
    description.grammarABI = 14
    return description
  }

  private let parser = SyntaxParser(CGrammar.self, depthLimit: 600)
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)

  init(configuration: Text, project: Project) {}

  deinit { buffer.deallocate() }

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    if buffer.count < source.bytes.count {
      buffer.deallocate()
      buffer = .allocate(byteCount: source.bytes.count * 2, alignment: 8)
    }
    let preparation = Preparation(source, buffer: buffer)
    guard let tree = parser.parse(source, as: preparation.bytes) else { return .stopped }
    output.report(tree)
    output.comments = preparation.comments
    if let span = preparation.tooDeep, !tree.isTooDeep {
      output.diagnose(.warning, code: "nesting", "this is nested too deep to be read to its end", span)
    }
    let file = FileContext(source, preparation, output)
    var collector = Collector(file)
    collector.collect(tree.root)
    Macros.collect(file, into: &collector.found)
    let names = SymbolEmitter.emit(collector.found, file)
    var walker = ReferenceWalker(file, names)
    walker.walk(tree.root)
    Includes.emit(file.shared)
    Owners.assign(output, module: file.module)
    return .done
  }
}

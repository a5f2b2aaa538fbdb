import CodiraAnalyzerKit
import TreeSitterJSON

/// The words of tree-sitter-json that the analyzer knows.
enum JSON: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case array, document, escape = "escape_sequence", null, number, object, pair, string
    case content = "string_content"
    case falseLiteral = "false"
    case trueLiteral = "true"
  }

  enum Field: String, CaseIterable {
    case none = ""
    case key, value
  }

  static var language: OpaquePointer { tree_sitter_json() }
}

typealias Node = SyntaxNode<JSON>

import CTreeSitter
import CodiraModel

/// A compiled query whose matches arrive whole, with the predicates that tell matches apart by their text.
///
/// It knows `#eq?`, `#match?` and `#any-of?`, their `not-` and `any-` forms. Directives (`#set!`, `#strip!`, …) change
/// nothing. `Query` is the smaller thing for single captures.
public final class CaptureQuery {
  /// Why a text is no query.
  public enum Fault: Error, Equatable {
    /// tree-sitter refuses it; `offset` counts bytes of the text.
    case malformed(Problem, offset: Int)
    /// A predicate that is not known, or not written as it must be.
    case predicate(name: String, reason: String, pattern: Int, offset: Int)
  }

  /// What tree-sitter says of a malformed query.
  public enum Problem: Equatable, Sendable { case syntax, node, field, capture, structure, language }

  /// The grammar's language, as its `tree_sitter_NAME` function gives it.
  public typealias Language = OpaquePointer

  /// Matches that are under way at once, at most: a guard against patterns that begin everywhere and end nowhere.
  private static let matchLimit: UInt32 = 1 << 16

  private let compiled: CompiledQuery
  private let predicates: [[CapturePredicate]]
  /// Names of captures, by `CapturedNode.index`.
  public var captureNames: [String] { compiled.captureNames }

  public init(_ language: Language, _ text: String) throws(Fault) {
    do throws(CompiledQuery.Fault) {
      compiled = try CompiledQuery(language, text)
    } catch { throw .malformed(Problem(error.kind), offset: error.offset) }
    predicates = try CapturePredicate.all(in: compiled.query)
    ts_query_cursor_set_match_limit(compiled.cursor, Self.matchLimit)
  }

  public var patternCount: Int { Int(ts_query_pattern_count(compiled.query)) }

  /// Where a pattern begins, in bytes of the query's text.
  public func offset(ofPattern pattern: Int) -> Int {
    Int(ts_query_start_byte_for_pattern(compiled.query, UInt32(pattern)))
  }

  /// Calls `body` with every match whose predicates hold, until it returns false; false when it did.
  public func matches<G: Grammar>(
    in tree: SyntaxTree<G>, of source: Source, _ body: (CaptureMatch) -> Bool
  ) -> Bool {
    ts_query_cursor_exec(compiled.cursor, compiled.query, ts_tree_root_node(tree.tree.pointer))
    var match = TSQueryMatch()
    while ts_query_cursor_next_match(compiled.cursor, &match) {
      let captures = CaptureMatch(match)
      let conditions = predicates[Int(match.pattern_index)]
      guard conditions.allSatisfy({ $0.holds(captures, source) }) else { continue }
      if !body(captures) { return false }
    }
    return true
  }
}

/// One place where a pattern matches: its captures in source order, valid until the next match.
public struct CaptureMatch {
  private let captures: UnsafeBufferPointer<TSQueryCapture>
  /// Of the pattern in the query.
  public let pattern: Int

  init(_ match: TSQueryMatch) {
    captures = UnsafeBufferPointer(start: match.captures, count: Int(match.capture_count))
    pattern = Int(match.pattern_index)
  }

  public var count: Int { captures.count }

  public subscript(position: Int) -> CapturedNode { CapturedNode(captures[position]) }
}

/// A node that a capture took.
public struct CapturedNode {
  private let capture: TSQueryCapture

  init(_ capture: TSQueryCapture) { self.capture = capture }

  /// Of the capture's name.
  public var index: Int { Int(capture.index) }

  public var span: ByteSpan {
    ByteSpan(start: ts_node_start_byte(capture.node), end: ts_node_end_byte(capture.node))
  }

  /// Where the node around it ends; its own end where there is none.
  public var parentEnd: UInt32 {
    let parent = ts_node_parent(capture.node)
    return ts_node_is_null(parent) ? span.end : ts_node_end_byte(parent)
  }

  /// Named children, comments and other extras left out: the arguments of a list of arguments.
  public var childCount: Int {
    (0..<ts_node_named_child_count(capture.node)).count {
      !ts_node_is_extra(ts_node_named_child(capture.node, $0))
    }
  }
}

extension CaptureQuery.Problem {
  fileprivate init(_ error: TSQueryError) {
    switch error {
    case TSQueryErrorNodeType: self = .node
    case TSQueryErrorField: self = .field
    case TSQueryErrorCapture: self = .capture
    case TSQueryErrorStructure: self = .structure
    case TSQueryErrorLanguage: self = .language
    default: self = .syntax
    }
  }
}

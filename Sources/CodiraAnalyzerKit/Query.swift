import CTreeSitter
import CodiraModel

/// Why a query is none.
public enum QueryError: Error, Equatable {
  /// tree-sitter refuses it; `offset` counts bytes of the text.
  case malformed(offset: Int)
  /// Predicates (`#eq?` and such) are not evaluated: test the captured text instead.
  case hasPredicate(name: String)
}

/// A compiled tree-sitter query, for patterns that are easier to write than to walk.
public final class Query<G: Grammar> {
  private let compiled: CompiledQuery
  /// Names of captures, by `QueryCapture.index`.
  public var captureNames: [String] { compiled.captureNames }

  public init(_ grammar: G.Type, _ text: String) throws(QueryError) {
    do throws(CompiledQuery.Fault) {
      compiled = try CompiledQuery(G.language, text)
    } catch { throw .malformed(offset: error.offset) }
    if let name = Query.predicate(in: compiled.query) { throw .hasPredicate(name: name) }
  }

  /// Every capture in source order.
  public func captures(in tree: SyntaxTree<G>) -> [QueryCapture] {
    var captures: [QueryCapture] = []
    ts_query_cursor_exec(compiled.cursor, compiled.query, ts_tree_root_node(tree.tree.pointer))
    var match = TSQueryMatch()
    var index: UInt32 = 0
    while ts_query_cursor_next_capture(compiled.cursor, &match, &index) {
      let capture = match.captures[Int(index)]
      captures.append(
        QueryCapture(
          index: Int(capture.index), pattern: Int(match.pattern_index),
          span: ByteSpan(start: ts_node_start_byte(capture.node), end: ts_node_end_byte(capture.node))))
    }
    return captures
  }

  private static func predicate(in query: OpaquePointer) -> String? {
    for pattern in 0..<ts_query_pattern_count(query) {
      var count: UInt32 = 0
      guard let steps = ts_query_predicates_for_pattern(query, pattern, &count), count > 0 else { continue }
      var length: UInt32 = 0
      return ts_query_string_value_for_id(query, steps[0].value_id, &length).map { String(cString: $0) } ?? ""
    }
    return nil
  }
}

/// A part of the source that a query's capture matched.
public struct QueryCapture: Equatable, Sendable {
  /// Of the capture's name.
  public var index: Int
  /// Of the pattern in the query.
  public var pattern: Int
  public var span: ByteSpan
}

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
  private let query: OpaquePointer
  private let cursor: OpaquePointer
  /// Names of captures, by `QueryCapture.index`.
  public let captureNames: [String]

  public init(_ grammar: G.Type, _ text: String) throws(QueryError) {
    var offset: UInt32 = 0
    var kind = TSQueryErrorNone
    var text = text
    let query = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        ts_query_new(G.language, $0.baseAddress, UInt32($0.count), &offset, &kind)
      }
    }
    guard let query else { throw .malformed(offset: Int(offset)) }
    if let name = Query.predicate(in: query) {
      ts_query_delete(query)
      throw .hasPredicate(name: name)
    }
    self.query = query
    cursor = ts_query_cursor_new()
    captureNames = (0..<ts_query_capture_count(query)).map { index in
      var length: UInt32 = 0
      return ts_query_capture_name_for_id(query, index, &length).map { String(cString: $0) } ?? ""
    }
  }

  deinit {
    ts_query_cursor_delete(cursor)
    ts_query_delete(query)
  }

  /// Every capture in source order.
  public func captures(in tree: SyntaxTree<G>) -> [QueryCapture] {
    var captures: [QueryCapture] = []
    ts_query_cursor_exec(cursor, query, ts_tree_root_node(tree.tree.pointer))
    var match = TSQueryMatch()
    var index: UInt32 = 0
    while ts_query_cursor_next_capture(cursor, &match, &index) {
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

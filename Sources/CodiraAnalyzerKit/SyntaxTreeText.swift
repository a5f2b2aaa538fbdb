import CTreeSitter

/// The tree of the source that was parsed last, as an s-expression; written only while somebody wants it.
///
///     (module 1:1-2:1
///       (function_definition 1:1-1:12
///         name: (identifier 1:5-1:6)))
///
/// Named nodes, errors and what the parser put in (`MISSING`), each with its field and its range: lines and columns
/// from 1, a column counting bytes.
enum SyntaxTreeText {
  // An instance lives on one thread, and nothing else asks for trees.
  nonisolated(unsafe) private static var isWanted = false
  nonisolated(unsafe) private static var text: [UInt8]?

  /// Runs `body`, and gives the tree of what it parsed last; nil where it parsed nothing.
  static func recording(_ body: () -> Void) -> [UInt8]? {
    isWanted = true
    text = nil
    defer {
      isWanted = false
      text = nil
    }
    body()
    return text
  }

  static func record(_ tree: OpaquePointer) {
    if isWanted { text = expression(tree) }
  }

  private static func expression(_ tree: OpaquePointer) -> [UInt8] {
    var bytes: [UInt8] = []
    var cursor = ts_tree_cursor_new(ts_tree_root_node(tree))
    defer { ts_tree_cursor_delete(&cursor) }
    var depth = 0
    var open: [Bool] = []
    while true {
      let isShown = show(&cursor, depth: depth, &bytes)
      if ts_tree_cursor_goto_first_child(&cursor) {
        open.append(isShown)
        if isShown { depth += 1 }
        continue
      }
      if isShown { bytes.append(UInt8(ascii: ")")) }
      while !ts_tree_cursor_goto_next_sibling(&cursor) {
        guard ts_tree_cursor_goto_parent(&cursor) else {
          bytes.append(UInt8(ascii: "\n"))
          return bytes
        }
        if open.removeLast() {
          depth -= 1
          bytes.append(UInt8(ascii: ")"))
        }
      }
    }
  }

  /// Opens a node that is named or missing; punctuation is left out.
  private static func show(_ cursor: inout TSTreeCursor, depth: Int, _ bytes: inout [UInt8]) -> Bool {
    let node = ts_tree_cursor_current_node(&cursor)
    let isMissing = ts_node_is_missing(node)
    guard ts_node_is_named(node) || isMissing else { return false }
    if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    // Deeper than this nobody reads, and the indentation alone would fill the memory.
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * min(depth, 100)))
    if let field = ts_tree_cursor_current_field_name(&cursor) {
      bytes.append(contentsOf: "\(String(cString: field)): ".utf8)
    }
    bytes.append(contentsOf: (isMissing ? "(MISSING " : "(").utf8)
    bytes.append(contentsOf: String(cString: ts_node_type(node)).utf8)
    bytes.append(contentsOf: " \(place(ts_node_start_point(node)))-\(place(ts_node_end_point(node)))".utf8)
    return true
  }

  private static func place(_ point: TSPoint) -> String { "\(point.row + 1):\(point.column + 1)" }
}

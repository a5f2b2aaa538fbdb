import CTreeSitter
import CodiraModel

/// A parsed source: its nodes, its comments, and what could not be parsed.
///
/// tree-sitter's tree is copied once into flat memory (20 bytes a node), so that walking it costs a pointer step.
/// What tree-sitter made up to go on after an error stands in `errors` alone.
public struct SyntaxTree<G: Grammar> {
  private let builder: SyntaxTreeBuilder
  let tree: OwnedTree

  init(_ builder: SyntaxTreeBuilder, _ tree: OpaquePointer) {
    self.builder = builder
    self.tree = OwnedTree(tree)
  }

  public var root: SyntaxNode<G> { SyntaxNode(UnsafePointer(builder.records.baseAddress!)) }

  /// Comments in source order.
  public var comments: [ByteSpan] { builder.comments }

  /// Broken or missing parts in source order.
  public var errors: [SyntaxError] { builder.errors }

  /// Something was nested too deep, repeated or left open too often, and left out.
  public var isTooDeep: Bool { builder.tooDeep != nil }

  /// The first node whose children were left out, or all behind the first bytes that were not read.
  public var tooDeep: ByteSpan? { builder.tooDeep }
}

/// A part of a source that the grammar has no place for, or lacks.
public struct SyntaxError: Equatable, Sendable {
  public var span: ByteSpan
  /// The parser put something in here; the span is empty.
  public var isMissing: Bool
}

/// Deletes tree-sitter's tree with the last copy of the `SyntaxTree`.
final class OwnedTree {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { ts_tree_delete(pointer) }
}

/// Copies a tree into flat memory that it keeps for the next one.
final class SyntaxTreeBuilder {
  private(set) var records = UnsafeMutableBufferPointer<SyntaxRecord>.allocate(capacity: 1 << 14)
  private(set) var comments: [ByteSpan] = []
  private(set) var errors: [SyntaxError] = []
  private(set) var tooDeep: ByteSpan?
  private let table: GrammarTable
  private let depthLimit: Int
  private var count = 0
  private var open: [Int] = []
  private var hasErrors = false

  init(table: GrammarTable, depthLimit: Int) {
    self.table = table
    self.depthLimit = depthLimit
  }

  deinit { records.deallocate() }

  func build(_ tree: OpaquePointer, tooDeep: ByteSpan?) {
    count = 0
    comments.removeAll(keepingCapacity: true)
    errors.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    self.tooDeep = tooDeep
    let root = ts_tree_root_node(tree)
    hasErrors = ts_node_has_error(root)
    var cursor = ts_tree_cursor_new(root)
    defer { ts_tree_cursor_delete(&cursor) }
    table.treatments.withUnsafeBufferPointer { treatments in
      table.kinds.withUnsafeBufferPointer { kinds in
        table.fields.withUnsafeBufferPointer { fields in
          walk(&cursor, treatments, kinds, fields)
        }
      }
    }
  }

  private func walk(
    _ cursor: inout TSTreeCursor, _ treatments: UnsafeBufferPointer<GrammarTable.Treatment>,
    _ kinds: UnsafeBufferPointer<UInt8>, _ fields: UnsafeBufferPointer<UInt8>
  ) {
    while true {
      let node = ts_tree_cursor_current_node(&cursor)
      let symbol = Int(ts_node_symbol(node))
      let isError = symbol >= kinds.count
      switch isError ? .keep : treatments[symbol] {
      case .drop:
        if hasErrors { note(node, isError: false) }
      case .comment: comments.append(ByteSpan(start: ts_node_start_byte(node), end: ts_node_end_byte(node)))
      case .keep:
        if hasErrors, isMissing(node) {
          note(node, isError: false)
          break
        }
        let field = count == 0 ? fields[0] : fields[Int(ts_tree_cursor_current_field_id(&cursor))]
        append(node, kind: isError ? table.errorKind : kinds[symbol], field: field)
        if hasErrors { note(node, isError: isError) }
        if descend(&cursor) { continue }
        close()
      }
      while !ts_tree_cursor_goto_next_sibling(&cursor) {
        guard ts_tree_cursor_goto_parent(&cursor) else { return }
        close()
      }
    }
  }

  private func append(_ node: TSNode, kind: UInt8, field: UInt8) {
    if count == records.count { grow() }
    let start = ts_node_start_byte(node)
    let end = ts_node_end_byte(node)
    records.initializeElement(
      at: count,
      to: SyntaxRecord(
        kind: kind, field: field, start: start, end: end, up: UInt32(open.last.map { count - $0 } ?? 0)))
    open.append(count)
    count += 1
  }

  private func descend(_ cursor: inout TSTreeCursor) -> Bool {
    if open.count <= depthLimit { return ts_tree_cursor_goto_first_child(&cursor) }
    let record = records[count - 1]
    let node = ts_tree_cursor_current_node(&cursor)
    if tooDeep == nil, ts_node_child_count(node) > 0 {
      tooDeep = ByteSpan(start: record.start, end: record.end)
    }
    return false
  }

  private func close() {
    guard let index = open.popLast() else { return }
    records[index].count = UInt32(count - index)
  }

  private func note(_ node: TSNode, isError: Bool) {
    let span = ByteSpan(start: ts_node_start_byte(node), end: ts_node_end_byte(node))
    if isError {
      errors.append(SyntaxError(span: span, isMissing: false))
    } else if isMissing(node) {
      errors.append(SyntaxError(span: span, isMissing: true))
    }
  }

  /// What the parser put in to go on: a place without text, which nobody wants to see as a name.
  private func isMissing(_ node: TSNode) -> Bool {
    ts_node_start_byte(node) == ts_node_end_byte(node) && ts_node_is_missing(node)
  }

  private func grow() {
    let larger = UnsafeMutableBufferPointer<SyntaxRecord>.allocate(capacity: records.count * 2)
    _ = larger.moveInitialize(fromContentsOf: records[..<count])
    records.deallocate()
    records = larger
  }
}

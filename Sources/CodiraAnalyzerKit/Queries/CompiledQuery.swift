import CTreeSitter

/// A query as tree-sitter has it, with a cursor, for `Query` and `CaptureQuery`.
final class CompiledQuery {
  /// What tree-sitter says of a text that is no query; `offset` counts its bytes.
  struct Fault: Error {
    let kind: TSQueryError
    let offset: Int
  }

  let query: OpaquePointer
  let cursor: OpaquePointer
  /// By the index of the capture.
  let captureNames: [String]

  init(_ language: OpaquePointer, _ text: String) throws(Fault) {
    var offset: UInt32 = 0
    var kind = TSQueryErrorNone
    var text = text
    let query = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        ts_query_new(language, $0.baseAddress, UInt32($0.count), &offset, &kind)
      }
    }
    guard let query else { throw Fault(kind: kind, offset: Int(offset)) }
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
}

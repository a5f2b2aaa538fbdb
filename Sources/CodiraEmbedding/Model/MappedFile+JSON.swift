import CodiraModel

extension MappedFile {
  /// Reads the whole file as one JSON value.
  func json(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(EmbeddingError) {
    do {
      try withBytes { bytes throws(JSONError) in
        var reader = JSONReader(bytes)
        try body(&reader)
        try reader.end()
      }
    } catch {
      throw .malformed(path: path, reason: "\(error.reason) at byte \(error.offset)")
    }
  }
}

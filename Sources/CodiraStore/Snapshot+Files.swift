import CodiraModel

extension Snapshot {
  /// Every file, sorted by path.
  package func files() throws -> [FileRow] {
    try rows("SELECT \(FileRow.columns) FROM files ORDER BY path") { FileRow($0) }
  }

  package func fileCount() throws -> Int { try count("SELECT count(*) FROM files") }

  package func file(_ id: Int64) throws -> FileRow? {
    try rows("SELECT \(FileRow.columns) FROM files WHERE id = ?", bind: { $0.bind(1, id) }) { FileRow($0) }
      .first
  }

  package func file(at path: RepositoryPath) throws -> FileRow? {
    try rows("SELECT \(FileRow.columns) FROM files WHERE path = ?", bind: { $0.bind(1, path.text) }) {
      FileRow($0)
    }.first
  }

  /// The files that failed, sorted by path.
  package func failedFiles() throws -> [FileRow] {
    try files(FileStatus.allCases.filter(\.isFailure))
  }

  /// The files that stand so, sorted by path.
  package func files(_ statuses: [FileStatus]) throws -> [FileRow] {
    let numbers = statuses.map { String($0.rawValue) }.joined(separator: ",")
    return try rows("SELECT \(FileRow.columns) FROM files WHERE status IN (\(numbers)) ORDER BY path") {
      FileRow($0)
    }
  }

  /// The files without analyzer of which there is text.
  package func filesWithText() throws -> Set<Int64> {
    Set(try rows("SELECT DISTINCT id >> 20 FROM chunks") { $0.int(0) })
  }

  /// What the analyzer had to say about places in the file.
  package func diagnostics(of file: Int64) throws -> [Diagnostic] {
    try rows("SELECT diagnostics FROM files WHERE id = ?", bind: { $0.bind(1, file) }) { row in
      row.isNull(0) ? [] : try DiagnosticsCodec.unpack(row.bytes(0))
    }.first ?? []
  }

  package func analyzers() throws -> [AnalyzerRow] {
    try rows("SELECT id, digest, configuration, project, descriptor FROM analyzers ORDER BY id") { row in
      guard let digest = ContentHash(column: row.bytes(1)),
        let configuration = ContentHash(column: row.bytes(2)),
        let project = ContentHash(column: row.bytes(3))
      else { throw ByteReaderError(expected: "three content hashes", offset: 0) }
      return AnalyzerRow(
        id: row.int(0), digest: digest, configuration: configuration, project: project,
        descriptor: try DescriptorCodec.unpack(row.bytes(4)))
    }
  }
}

/// The diagnostics of a file, packed.
enum DiagnosticsCodec {
  static func pack(_ diagnostics: [Diagnostic]) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(diagnostics.count)
    for diagnostic in diagnostics {
      writer.write(diagnostic.severity.rawValue)
      writer.write(diagnostic.code)
      writer.write(diagnostic.message)
      PlacesCodec.write(diagnostic.range, into: &writer)
    }
    return writer.bytes
  }

  static func unpack(_ bytes: UnsafeRawBufferPointer) throws(ByteReaderError) -> [Diagnostic] {
    var reader = ByteReader(bytes)
    var diagnostics: [Diagnostic] = []
    for _ in 0..<(try reader.readCount(minimumSize: 9)) {
      let severity = Diagnostic.Severity(rawValue: try reader.readByte()) ?? .error
      let code = try reader.readString()
      let message = try reader.readString()
      diagnostics.append(
        Diagnostic(
          severity: severity, code: code, message: message, range: try PlacesCodec.readRange(&reader)))
    }
    return diagnostics
  }
}

import CodiraDigest
import CodiraModel
import CodiraStore

/// Writes an index in canonical order: JSON lines that two indexes of the same tree share byte for byte.
///
/// Types in the order of their names, then paths by bytes, then every field. Nothing in it depends on when, where
/// or in how many steps the index was made.
package struct IndexExport {
  private let view: IndexView
  private let files: [FileRow]
  private let write: ([UInt8]) -> Void

  /// `write` takes whole lines, many at a time.
  package init(_ view: IndexView, write: @escaping ([UInt8]) -> Void) throws {
    self.view = view
    self.write = write
    files = try view.snapshot.files().sorted { $0.path < $1.path }
  }

  /// Whether every file has said all it will: a time-out may end otherwise in a later run, and so may a
  /// file whose analyzer is set aside.
  package var isComplete: Bool {
    !files.contains { $0.status == .timedOut || $0.errorCode == "set_aside" }
  }

  package func run() throws {
    try writeChunks()
    try writeDocumentation()
    try writeFiles()
    try writeReferences()
    try writeSymbols()
    try writeVectors()
  }

  private func writeChunks() throws {
    let hashes = try payloadHashes()
    for file in files {
      emit(
        try view.snapshot.chunks(of: file.id).map { chunk in
          let line = Self.line { $0.chunk(chunk, payload: hashes[chunk.payload], path: file.path) }
          return (key: (UInt32(chunk.lines.lowerBound), UInt32(0)), line: line)
        })
    }
  }

  private func payloadHashes() throws -> [Int64: ContentHash] {
    Dictionary(
      try view.snapshot.currentPayloads().map { ($0.id, $0.hash) }, uniquingKeysWith: { first, _ in first })
  }

  private func writeDocumentation() throws {
    for file in files where file.status.hasSymbols {
      let all = try view.snapshot.documentation(of: file.id)
      emit(
        all.map { documentation in
          (key: (UInt32(0), UInt32(0)), line: Self.line { $0.documentation(documentation, path: file.path) })
        })
    }
  }

  private func writeFiles() throws {
    let analyzers = Dictionary(
      try view.snapshot.analyzers().map { ($0.id, $0.descriptor) }, uniquingKeysWith: { first, _ in first })
    var text = JSONText(capacity: 1 << 16)
    for file in files {
      text.file(file, analyzer: file.analyzer.flatMap { analyzers[$0] })
      text.newline()
    }
    write(text.bytes)
  }

  private func writeReferences() throws {
    let resolver = try view.resolver()
    for file in files where file.referenceCount > 0 {
      let references = try view.snapshot.references(of: file.id).unpack()
      emit(
        try references.map { reference in
          let resolution = try resolver.resolve(reference, in: file.id)
          let start = reference.range.start
          let line = Self.line { $0.reference(reference, resolution, path: file.path) }
          return (key: (start.line, start.column), line: line)
        })
    }
  }

  private func writeSymbols() throws {
    let hashes = try payloadHashes()
    for file in files where file.symbolCount > 0 {
      let rows = try view.snapshot.symbols(of: file.id)
      emit(
        rows.map { row in
          let line = Self.line {
            $0.symbol(row.symbol, payload: row.payload.flatMap { hashes[$0] }, path: file.path)
          }
          return (key: (UInt32(0), UInt32(0)), line: line)
        })
    }
  }

  /// Those that current symbols use, in the active set.
  private func writeVectors() throws {
    guard let set = try view.snapshot.activeVectorSet() else { return }
    let hashes = try payloadHashes()
    var vectors: [(payload: ContentHash, vector: ContentHash)] = []
    try view.snapshot.forEachVector(in: set.id) { payload, bytes in
      if let hash = hashes[payload] { vectors.append((hash, SHA256.hash(bytes))) }
    }
    vectors.sort { $0.payload < $1.payload }
    var text = JSONText(capacity: 1 << 16)
    for (payload, vector) in vectors {
      text.object { text in
        text.member("type", "vector")
        text.member("payload", payload.hex)
        text.member("set", set.identity)
        text.member("sha256", vector.hex)
      }
      text.newline()
    }
    write(text.bytes)
  }

  /// The lines of one file and type, sorted by key and then by their own bytes.
  private func emit(_ lines: [(key: (UInt32, UInt32), line: [UInt8])]) {
    let sorted = lines.sorted { left, right in
      left.key == right.key ? left.line.lexicographicallyPrecedes(right.line) : left.key < right.key
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sorted.reduce(0) { $0 + $1.line.count })
    for (_, line) in sorted { bytes += line }
    if !bytes.isEmpty { write(bytes) }
  }

  private static func line(_ record: (inout JSONText) -> Void) -> [UInt8] {
    var text = JSONText(capacity: 512)
    record(&text)
    text.newline()
    return text.bytes
  }
}

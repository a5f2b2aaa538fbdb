import CodiraDigest
import CodiraModel
import CodiraStore

/// Everything an index holds that a clean index of the same tree would hold too, as text: what the law
/// compares.
struct IndexDump {
  private(set) var text = ""

  init(_ snapshot: Snapshot) throws {
    let analyzers = Dictionary(uniqueKeysWithValues: try snapshot.analyzers().map { ($0.id, $0.descriptor) })
    let set = try snapshot.activeVectorSet()
    var names: Set<String> = []
    var paths: [Int64: String] = [:]
    for file in try snapshot.files() {
      paths[file.id] = file.path.text
      let analyzer = file.analyzer.flatMap { analyzers[$0] }
      line(
        "file", file.path, file.content?.hex ?? "-", file.status, file.language, analyzer?.id ?? "-",
        analyzer?.version ?? "-", file.errorCode ?? "-", file.symbolCount, file.referenceCount)
      for row in try snapshot.symbols(of: file.id) {
        let payload = try row.payload.flatMap { try snapshot.payload($0) }
        let vector = try row.payload.flatMap { payload in
          try set.flatMap { try snapshot.vector(of: payload, in: $0.id) }
        }
        line("symbol", row.symbol, payload?.hash.hex ?? "-", payload?.text ?? "-", vector ?? [])
        names.insert(row.symbol.name)
      }
      for chunk in try snapshot.chunks(of: file.id) {
        let payload = try snapshot.payload(chunk.payload)
        let vector = try set.flatMap { try snapshot.vector(of: chunk.payload, in: $0.id) }
        line("chunk", chunk.lines, chunk.names, payload?.hash.hex ?? "-", payload?.text ?? "-", vector ?? [])
        names.formUnion(chunk.names)
        names.formUnion(payload?.text.split(whereSeparator: \.isWhitespace).map(String.init) ?? [])
      }
      for reference in try snapshot.references(of: file.id).unpack() {
        line("reference", reference)
        names.insert(reference.name)
      }
      line("documentation", try snapshot.documentation(of: file.id), try snapshot.diagnostics(of: file.id))
    }
    // The lookups agree too: names, mentions and words lead to the same places.
    for name in names.sorted() {
      let found = try snapshot.symbols(named: name).map { "\(paths[$0.file] ?? "?") \($0.symbol.id)" }
        .sorted()
      let mentions = try snapshot.files(mentioning: name).map { paths[$0] ?? "?" }.sorted()
      var hits: [String] = []
      try snapshot.forEachMatch(SearchText.quoted(name)) { unit, _ in
        hits.append("\(paths[UnitID.file(of: unit)] ?? "?") \(unit & UnitID.wholeFile)")
      }
      line("lookup", name, found, mentions, hits.sorted())
    }
    line("vectors", try snapshot.vectorStatus(), set?.identity ?? "-")
  }

  private mutating func line(_ values: Any...) {
    text += values.map { "\($0)" }.joined(separator: " | ") + "\n"
  }
}

import CodiraModel

/// Reads a worker's answer for somebody who wants to see what is wrong with it: layout alone is checked.
struct LooseDecoder {
  /// nil where the layout cannot be read to the end.
  ///
  /// `reader` stands behind kind and sequence number.
  static func decode(_ reader: ByteReader) -> RawArtifacts? {
    var reader = reader
    do throws(ByteReaderError) {
      let result = try reader.readSigned()
      let message = try reader.readString()
      guard let outcome = RawArtifacts.Outcome(rawValue: result) else { return nil }
      var artifacts = RawArtifacts(
        outcome: outcome, message: message, symbols: [], references: [], documentation: [], diagnostics: [])
      for _ in 0..<(try reader.readCount()) { artifacts.symbols.append(try reader.readSymbol()) }
      artifacts.references = try PackedReferences(trusted: try reader.readBytes(), count: 0).unpack()
      for _ in 0..<(try reader.readCount()) { artifacts.documentation.append(try reader.readDocumentation()) }
      for _ in 0..<(try reader.readCount()) { artifacts.diagnostics.append(try reader.readDiagnostic()) }
      return artifacts
    } catch { return nil }
  }
}

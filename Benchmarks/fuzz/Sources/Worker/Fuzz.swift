// libFuzzer's entry: what a worker sends. Two bytes of length, a source, and the content of the frame that answers it.
// Whatever it is, decoding must end in a refusal or in artifacts that keep every promise.
import CodiraModel

@testable import CodiraPluginHost

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeRawBufferPointer(start: start, count: count)
  guard count >= 3 else { return 0 }
  let sourceEnd = 2 + min(Int(input[0]) | Int(input[1]) << 8, count - 3)
  let source = UnsafeRawBufferPointer(rebasing: input[2..<sourceEnd])
  var reader = ByteReader(UnsafeRawBufferPointer(rebasing: input[sourceEnd...]))
  switch (try? reader.readByte()).flatMap(WireKind.init(rawValue:)) {
  case .artifacts: decodeArtifacts(reader, source)
  case .descriptor: decodeDescriptor(reader)
  case .refusal:
    if let refusal = try? PluginRefusal(reading: &reader) { precondition(!refusal.code.isEmpty) }
  case .violation, .outputLimit:
    _ = try? reader.readUInt64()
    _ = try? reader.readString()
  case .unavailable: _ = try? reader.readString()
  case .sandbox:
    if let report = try? SandboxReport(reading: &reader) {
      precondition(report.layers.count == SandboxLayer.allCases.count, "a layer without a state")
    }
  case .start, .analyze, .finish, .probe, .ready, .probed, nil: break
  }
  return 0
}

private func decodeArtifacts(_ reader: ByteReader, _ source: UnsafeRawBufferPointer) {
  var reader = reader
  guard (try? reader.readUInt64()) != nil else { return }
  let loose = LooseDecoder.decode(reader)
  var decoder = ArtifactDecoder(reader, source: source, language: "fixture")
  let answer: AnalyzerAnswer
  do throws(ProtocolViolation) {
    answer = try decoder.decode()
  } catch {
    precondition(!error.detail.isEmpty)
    return
  }
  precondition(loose != nil, "an answer that was taken, and cannot be shown")
  guard case .artifacts(let artifacts) = answer else { return }
  var ids: Set<StableID> = []
  for symbol in artifacts.symbols {
    precondition(symbol.id.isWellFormed && ids.insert(symbol.id).inserted, "a symbol's id")
    check(symbol.range, source)
    check(symbol.nameRange, source)
    for span in symbol.payload { precondition(span.start < span.end && Int(span.end) <= source.count) }
  }
  for piece in artifacts.documentation {
    precondition(piece.id.isWellFormed, "a documentation's id")
    check(piece.range, source)
  }
  for diagnostic in artifacts.diagnostics { check(diagnostic.range, source) }
  checkReferences(artifacts.references, ids, source)
}

/// What was validated must be readable in every way in which the index reads it.
private func checkReferences(
  _ packed: PackedReferences, _ ids: Set<StableID>, _ source: UnsafeRawBufferPointer
) {
  guard let references = try? packed.unpack() else { preconditionFailure("references that cannot be unpacked") }
  precondition(references.count == packed.count, "another number of references")
  for reference in references {
    precondition(ids.contains(reference.owner), "an owner")
    check(reference.range, source)
  }
  guard let names = try? packed.postingNames() else { preconditionFailure("names that cannot be read") }
  guard let name = names.first else { return }
  guard (try? packed.unpack(mentioning: NameHashes([name]), roles: [.call, .imports])) != nil else {
    preconditionFailure("references that cannot be looked for")
  }
}

private func check(_ range: SourceRange, _ source: UnsafeRawBufferPointer) {
  precondition(range.start.offset <= range.end.offset && Int(range.end.offset) <= source.count, "a range")
}

/// What was read must be what is written again.
private func decodeDescriptor(_ reader: ByteReader) {
  var reader = reader
  guard let descriptor = try? DescriptorDecoder.read(&reader) else { return }
  var writer = ByteWriter()
  DescriptorDecoder.write(descriptor, to: &writer)
  writer.bytes.withUnsafeBytes { bytes in
    var second = ByteReader(bytes)
    guard let again = try? DescriptorDecoder.read(&second), again == descriptor, second.isAtEnd else {
      preconditionFailure("a descriptor that is another one when it is read again")
    }
  }
}

import CodiraModel

/// An analyzer that current files were read with: one binary under one configuration and project view.
package struct AnalyzerRow: Equatable, Sendable {
  package var id: Int64
  package var digest: ContentHash
  package var configuration: ContentHash
  package var project: ContentHash
  package var descriptor: AnalyzerDescriptor

  package init(
    id: Int64 = 0, digest: ContentHash, configuration: ContentHash, project: ContentHash,
    descriptor: AnalyzerDescriptor
  ) {
    self.id = id
    self.digest = digest
    self.configuration = configuration
    self.project = project
    self.descriptor = descriptor
  }
}

/// The descriptor fields that queries need, packed for the `descriptor` column.
enum DescriptorCodec {
  static func pack(_ descriptor: AnalyzerDescriptor) -> [UInt8] {
    var writer = ByteWriter(capacity: 256)
    writer.write(descriptor.abiVersion)
    writer.write(descriptor.id)
    writer.write(descriptor.version)
    writer.write(descriptor.capabilities)
    writer.write(descriptor.traits.rawValue)
    writer.write(descriptor.grammarName)
    writer.write(descriptor.grammarVersion)
    writer.write(descriptor.grammarABI)
    for list in [
      descriptor.languages, descriptor.suffixes, descriptor.suffixLanguages, descriptor.fileNames,
      descriptor.interpreters,
    ] {
      writer.write(list.count)
      for text in list { writer.write(text) }
    }
    writer.write(descriptor.conversions.count)
    for conversion in descriptor.conversions {
      writer.write(conversion.from)
      writer.write(conversion.to)
      writer.write(conversion.phase)
    }
    return writer.bytes
  }

  static func unpack(_ bytes: UnsafeRawBufferPointer) throws(ByteReaderError) -> AnalyzerDescriptor {
    var reader = ByteReader(bytes)
    var descriptor = AnalyzerDescriptor(
      abiVersion: try reader.readUInt32(), id: try reader.readString(), version: try reader.readString())
    descriptor.capabilities = try reader.readUInt32()
    descriptor.traits = AnalyzerDescriptor.Traits(rawValue: try reader.readUInt32())
    descriptor.grammarName = try reader.readString()
    descriptor.grammarVersion = try reader.readString()
    descriptor.grammarABI = try reader.readUInt32()
    descriptor.languages = try strings(&reader)
    descriptor.suffixes = try strings(&reader)
    descriptor.suffixLanguages = try strings(&reader)
    descriptor.fileNames = try strings(&reader)
    descriptor.interpreters = try strings(&reader)
    for _ in 0..<(try reader.readCount(minimumSize: 3)) {
      let from = try reader.readString()
      let to = try reader.readString()
      descriptor.conversions.append(.init(from: from, to: to, phase: try reader.readUInt32()))
    }
    return descriptor
  }

  private static func strings(_ reader: inout ByteReader) throws(ByteReaderError) -> [String] {
    var list: [String] = []
    for _ in 0..<(try reader.readCount()) { list.append(try reader.readString()) }
    return list
  }
}

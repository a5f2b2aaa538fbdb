import CodiraModel

// The questions, one function each.
extension ProbeWorker {
  package func entryFacts() -> Result<EntryFacts, AnalysisFailure> {
    ask(.entry, ByteWriter()) { (reader, _) throws(ByteReaderError) in
      let isStable = try reader.readByte() == 1
      let older = UInt32(try reader.readByte())
      return EntryFacts(
        isStable: isStable, versionForOlderHost: older == 0 ? nil : older,
        servesNewerHost: try reader.readByte() == 1)
    }
  }

  /// Makes an instance known as `number`.
  package func create(
    _ number: Int = 0, configuration: [UInt8] = Array("{}".utf8), projectFiles: [ProjectFile] = []
  ) -> Result<CreateOutcome, AnalysisFailure> {
    var content = ByteWriter()
    content.write(number)
    configuration.withUnsafeBytes { content.write($0) }
    content.write(projectFiles)
    return ask(.create, content) { (reader, _) throws(ByteReaderError) in
      let isMade = try reader.readByte() == 1
      let reason = try reader.readString()
      return isMade ? .instance : .refused(reason: reason)
    }
  }

  package func destroy(_ number: Int = 0) -> Result<Void, AnalysisFailure> {
    var content = ByteWriter()
    content.write(number)
    return ask(.destroy, content) { (_, _) throws(ByteReaderError) in }
  }

  /// Reads one source with the instance `number`; `isUnwanted`: the sink asks it to stop from the start.
  package func analyze(
    _ number: Int = 0, path: String, source: [UInt8], isUnwanted: Bool = false
  ) -> Result<ProbeReport, AnalysisFailure> {
    var content = ByteWriter(capacity: source.count + 1024)
    content.write(number)
    content.write(UInt8(isUnwanted ? 1 : 0))
    content.write(path)
    source.withUnsafeBytes { content.write($0) }
    let limit = AnalyzerLimits.output(forSource: source.count)
    let language = descriptor.id
    return ask(.analyze, content, limit: limit) { (reader, observation) throws(ByteReaderError) in
      let (artifacts, fault) = try Self.readAnswer(&reader, source, language)
      return ProbeReport(artifacts: artifacts, fault: fault, observation: observation)
    }
  }

  /// An instance on each of `count` threads reads all the files at once: the answers thread by thread, and fewer
  /// threads where the system gave no more.
  ///
  /// nil where a thread got no instance; else its bytes, file by file, to compare.
  package func analyzeOnThreads(
    _ count: Int, files: [ProjectFile]
  ) -> Result<[[[UInt8]]?], AnalysisFailure> {
    var content = ByteWriter(capacity: 1 << 16)
    content.write(count)
    content.write(files)
    let limit = files.reduce(1 << 20) { $0 + AnalyzerLimits.output(forSource: $1.bytes?.count ?? 0) } * count
    return ask(.threads, content, limit: limit) { (reader, _) throws(ByteReaderError) in
      var threads: [[[UInt8]]?] = []
      for _ in 0..<(try reader.readCount()) {
        var inner = ByteReader(try reader.borrowBytes())
        var answers: [[UInt8]] = []
        while !inner.isAtEnd { answers.append(try inner.readBytes()) }
        threads.append(answers.isEmpty && !files.isEmpty ? nil : answers)
      }
      return threads
    }
  }

  /// Whether the analyzer has an extension of that name.
  package func hasExtension(_ name: String) -> Result<Bool, AnalysisFailure> {
    var content = ByteWriter()
    content.write(name)
    return ask(.hasExtension, content) { (reader, _) throws(ByteReaderError) in try reader.readByte() == 1 }
  }

  /// The syntax tree of a source, where the analyzer shows it.
  package func syntaxTree(
    _ number: Int = 0, path: String, source: [UInt8]
  ) -> Result<SyntaxTreeOutcome, AnalysisFailure> {
    var content = ByteWriter(capacity: source.count + 1024)
    content.write(number)
    content.write(path)
    source.withUnsafeBytes { content.write($0) }
    return ask(.syntaxTree, content, limit: ProbeKind.longestTree) { (reader, _) throws(ByteReaderError) in
      switch try reader.readByte() {
      case 0: return .notOffered
      case 1: return .none
      default: return .tree(reader.readRest())
      }
    }
  }

  /// An answer as an index run would judge it, and where it would refuse it, as it came.
  private static func readAnswer(
    _ reader: inout ByteReader, _ source: [UInt8], _ language: String
  ) throws(ByteReaderError) -> (RawArtifacts?, String?) {
    let kind = WireKind(rawValue: try reader.readByte())
    _ = try reader.readUInt64()
    guard kind == .artifacts else { return (nil, try reader.readString()) }
    let start = reader
    let fault = source.withUnsafeBytes { bytes -> String? in
      var decoder = ArtifactDecoder(start, source: bytes, language: language)
      do throws(ProtocolViolation) {
        _ = try decoder.decode()
        return nil
      } catch { return error.detail }
    }
    return (LooseDecoder.decode(start), fault)
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ files: [ProjectFile]) {
    write(files.count)
    for file in files {
      write(file.path)
      write(UInt8(file.bytes == nil ? 0 : 1))
      if let bytes = file.bytes { bytes.withUnsafeBytes { write($0) } }
    }
  }
}

extension ByteReader {
  /// Everything up to the end as text.
  fileprivate mutating func readRest() -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(remaining)
    while let byte = try? readByte() { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import CCodiraAnalyzer
import CodiraModel
import Glibc

/// Answers a `ProbeWorker`: what an analyzer does when it is asked what no index run would ask.
///
/// Instances are known by a number that the host chooses. Every answer tells what the call left behind.
final class ProbeLoop {
  private let channel: WorkerChannel
  private let analyzer: LoadedAnalyzer
  private let start: WorkerStart
  private let watch: ProcessWatch
  private let sink: ArtifactSink
  private let host = ForeignHost()
  private var instances: [UInt64: OpaquePointer] = [:]

  init(_ channel: WorkerChannel, _ analyzer: LoadedAnalyzer, _ start: WorkerStart, _ watch: ProcessWatch) {
    self.channel = channel
    self.analyzer = analyzer
    self.start = start
    self.watch = watch
    sink = ArtifactSink(channel)
  }

  func run() {
    while let frame = channel.receive() {
      var reader = ByteReader(frame)
      do throws(ByteReaderError) {
        guard try reader.readByte() == WireKind.probe.rawValue else { break }
        let sequence = try reader.readUInt64()
        guard let kind = ProbeKind(rawValue: try reader.readByte()) else { break }
        WorkerRights.limitProcessorTime(milliseconds: start.cpuMilliseconds)
        let began = Self.processorTime()
        let parts = try answer(kind, sequence, &reader)
        channel.send(parts: [head(sequence, since: began)] + parts)
      } catch { break }
    }
    for instance in instances.values { table.destroy!(instance) }
  }

  private var table: codira_analyzer { analyzer.descriptor.pointee }

  private func answer(
    _ kind: ProbeKind, _ sequence: UInt64, _ reader: inout ByteReader
  ) throws(ByteReaderError) -> [[UInt8]] {
    switch kind {
    case .entry: return [entryFacts()]
    case .create: return [try create(&reader)]
    case .destroy:
      if let instance = instances.removeValue(forKey: try reader.readUInt64()) { table.destroy!(instance) }
      return []
    case .analyze: return try analyze(sequence, &reader)
    case .threads: return [try analyzeOnThreads(&reader)]
    case .hasExtension:
      let name = try reader.readString()
      return [[table.extension?(name) == nil ? 0 : 1]]
    case .syntaxTree: return [try syntaxTree(&reader)]
    }
  }

  /// What the last call cost and left behind.
  private func head(_ sequence: UInt64, since began: UInt64) -> [UInt8] {
    var writer = ByteWriter(capacity: 128)
    writer.write(WireKind.probed.rawValue)
    writer.write(sequence)
    writer.write(Self.processorTime() - began)
    writer.write(UInt64(HeapSize.inUse() ?? 0))
    writer.write(watch.descriptors)
    writer.write(ProcessWatch.openDescriptors())
    writer.write(watch.threads)
    watch.takeOutput().withUnsafeBytes { writer.write($0) }
    let changes = watch.changes()
    writer.write(changes.count)
    for change in changes {
      writer.write(change.trait.rawValue)
      writer.write(change.detail)
    }
    return writer.bytes
  }

  /// Nanoseconds of all threads of this process.
  private static func processorTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

// The questions.
extension ProbeLoop {
  private func entryFacts() -> [UInt8] {
    let own = analyzer.given
    let isStable = (0..<3).allSatisfy { _ in analyzer.entry(CODIRA_ABI_VERSION) == own }
    let older = analyzer.entry(own.pointee.abi_version - 1)
    let newer = analyzer.entry(CODIRA_ABI_VERSION + 1)
    return [
      isStable ? 1 : 0, older.map { UInt8(truncatingIfNeeded: $0.pointee.abi_version) } ?? 0,
      newer == own ? 1 : 0,
    ]
  }

  private func create(_ reader: inout ByteReader) throws(ByteReaderError) -> [UInt8] {
    let number = try reader.readUInt64()
    let configuration = try reader.readBytes()
    let project = ForeignProject(try Self.readFiles(&reader))
    var reason = codira_string(data: nil, length: 0)
    let instance = configuration.withUnsafeBytes {
      table.create!(host.pointer, codira_string($0), project.pointer, &reason)
    }
    var writer = ByteWriter()
    writer.write(UInt8(instance == nil ? 0 : 1))
    let hasReason = reason.data != nil && reason.length > 0 && reason.length < 1 << 16
    writer.write(hasReason ? reason.bytes : UnsafeRawBufferPointer(start: nil, count: 0))
    instances[number] = instance
    return writer.bytes
  }

  private func analyze(
    _ sequence: UInt64, _ reader: inout ByteReader
  ) throws(ByteReaderError) -> [[UInt8]] {
    let instance = instances[try reader.readUInt64()]
    sink.isUnwanted = try reader.readByte() == 1
    let path = try reader.borrowBytes()
    let source = try reader.borrowBytes()
    guard let instance else { throw ByteReaderError(expected: "an instance", offset: reader.offset) }
    return report(instance, sink, sequence, path, source)
  }

  /// Files with bytes of their own: what a request holds is overwritten by the next.
  private static func readFiles(
    _ reader: inout ByteReader
  ) throws(ByteReaderError) -> [(path: UnsafeRawBufferPointer, bytes: UnsafeRawBufferPointer?)] {
    var files: [(path: UnsafeRawBufferPointer, bytes: UnsafeRawBufferPointer?)] = []
    for _ in 0..<(try reader.readCount(minimumSize: 2)) {
      let path = try reader.borrowBytes().copied()
      files.append((path, try reader.readByte() == 1 ? try reader.borrowBytes().copied() : nil))
    }
    return files
  }

  private func report(
    _ instance: OpaquePointer, _ sink: ArtifactSink, _ sequence: UInt64, _ path: UnsafeRawBufferPointer,
    _ source: UnsafeRawBufferPointer
  ) -> [[UInt8]] {
    sink.open(sequence: sequence, sourceSize: source.count)
    let result = withForeignSource(path, source) { source in
      withUnsafePointer(to: sink.functions) { table.analyze!(instance, source, $0) }
    }
    return sink.answer(result: result)
  }

  private func syntaxTree(_ reader: inout ByteReader) throws(ByteReaderError) -> [UInt8] {
    let instance = instances[try reader.readUInt64()]
    let path = try reader.borrowBytes()
    let source = try reader.borrowBytes()
    let size = MemoryLayout<codira_syntax_tree>.size
    guard let instance, let known = table.extension?(CODIRA_EXTENSION_SYNTAX_TREE),
      let write = Optional(known.load(as: codira_syntax_tree.self)), write.size >= size,
      let call = write.write
    else { return [0] }
    let text = SyntaxText()
    let result = withForeignSource(path, source) { source in
      call(instance, source, Unmanaged.passUnretained(text).toOpaque()) { context, piece in
        Unmanaged<SyntaxText>.fromOpaque(context!).takeUnretainedValue().append(piece)
      }
    }
    return result == 1 ? [2] + text.bytes : [1]
  }
}

/// The pieces of a syntax tree, joined.
private final class SyntaxText {
  private(set) var bytes: [UInt8] = []

  func append(_ piece: codira_string) {
    guard piece.data != nil, piece.length > 0, bytes.count + piece.length <= ProbeKind.longestTree else {
      return
    }
    bytes.append(contentsOf: piece.bytes)
  }
}

// Several instances at once.
extension ProbeLoop {
  /// What one thread does and what came of it.
  private final class ThreadJob {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// An instance on each of several threads reads all the files; the answers thread by thread, none where a thread
  /// got no instance.
  private func analyzeOnThreads(_ reader: inout ByteReader) throws(ByteReaderError) -> [UInt8] {
    let count = Int(min(try reader.readUInt64(), 16))
    let files = try Self.readFiles(&reader)
    let project = ForeignProject([])
    let answers = UnsafeMutableBufferPointer<[UInt8]>.allocate(capacity: count)
    answers.initialize(repeating: [])
    defer {
      answers.deinitialize()
      answers.deallocate()
    }
    var threads: [pthread_t] = []
    for index in 0..<count {
      let job = ThreadJob { [self] in answers[index] = readAll(files, project) }
      guard let thread = Self.run(job) else { break }
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
    var writer = ByteWriter(capacity: 1 << 16)
    writer.write(threads.count)
    for index in threads.indices { answers[index].withUnsafeBytes { writer.write($0) } }
    return writer.bytes
  }

  private func readAll(
    _ files: [(path: UnsafeRawBufferPointer, bytes: UnsafeRawBufferPointer?)], _ project: ForeignProject
  ) -> [UInt8] {
    var reason = codira_string(data: nil, length: 0)
    var writer = ByteWriter(capacity: 1 << 14)
    let configuration = Array("{}".utf8)
    let instance = configuration.withUnsafeBytes {
      table.create!(host.pointer, codira_string($0), project.pointer, &reason)
    }
    guard let instance else { return [] }
    let sink = ArtifactSink(channel)
    for file in files {
      let answer = report(
        instance, sink, 0, file.path, file.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
      Array(answer.joined()).withUnsafeBytes { writer.write($0) }
    }
    table.destroy!(instance)
    return writer.bytes
  }

  private static func run(_ job: ThreadJob) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 16 << 20)
    var thread = pthread_t()
    let pointer = Unmanaged.passRetained(job).toOpaque()
    let code = pthread_create(
      &thread, &attributes,
      { context in
        Unmanaged<ThreadJob>.fromOpaque(context!).takeRetainedValue().body()
        return nil
      }, pointer)
    if code == 0 { return thread }
    Unmanaged<ThreadJob>.fromOpaque(pointer).release()
    return nil
  }
}

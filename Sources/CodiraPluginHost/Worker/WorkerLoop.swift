import CCodiraAnalyzer
import CodiraModel
import Glibc

/// Serves files with one instance of a loaded analyzer until the host says `finish`.
struct WorkerLoop {
  private let channel: WorkerChannel
  private let analyzer: codira_analyzer
  private let start: WorkerStart

  init(_ channel: WorkerChannel, _ analyzer: LoadedAnalyzer, _ start: WorkerStart) {
    self.channel = channel
    self.analyzer = analyzer.descriptor.pointee
    self.start = start
  }

  func run() {
    var reason = codira_string(data: nil, length: 0)
    let project = ForeignProject(start.projectFiles)
    let host = ForeignHost()
    guard
      let instance = analyzer.create!(
        host.pointer, codira_string(start.configuration), project.pointer, &reason)
    else {
      var answer = ByteWriter()
      answer.write(WireKind.unavailable.rawValue)
      answer.write(reason.bytes)
      return channel.send(answer.bytes)
    }
    channel.send([WireKind.ready.rawValue])
    let sink = ArtifactSink(channel)
    while let frame = channel.receive(), serve(frame, instance, sink) {}
    analyzer.destroy!(instance)
  }

  /// Answers one request; false when it was the last.
  private func serve(_ frame: UnsafeRawBufferPointer, _ instance: OpaquePointer, _ sink: ArtifactSink) -> Bool
  {
    var reader = ByteReader(frame)
    do throws(ByteReaderError) {
      guard try reader.readByte() == WireKind.analyze.rawValue else { return false }
      let sequence = try reader.readUInt64()
      let path = try reader.borrowBytes()
      let source = try reader.borrowBytes()
      WorkerRights.limitProcessorTime(milliseconds: start.cpuMilliseconds)
      sink.open(sequence: sequence, sourceSize: source.count)
      let result = withForeignSource(path, source) { source in
        withUnsafePointer(to: sink.functions) { analyzer.analyze!(instance, source, $0) }
      }
      sink.close(result: result)
      return true
    } catch { return false }
  }
}

/// Lends a source as an analyzer sees it.
func withForeignSource(
  _ path: UnsafeRawBufferPointer, _ source: UnsafeRawBufferPointer,
  _ body: (UnsafePointer<codira_source>) -> Int32
) -> Int32 {
  let value = codira_source(
    size: MemoryLayout<codira_source>.size, path: codira_string(path),
    bytes: source.baseAddress?.assumingMemoryBound(to: UInt8.self), byte_count: source.count)
  return withUnsafePointer(to: value, body)
}

/// The host as an analyzer sees it; lives as long as the process.
struct ForeignHost {
  let pointer: UnsafePointer<codira_host>

  init() {
    let place = UnsafeMutablePointer<codira_host>.allocate(capacity: 1)
    place.initialize(
      to: codira_host(
        size: MemoryLayout<codira_host>.size, abi_version: CODIRA_ABI_VERSION, reserved: 0,
        name: Self.forever("codira"), version: Self.forever(ProductVersion.current), extension: { _ in nil }))
    pointer = UnsafePointer(place)
  }

  /// The text's bytes, never freed.
  private static func forever(_ text: String) -> codira_string {
    codira_string(data: UnsafePointer(strdup(text)), length: text.utf8.count)
  }
}

/// The project view as an analyzer sees it; lives as long as the process.
struct ForeignProject {
  let pointer: UnsafePointer<codira_project>

  init(_ files: [(path: UnsafeRawBufferPointer, bytes: UnsafeRawBufferPointer?)]) {
    let values = UnsafeMutablePointer<codira_project_file>.allocate(capacity: max(files.count, 1))
    let pointers = UnsafeMutablePointer<UnsafePointer<codira_project_file>?>.allocate(
      capacity: max(files.count, 1))
    for (index, file) in files.enumerated() {
      // Known content is never NULL, even where it is empty.
      let bytes = file.bytes.map { $0.baseAddress ?? file.path.baseAddress! }
      (values + index).initialize(
        to: codira_project_file(
          size: MemoryLayout<codira_project_file>.size, path: codira_string(file.path),
          bytes: bytes?.assumingMemoryBound(to: UInt8.self), byte_count: file.bytes?.count ?? 0))
      (pointers + index).initialize(to: UnsafePointer(values + index))
    }
    let place = UnsafeMutablePointer<codira_project>.allocate(capacity: 1)
    place.initialize(
      to: codira_project(
        size: MemoryLayout<codira_project>.size, files: UnsafePointer(pointers), file_count: files.count))
    pointer = UnsafePointer(place)
  }
}

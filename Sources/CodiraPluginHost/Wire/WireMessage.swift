import CodiraModel

/// What a frame between host and worker is; the first byte of its content.
///
/// A frame is four bytes of length, little-endian, and the content. The host speaks first and every request has
/// one answer, but for `start`: it is answered by `sandbox`, before any code of the plugin runs, by `descriptor`, then
/// (serving) by `ready`, or by one refusal.
enum WireKind: UInt8 {
  // host to worker
  case start = 1
  case analyze
  case finish
  case probe
  // worker to host
  case descriptor = 16
  case refusal
  case ready
  case unavailable
  case artifacts
  case violation
  case outputLimit
  case sandbox
  case probed
}

/// The numbers every frame begins with.
enum Wire {
  static let headerSize = 4
  /// File descriptor of the worker's end of the socket.
  static let workerSocket: Int32 = 3
  /// Bytes a descriptor frame may have.
  static let descriptorLimit = 4 << 20
}

/// The first request: what to load, whether to serve files, within which limits.
struct StartRequest {
  /// Empty: nothing; the worker ends when it has told of its sandbox.
  var pluginPath: String
  var serves: Bool
  /// Answers the questions of a `ProbeWorker` in place of serving files.
  var probes = false
  var sandbox = SandboxChoice.ofProcess
  var limits: AnalyzerLimits
  var configuration: String
  var projectFiles: [ProjectFile]

  func encoded() -> ByteWriter {
    var writer = ByteWriter(capacity: 1024 + projectFiles.reduce(0) { $0 + ($1.bytes?.count ?? 0) })
    writer.write(WireKind.start.rawValue)
    writer.write(pluginPath)
    writer.write(UInt8(probes ? 2 : serves ? 1 : 0))
    writer.write(sandbox.bits)
    writer.write(UInt64(limits.cpuSeconds * 1000))
    writer.write(limits.memory)
    writer.write(configuration)
    writer.write(projectFiles.count)
    for file in projectFiles {
      writer.write(file.path)
      writer.write(UInt8(file.bytes == nil ? 0 : 1))
      if let bytes = file.bytes { bytes.withUnsafeBytes { writer.write($0) } }
    }
    return writer
  }
}

extension PluginRefusal {
  /// The refusals that a worker can find, as frame content.
  func encoded() -> ByteWriter {
    var writer = ByteWriter()
    writer.write(WireKind.refusal.rawValue)
    switch self {
    case .noEntrySymbol: writer.write(UInt8(1))
    case .entryReturnedNull: writer.write(UInt8(2))
    case .loaderFailed(let message):
      writer.write(UInt8(3))
      writer.write(message)
    case .abiOutsideWindow(let found, let oldest, let newest):
      writer.write(UInt8(4))
      for number in [found, oldest, newest] { writer.write(number) }
    case .malformedDescriptor(let field, let detail):
      writer.write(UInt8(5))
      writer.write(field)
      writer.write(detail)
    default:
      writer.write(UInt8(6))
      writer.write(description)
    }
    return writer
  }

  /// Reads what stands behind the kind.
  init(reading reader: inout ByteReader) throws(ByteReaderError) {
    switch try reader.readByte() {
    case 1: self = .noEntrySymbol
    case 2: self = .entryReturnedNull
    case 3: self = .loaderFailed(message: try reader.readString())
    case 4:
      self = .abiOutsideWindow(
        found: try reader.readUInt32(), oldest: try reader.readUInt32(), newest: try reader.readUInt32())
    case 5: self = .malformedDescriptor(field: try reader.readString(), detail: try reader.readString())
    case 6: self = .workerFailed(detail: try reader.readString())
    default: throw ByteReaderError(expected: "a refusal", offset: reader.offset)
    }
  }
}

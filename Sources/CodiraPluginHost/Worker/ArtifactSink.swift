import CCodiraAnalyzer
import CodiraModel
import Glibc

/// Copies what an analyzer reports into a frame.
///
/// It checks what it must to read and write safely; everything else is for the host to judge, which trusts
/// nothing that comes out of this process.
final class ArtifactSink {
  let channel: WorkerChannel
  var sequence: UInt64 = 0
  var isOpen = false
  var violation: String?
  /// Makes `should_stop` say yes from the start.
  var isUnwanted = false
  var message = ByteWriter()
  var limit = 0
  var symbolCount = 0
  var referenceCount = 0
  var documentationCount = 0
  var diagnosticCount = 0
  var symbols = ByteWriter(capacity: 1 << 14)
  var references = ReferencePacker()
  var documentation = ByteWriter()
  var diagnostics = ByteWriter()
  /// What the analyzer calls.
  private(set) var functions = codira_sink()

  init(_ channel: WorkerChannel) {
    self.channel = channel
    functions = codira_sink(
      size: MemoryLayout<codira_sink>.size, context: Unmanaged.passUnretained(self).toOpaque(),
      symbol: { ArtifactSink.at($0).take(symbol: $1) },
      reference: { ArtifactSink.at($0).take(reference: $1) },
      documentation: { ArtifactSink.at($0).take(documentation: $1) },
      diagnostic: { ArtifactSink.at($0).take(diagnostic: $1) },
      message: { ArtifactSink.at($0).take(message: $1) },
      should_stop: { ArtifactSink.at($0).shouldStop ? 1 : 0 })
  }

  func open(sequence: UInt64, sourceSize: Int) {
    self.sequence = sequence
    limit = AnalyzerLimits.output(forSource: sourceSize)
    violation = nil
    (symbolCount, referenceCount, documentationCount, diagnosticCount) = (0, 0, 0, 0)
    symbols.removeAll()
    references.removeAll()
    documentation.removeAll()
    diagnostics.removeAll()
    message.removeAll()
    isOpen = true
  }

  private var shouldStop: Bool { isUnwanted || violation != nil }

  /// Sends what was taken, or the first violation.
  func close(result: Int32) { channel.send(parts: answer(result: result)) }

  /// What was taken, or the first violation, as the parts of one frame.
  func answer(result: Int32) -> [[UInt8]] {
    isOpen = false
    if size > limit { exceedLimit() }
    var head = ByteWriter(capacity: 64)
    if let violation {
      head.write(WireKind.violation.rawValue)
      head.write(sequence)
      head.write(violation)
      return [head.bytes]
    }
    head.write(WireKind.artifacts.rawValue)
    head.write(sequence)
    head.writeSigned(Int64(result))
    head.append(message.bytes.isEmpty ? [0] : message.bytes)
    head.write(symbolCount)
    var tail = ByteWriter(capacity: documentation.bytes.count + diagnostics.bytes.count + 16)
    tail.write(documentationCount)
    tail.append(documentation.bytes)
    tail.write(diagnosticCount)
    tail.append(diagnostics.bytes)
    let packed = references.finish()
    var length = ByteWriter()
    length.write(packed.bytes.count)
    return [head.bytes, symbols.bytes, length.bytes, packed.bytes, tail.bytes]
  }

  static func at(_ context: UnsafeMutableRawPointer?) -> ArtifactSink {
    Unmanaged<ArtifactSink>.fromOpaque(context!).takeUnretainedValue()
  }

  /// Bytes taken of this source so far; each part alone is checked as it grows, the sum at the end.
  var size: Int {
    symbols.bytes.count + references.byteCount + documentation.bytes.count + diagnostics.bytes.count
      + message.bytes.count
  }

  func violate(_ detail: String) {
    if violation == nil { violation = detail }
  }

  /// Tells the host and ends the process: nothing this source could still give is wanted.
  func exceedLimit() -> Never {
    var answer = ByteWriter()
    answer.write(WireKind.outputLimit.rawValue)
    answer.write(sequence)
    channel.send(answer.bytes)
    _exit(0)
  }

  /// The text's bytes if they can be read at all.
  func bytes(_ text: codira_string) -> UnsafeRawBufferPointer {
    if text.length > limit || text.length < 0 { exceedLimit() }
    if text.data == nil, text.length > 0 {
      violate("a string of \(text.length) bytes has no data")
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return text.bytes
  }

  /// The elements if they can be read at all.
  func elements<Element>(
    _ start: UnsafePointer<Element>?, _ count: UInt32, _ what: StaticString
  ) -> UnsafeBufferPointer<Element> {
    if Int(count) > limit { exceedLimit() }
    if start == nil, count > 0 {
      violate("\(what): \(count) elements and no pointer")
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: start, count: Int(count))
  }

  /// Whether an artifact can be read: it is there, whole, and the sink is open.
  func accepts<Value: GrowingStruct>(
    _ value: UnsafePointer<Value>?, size: Int?, _ what: StaticString, _ index: Int
  ) -> Bool {
    guard isOpen, violation == nil else { return false }
    let expected = Value.firstSize
    guard let size else {
      violate("\(what) \(index) is NULL")
      return false
    }
    if size < expected { violate("\(what) \(index): its size is \(size), ABI 1 has \(expected) bytes") }
    return violation == nil
  }
}

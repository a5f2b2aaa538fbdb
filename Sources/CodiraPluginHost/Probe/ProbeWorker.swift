import CodiraModel
import Glibc

/// A worker process of one plugin that answers unusual questions: for tools of plugin authors, never for an index.
///
/// It is sandboxed and limited as every worker. After a failure it is of no use any more.
package final class ProbeWorker {
  package let descriptor: AnalyzerDescriptor
  /// Processor time that loading took.
  package let startSeconds: Double
  private let process: WorkerProcess
  private let channel: HostChannel
  private let limits: AnalyzerLimits
  private var sequence: UInt64 = 0
  private var isEnded = false
  private var standardError = ""

  /// Loads the plugin; `executable` is as for `AnalyzerPool`.
  package init(
    path: String, limits: AnalyzerLimits = AnalyzerLimits(), executable: String = "/proc/self/exe",
    sandbox: SandboxChoice = .ofProcess
  ) throws(PluginRefusal) {
    do throws(SpawnError) {
      process = try WorkerProcess(executable: executable)
    } catch { throw .workerFailed(detail: "\(error.step): \(systemMessage(error.errno))") }
    self.limits = limits
    channel = HostChannel(process, cpuLimit: limits.cpuSeconds)
    channel.startWatch()
    let request = StartRequest(
      pluginPath: path, serves: false, probes: true, sandbox: sandbox, limits: limits, configuration: "",
      projectFiles: [])
    let outcome = Self.start(channel, process, request)
    switch outcome {
    case .success(let value): descriptor = value
    case .failure(let refusal):
      isEnded = true
      throw refusal
    }
    startSeconds = process.cpuSeconds
  }

  deinit { if !isEnded { _ = process.end(grace: 0) } }

  private static func start(
    _ channel: HostChannel, _ process: WorkerProcess, _ request: StartRequest
  ) -> Result<AnalyzerDescriptor, PluginRefusal> {
    let content = request.encoded().bytes
    do throws(ChannelFailure) {
      let sent = content.withUnsafeBytes { bytes -> Result<Void, ChannelFailure> in
        do throws(ChannelFailure) { return .success(try channel.send([bytes])) } catch {
          return .failure(error)
        }
      }
      try sent.get()
      // What holds the worker back; whoever asks for less than everything knows it.
      _ = try channel.receive(limit: Wire.descriptorLimit)
      var reader = ByteReader(try channel.receive(limit: Wire.descriptorLimit))
      do throws(PluginRefusal) {
        switch (try? reader.readByte()).flatMap(WireKind.init(rawValue:)) {
        case .descriptor: return .success(try DescriptorDecoder.read(&reader))
        case .refusal:
          throw (try? PluginRefusal(reading: &reader)) ?? .workerFailed(detail: "an unreadable refusal")
        default: throw .workerFailed(detail: "the worker sent no descriptor")
        }
      } catch {
        _ = process.end(grace: 0)
        return .failure(error)
      }
    } catch {
      switch (error, process.end(grace: error == .timedOut ? 0 : 1)) {
      case (.timedOut, _): return .failure(.hung(cpuSeconds: 0))
      case (_, (.exited(let status)?, _, _)): return .failure(.exited(status: status))
      case (_, (.signalled(SIGSYS)?, _, let output)):
        return .failure(
          StoppedCall.name(in: output).map { .forbiddenCall(name: $0) }
            ?? .crashed(signal: SIGSYS, output: output))
      case (_, (.signalled(let signal)?, _, let output)):
        return .failure(.crashed(signal: signal, output: output))
      default: return .failure(.workerFailed(detail: "the plugin closed the worker's channel"))
      }
    }
  }

  /// Ends the process as an index run would, after every instance is destroyed; nil where it ended well.
  package func finish() -> AnalysisFailure? {
    guard !isEnded else { return nil }
    isEnded = true
    channel.startWatch()
    let sent = [WireKind.finish.rawValue].withUnsafeBytes { bytes -> Bool in
      do throws(ChannelFailure) {
        try channel.send([bytes])
        return true
      } catch { return false }
    }
    let (end, _, output) = process.end(grace: sent ? 2 : 0)
    switch end {
    case .exited(0): return nil
    case .exited(let status): return .exited(status: status)
    case .signalled(let signal): return .crashed(signal: signal, output: output)
    case nil: return .timedOut(cpuSeconds: 2)
    }
  }
}

// Asking.
extension ProbeWorker {
  /// Sends one request; `body` reads what stands behind the observation.
  func ask<Value>(
    _ kind: ProbeKind, _ content: ByteWriter, limit: Int = 1 << 20,
    _ body: (inout ByteReader, ProbeObservation) throws(ByteReaderError) -> Value
  ) -> Result<Value, AnalysisFailure> {
    if isEnded { return .failure(.stopped) }
    sequence += 1
    channel.startWatch()
    var head = ByteWriter(capacity: 32)
    head.write(WireKind.probe.rawValue)
    head.write(sequence)
    head.write(kind.rawValue)
    do throws(ChannelFailure) {
      var reader = ByteReader(try exchange(head.bytes, content.bytes, limit: limit + (1 << 17)))
      standardError = process.readOutput()
      return read(&reader, body)
    } catch { return .failure(failure(error, limit: limit)) }
  }

  private func exchange(
    _ head: [UInt8], _ content: [UInt8], limit: Int
  ) throws(ChannelFailure) -> UnsafeRawBufferPointer {
    let outcome = head.withUnsafeBytes { head in
      content.withUnsafeBytes { content -> Result<UnsafeRawBufferPointer, ChannelFailure> in
        do throws(ChannelFailure) {
          try channel.send([head, content])
          return .success(try channel.receive(limit: limit))
        } catch { return .failure(error) }
      }
    }
    return try outcome.get()
  }

  private func read<Value>(
    _ reader: inout ByteReader,
    _ body: (inout ByteReader, ProbeObservation) throws(ByteReaderError) -> Value
  ) -> Result<Value, AnalysisFailure> {
    do throws(ByteReaderError) {
      let kind = WireKind(rawValue: try reader.readByte())
      guard try reader.readUInt64() == sequence else {
        throw ByteReaderError(expected: "the answer to request \(sequence)", offset: reader.offset)
      }
      if kind == .outputLimit { return .failure(.tooMuchOutput(limit: 0)) }
      guard kind == .probed else { throw ByteReaderError(expected: "an answer", offset: reader.offset) }
      let observation = try readObservation(&reader)
      return .success(try body(&reader, observation))
    } catch {
      isEnded = true
      _ = process.end(grace: 0)
      return .failure(.protocolViolation(detail: "expected \(error.expected) at byte \(error.offset)"))
    }
  }

  private func readObservation(_ reader: inout ByteReader) throws(ByteReaderError) -> ProbeObservation {
    var observation = ProbeObservation(
      cpuSeconds: Double(try reader.readUInt64()) / 1e9,
      heapBytes: Int(truncatingIfNeeded: try reader.readUInt64()),
      descriptorsBefore: Int(try reader.readUInt32()), descriptors: Int(try reader.readUInt32()),
      threadsBefore: Int(try reader.readUInt32()), threads: process.threadCount,
      standardOutput: try reader.readString(), standardError: standardError, changes: [])
    standardError = ""
    for _ in 0..<(try reader.readCount(minimumSize: 2)) {
      guard let trait = ProcessTrait(rawValue: try reader.readByte()) else {
        throw ByteReaderError(expected: "a trait", offset: reader.offset)
      }
      observation.changes.append(ProcessChange(trait: trait, detail: try reader.readString()))
    }
    return observation
  }

  private func failure(_ failure: ChannelFailure, limit: Int) -> AnalysisFailure {
    isEnded = true
    switch failure {
    case .timedOut:
      _ = process.end(grace: 0)
      return .timedOut(cpuSeconds: limits.cpuSeconds)
    case .tooLong(let count):
      _ = process.end(grace: 0)
      return .protocolViolation(
        detail: "an answer of \(count) bytes was announced, at most \(limit) are taken")
    case .closed:
      let (end, peak, output) = process.end(grace: 1)
      switch end {
      case .exited(let status): return .exited(status: status)
      case .signalled(SIGSYS):
        return StoppedCall.name(in: output).map { .forbiddenCall(name: $0) }
          ?? .crashed(signal: SIGSYS, output: output)
      case .signalled(SIGXCPU): return .timedOut(cpuSeconds: limits.cpuSeconds)
      case .signalled(let signal):
        return signal == SIGKILL || peak > limits.memory / 10 * 8
          ? .outOfMemory(limit: limits.memory) : .crashed(signal: signal, output: output)
      case nil: return .protocolViolation(detail: "the analyzer closed the worker's channel")
      }
    }
  }
}

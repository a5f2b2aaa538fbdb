import CodiraModel
import Glibc

/// A worker that serves the files of one setup, one after the other.
final class ServingWorker {
  let setup: AnalyzerSetup
  let process: WorkerProcess
  private let channel: HostChannel
  private let limits: AnalyzerLimits
  private var sequence: UInt64 = 0
  private var isEnded = false
  /// What holds it back; known once it was started.
  private(set) var sandbox: SandboxReport?

  init(_ setup: AnalyzerSetup, executable: String, limits: AnalyzerLimits) throws(SpawnError) {
    self.setup = setup
    self.limits = limits
    process = try WorkerProcess(executable: executable)
    channel = HostChannel(process, cpuLimit: limits.cpuSeconds)
  }

  deinit { end() }

  /// Loads the plugin and makes its instance.
  func start() throws(PluginRefusal) {
    let request = StartRequest(
      pluginPath: setup.plugin.path, serves: true, limits: limits, configuration: setup.configuration,
      projectFiles: setup.projectFiles)
    let descriptor = try requestDescriptor(request)
    guard descriptor == setup.plugin.descriptor else {
      throw .workerFailed(detail: "\(setup.plugin.path) changed since it was loaded: run the command again")
    }
    var (kind, reader) = try nextFrame()
    switch kind {
    case .ready: return
    case .unavailable:
      let reason = (try? reader.readString()) ?? ""
      throw .workerFailed(detail: reason.isEmpty ? "its create() gave no instance and no reason" : reason)
    default: throw .workerFailed(detail: "the worker did not say whether it is ready")
    }
  }

  /// Loads the plugin and gives its descriptor.
  func requestDescriptor(_ request: StartRequest) throws(PluginRefusal) -> AnalyzerDescriptor {
    sandbox = try requestSandbox(request)
    var (kind, reader) = try nextFrame()
    switch kind {
    case .descriptor: return try DescriptorDecoder.read(&reader)
    case .refusal:
      throw (try? PluginRefusal(reading: &reader)) ?? .workerFailed(detail: "an unreadable refusal")
    default: throw .workerFailed(detail: "the worker sent no descriptor")
    }
  }

  /// Sends the first request; what the worker tells of its sandbox before it loads anything.
  func requestSandbox(_ request: StartRequest) throws(PluginRefusal) -> SandboxReport {
    channel.startWatch()
    let content = request.encoded().bytes
    let outcome = content.withUnsafeBytes { bytes in
      exchange { channel throws(ChannelFailure) in
        try channel.send([bytes])
        return bytes
      }
    }
    if case .failure(let failure) = outcome { throw refusal(failure) }
    var (kind, reader) = try nextFrame()
    guard kind == .sandbox, let report = try? SandboxReport(reading: &reader) else {
      throw .workerFailed(detail: "the worker did not tell of its sandbox")
    }
    return report
  }

  /// The kind of the next frame and what stands behind it, valid until the next call.
  private func nextFrame() throws(PluginRefusal) -> (WireKind?, ByteReader) {
    let outcome = exchange { channel throws(ChannelFailure) in
      try channel.receive(limit: Wire.descriptorLimit)
    }
    switch outcome {
    case .failure(let failure): throw refusal(failure)
    case .success(let frame):
      var reader = ByteReader(frame)
      let kind = (try? reader.readByte()).flatMap(WireKind.init(rawValue:))
      return (kind, reader)
    }
  }

  /// Analyzes one source; after anything but an answer the worker is of no use any more.
  func analyze(path: String, source: UnsafeRawBufferPointer) -> Result<AnalyzerAnswer, AnalysisFailure> {
    if channel.surplus > 0 {
      return .failure(.protocolViolation(detail: "\(channel.surplus) bytes came that nobody asked for"))
    }
    sequence += 1
    channel.startWatch()
    var head = ByteWriter(capacity: path.utf8.count + 32)
    head.write(WireKind.analyze.rawValue)
    head.write(sequence)
    head.write(path)
    head.write(source.count)
    let limit = AnalyzerLimits.output(forSource: source.count)
    let outcome = head.bytes.withUnsafeBytes { head in
      exchange { channel throws(ChannelFailure) in
        try channel.send([head, source])
        // The analyzer's limit is for what it reported; sequence number and counts stand beside it.
        return try channel.receive(limit: limit + 256)
      }
    }
    switch outcome {
    case .failure(let failure): return .failure(self.failure(failure, limit: limit))
    case .success(let frame): return answer(frame, source: source, limit: limit)
    }
  }

  /// Asks the worker to destroy its instance and end; what it did instead, nil when it did so.
  func finish() -> AnalysisFailure? {
    channel.startWatch()
    let request = [WireKind.finish.rawValue]
    let sent = request.withUnsafeBytes { bytes in
      exchange { channel throws(ChannelFailure) in
        try channel.send([bytes])
        return bytes
      }
    }
    guard case .success = sent else { return failure(.closed, limit: 0) }
    isEnded = true
    let (end, _, output) = process.end(grace: 1)
    switch end {
    case .exited(0): return nil
    case .exited(let status): return .exited(status: status)
    case .signalled(SIGSYS): return stopped(output)
    case .signalled(let signal): return .crashed(signal: signal, output: output)
    case nil: return .timedOut(cpuSeconds: 1)
    }
  }

  /// Processor seconds since the last request, or a tenth of the time by the clock where that is more.
  var secondsTaken: Double { channel.secondsTaken }

  func end() {
    guard !isEnded else { return }
    isEnded = true
    _ = process.end(grace: 0)
  }

  private func answer(
    _ frame: UnsafeRawBufferPointer, source: UnsafeRawBufferPointer, limit: Int
  ) -> Result<AnalyzerAnswer, AnalysisFailure> {
    process.readOutput()
    if channel.surplus > 0 {
      return .failure(.protocolViolation(detail: "\(channel.surplus) bytes stand behind the answer"))
    }
    var reader = ByteReader(frame)
    guard let kind = (try? reader.readByte()).flatMap(WireKind.init(rawValue:)),
      let answered = try? reader.readUInt64(), answered == sequence
    else { return .failure(.protocolViolation(detail: "what came is no answer to request \(sequence)")) }
    switch kind {
    case .artifacts:
      var decoder = ArtifactDecoder(reader, source: source, language: setup.plugin.descriptor.id)
      do throws(ProtocolViolation) {
        return .success(try decoder.decode())
      } catch { return .failure(.protocolViolation(detail: error.detail)) }
    case .violation:
      return .failure(.protocolViolation(detail: (try? reader.readString()) ?? "an unreadable violation"))
    case .outputLimit: return .failure(.tooMuchOutput(limit: limit))
    default: return .failure(.protocolViolation(detail: "the answer is a frame of kind \(kind)"))
    }
  }

  private func exchange(
    _ body: (HostChannel) throws(ChannelFailure) -> UnsafeRawBufferPointer
  ) -> Result<UnsafeRawBufferPointer, ChannelFailure> {
    do throws(ChannelFailure) { return .success(try body(channel)) } catch { return .failure(error) }
  }
}

// What a broken exchange means.
extension ServingWorker {
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
      // A worker whose end of the channel is closed has nothing left to do.
      let (end, peak, output) = process.end(grace: 0.25)
      switch end {
      case .exited(let status): return .exited(status: status)
      case .signalled(SIGSYS):
        return stopped(output)
      case .signalled(SIGXCPU): return .timedOut(cpuSeconds: limits.cpuSeconds)
      case .signalled(let signal):
        return isOutOfMemory(signal, peak)
          ? .outOfMemory(limit: limits.memory) : .crashed(signal: signal, output: output)
      case nil: return .protocolViolation(detail: "the analyzer closed the worker's channel")
      }
    }
  }

  private func stopped(_ output: String) -> AnalysisFailure {
    // Blocked, as while a thread is made, the signal ends the process without a word.
    .forbiddenCall(name: StoppedCall.name(in: output) ?? "")
  }

  private func refusal(_ failure: ChannelFailure) -> PluginRefusal {
    switch self.failure(failure, limit: Wire.descriptorLimit) {
    case .exited(let status): .exited(status: status)
    case .crashed(let signal, let output): .crashed(signal: signal, output: output)
    case .timedOut(let seconds): .hung(cpuSeconds: seconds)
    case .forbiddenCall(let name): .forbiddenCall(name: name)
    case let other: .workerFailed(detail: "\(other)")
    }
  }

  /// A worker that was killed from outside, or died near its limit, died of memory.
  ///
  /// Its peak starts at the host's
  /// own, which it had before it became another program: below that nothing can be told.
  private func isOutOfMemory(_ signal: Int32, _ peak: Int) -> Bool {
    if signal == SIGKILL { return true }
    var own = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
    return peak > limits.memory / 10 * 8 && peak > own.ru_maxrss << 10
  }
}

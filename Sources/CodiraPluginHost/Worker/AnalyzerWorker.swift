import CodiraModel
import Glibc

/// The process that loads one plugin and serves its files; `codira` becomes it when it is started so.
package enum AnalyzerWorker {
  /// The first argument that makes a program a worker.
  package static let argument = "analyzer-worker"

  /// Serves as a worker and ends the process, if this process was started as one; call it first in `main`.
  package static func runIfRequested() {
    guard CommandLine.argc == 2, let first = CommandLine.unsafeArgv[1], strcmp(first, argument) == 0 else {
      return
    }
    _exit(serve())
  }

  /// The order matters: everything of the plugin's, its constructors included, runs after the rights are gone.
  private static func serve() -> Int32 {
    guard let channel = WorkerChannel(socket: Wire.workerSocket) else {
      let advice = "\(argument) is started by codira itself; use `codira index`\n"
      _ = write(STDERR_FILENO, advice, advice.utf8.count)
      return 2
    }
    WorkerRights.closeInheritedDescriptors()
    guard let frame = channel.receive(), let start = WorkerStart(frame) else { return 3 }
    WorkerRights.limit(memory: start.memory)
    let watch = start.probes ? ProcessWatch() : nil
    let sandbox = WorkerSandbox(start.sandbox)
    channel.send(sandbox.enter(plugin: start.pluginPath).encoded().bytes)
    watch?.settle()
    if start.pluginPath.isEmpty { return 0 }
    let analyzer: LoadedAnalyzer
    do throws(PluginRefusal) {
      analyzer = try LoadedAnalyzer(path: start.pluginPath)
      sandbox.close()
      channel.send(try analyzer.encodedDescriptor())
    } catch {
      channel.send(error.encoded().bytes)
      return 0
    }
    if let watch { ProbeLoop(channel, analyzer, start, watch).run() }
    if start.serves { WorkerLoop(channel, analyzer, start).run() }
    return 0
  }
}

/// The start request, its strings borrowed from a frame that is never freed.
struct WorkerStart {
  let pluginPath: String
  let serves: Bool
  let sandbox: SandboxChoice
  let probes: Bool
  let cpuMilliseconds: UInt64
  let memory: Int
  let configuration: UnsafeRawBufferPointer
  let projectFiles: [(path: UnsafeRawBufferPointer, bytes: UnsafeRawBufferPointer?)]

  init?(_ frame: UnsafeRawBufferPointer) {
    let frame = frame.copied()
    var reader = ByteReader(frame)
    do throws(ByteReaderError) {
      guard try reader.readByte() == WireKind.start.rawValue else { return nil }
      pluginPath = try reader.readString()
      let mode = try reader.readByte()
      serves = mode == 1
      probes = mode == 2
      sandbox = SandboxChoice(bits: try reader.readByte())
      cpuMilliseconds = try reader.readUInt64()
      memory = Int(truncatingIfNeeded: try reader.readUInt64())
      configuration = try reader.borrowBytes()
      var files: [(path: UnsafeRawBufferPointer, bytes: UnsafeRawBufferPointer?)] = []
      for _ in 0..<(try reader.readCount(minimumSize: 2)) {
        let path = try reader.borrowBytes()
        files.append((path, try reader.readByte() == 1 ? try reader.borrowBytes() : nil))
      }
      projectFiles = files
    } catch { return nil }
  }
}

extension UnsafeRawBufferPointer {
  /// The same bytes in memory of their own, never freed.
  func copied() -> UnsafeRawBufferPointer {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: Swift.max(count, 1), alignment: 16)
    copy.copyMemory(from: self)
    return UnsafeRawBufferPointer(rebasing: copy[..<count])
  }
}

import CodiraDigest
import CodiraModel

extension SandboxReport {
  /// What a worker of this host has in force here and now: starts one that loads nothing.
  package static func probe(executable: String = "/proc/self/exe") throws(PluginRefusal) -> SandboxReport {
    let nothing = AnalyzerSetup(
      plugin: Plugin(
        path: "", digest: SHA256.hash([]), descriptor: AnalyzerDescriptor(abiVersion: 0, id: "", version: ""))
    )
    let limits = AnalyzerLimits(cpuSeconds: 5)
    let worker: ServingWorker
    do throws(SpawnError) {
      worker = try ServingWorker(nothing, executable: executable, limits: limits)
    } catch { throw .workerFailed(detail: "\(error.step): \(systemMessage(error.errno))") }
    defer { worker.end() }
    return try worker.requestSandbox(
      StartRequest(pluginPath: "", serves: false, limits: limits, configuration: "", projectFiles: []))
  }
}

import CodiraDigest
import CodiraModel
import Glibc

/// Decides of one file after the other whether it is a plugin, starting a worker only for what the cache lacks.
struct DescriptorReader {
  struct Failure: Error {
    let refusal: PluginRefusal
    var digest: ContentHash?
  }

  private var cache: DescriptorCache
  private let limits: AnalyzerLimits
  private let executable: String

  init(cache: String?, limits: AnalyzerLimits, executable: String) {
    self.cache = DescriptorCache(path: cache)
    self.limits = limits
    self.executable = executable
  }

  /// `path` is absolute and free of links, or leads nowhere.
  mutating func read(_ path: String) -> Result<Plugin, Failure> {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let number = errno
      return .failure(
        Failure(refusal: number == ENOENT || number == ENOTDIR ? .notFound : .unreadable(errno: number)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return .failure(Failure(refusal: .notAFile)) }
    do throws(PluginRefusal) {
      try PathTrust.check(path)
    } catch { return .failure(Failure(refusal: error)) }
    let key = StatKey(status)
    if let plugin = cache.plugin(at: path, key: key) { return .success(plugin) }
    return readContent(path, key)
  }

  /// What was read of the same file before, without running anything.
  func known(_ path: String) -> Plugin? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    if let plugin = cache.plugin(at: path, key: StatKey(status)) { return plugin }
    guard let content = try? FileContent.read(path, limit: 1 << 30) else { return nil }
    return cache.plugin(at: path, digest: SHA256.hash(content))
  }

  func save() { cache.save() }

  private mutating func readContent(_ path: String, _ key: StatKey) -> Result<Plugin, Failure> {
    let readAt = StatKey.now()
    let content: [UInt8]
    do throws(FileContent.Unreadable) {
      content = try FileContent.read(path, limit: 1 << 30)
    } catch { return .failure(Failure(refusal: .unreadable(errno: error.errno))) }
    let digest = SHA256.hash(content)
    do throws(PluginRefusal) {
      let plugin: Plugin
      if let known = cache.plugin(at: path, digest: digest) {
        plugin = known
      } else {
        try checkObject(content)
        plugin = Plugin(path: path, digest: digest, descriptor: try askWorker(path))
      }
      cache.remember(plugin, key: key, readAt: readAt)
      return .success(plugin)
    } catch { return .failure(Failure(refusal: error, digest: digest)) }
  }

  private func checkObject(_ content: [UInt8]) throws(PluginRefusal) {
    let result = content.withUnsafeBytes { bytes -> Result<Void, PluginRefusal> in
      do throws(PluginRefusal) { return .success(try ELFObject.check(bytes)) } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  private func askWorker(_ path: String) throws(PluginRefusal) -> AnalyzerDescriptor {
    let request = StartRequest(
      pluginPath: path, serves: false, limits: limits, configuration: "", projectFiles: [])
    let setup = AnalyzerSetup(
      plugin: Plugin(
        path: path, digest: SHA256.hash([]),
        descriptor: AnalyzerDescriptor(abiVersion: 0, id: "", version: "")))
    let worker: ServingWorker
    do throws(SpawnError) {
      worker = try ServingWorker(setup, executable: executable, limits: limits)
    } catch { throw .workerFailed(detail: "\(error.step): \(systemMessage(error.errno))") }
    defer { worker.end() }
    return try worker.requestDescriptor(request)
  }
}

import CodiraModel
import Glibc

/// A plugin on its way into the user's folder: copied there, loaded in a worker from the copy, not yet in place.
///
///     let installation = try PluginInstallation(source: path, into: user)
///     try installation.commit()
///
/// What the worker saw are the bytes that are put into place, whatever happens to the source meanwhile.
package struct PluginInstallation {
  package enum Failure: Error {
    /// It would be refused as it is.
    case refused(PluginRefusal)
    case folder(UserPlugins.Failure)
  }

  /// What the copy says of itself.
  package let plugin: Plugin
  /// Where it goes.
  package let path: String
  private let user: UserPlugins

  /// `trustsSource`: take a file that others may write, or that lies where they may.
  package init(
    source: String, into user: UserPlugins, trustsSource: Bool = false,
    limits: AnalyzerLimits = AnalyzerLimits(cpuSeconds: 10), executable: String = "/proc/self/exe"
  ) throws(Failure) {
    let bytes = try Self.content(source, trustsSource: trustsSource)
    let staged: String
    do throws(UserPlugins.Failure) {
      try user.prepare()
      staged = try user.stage(bytes)
    } catch { throw .folder(error) }
    var reader = DescriptorReader(cache: nil, limits: limits, executable: executable)
    let real = realpath(staged, nil)
    defer { free(real) }
    switch reader.read(real.map { String(cString: $0) } ?? staged) {
    case .failure(let failure):
      unlink(staged)
      throw .refused(failure.refusal)
    case .success(let plugin):
      self.plugin = plugin
      self.user = user
      path = user.folder + "/" + PluginLocation.fileName(ofAnalyzer: plugin.descriptor.id)
    }
  }

  /// Puts it into place, in one step.
  package func commit() throws(UserPlugins.Failure) { try user.moveIntoPlace(plugin.path, path) }

  /// Leaves everything as it was.
  package func discard() { unlink(plugin.path) }

  private static func content(_ source: String, trustsSource: Bool) throws(Failure) -> [UInt8] {
    guard let real = realpath(source, nil) else { throw .refused(.notFound) }
    defer { free(real) }
    let path = String(cString: real)
    var status = stat()
    guard stat(path, &status) == 0 else { throw .refused(.unreadable(errno: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .refused(.notAFile) }
    if !trustsSource {
      do throws(PluginRefusal) { try PathTrust.check(path) } catch { throw .refused(error) }
    }
    do throws(FileContent.Unreadable) {
      return try FileContent.read(path, limit: 1 << 30)
    } catch { throw .refused(.unreadable(errno: error.errno)) }
  }
}

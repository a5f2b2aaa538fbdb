import CodiraDigest
import CodiraModel
import Glibc

/// What can be said of a plugin's file without loading it.
package struct PluginFile: Sendable {
  /// Absolute and free of links, where the file is there.
  package let path: String
  /// Bytes; nil where it cannot be read.
  package let size: Int?
  package let digest: ContentHash?
  /// Why others could change it, or nothing.
  package let distrust: PluginRefusal?
  /// Names that other objects may use, sorted; nil where its headers do not say.
  package let exports: [String]?
  /// Libraries that the loader has to find; nil where its headers do not say.
  package let libraries: [String]?

  package init(path: String) {
    self.path = Self.resolved(path)
    distrust = Self.distrust(self.path)
    let bytes = try? FileContent.read(self.path, limit: 1 << 30)
    size = bytes?.count
    digest = bytes.map(SHA256.hash)
    let object = bytes.map { bytes in bytes.withUnsafeBytes { ELFObject.names($0) } }
    exports = object?.exports
    libraries = object?.libraries
  }

  /// The path without links; as it is where it leads nowhere.
  package static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func distrust(_ path: String) -> PluginRefusal? {
    do throws(PluginRefusal) {
      try PathTrust.check(path)
      return nil
    } catch { return error }
  }
}

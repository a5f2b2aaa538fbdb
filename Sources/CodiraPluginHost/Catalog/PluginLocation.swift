import Glibc

/// Where to look for plugins: a file, or a folder of `libcodira-*.so`.
package struct PluginLocation: Hashable, Sendable {
  /// Who named it; in the order in which they win.
  package enum Origin: String, CaseIterable, Sendable {
    case explicit, environment, user, installed
  }

  package let origin: Origin
  package let path: String

  package init(_ origin: Origin, _ path: String) {
    self.origin = origin
    self.path = path
  }

  /// The places of a run: `explicit` first, then `CODIRA_PLUGINS`, the user's folder, the installation's, or
  /// where there is none the folder of the program itself.
  package static func standard(
    explicit: [String] = [], environment: (String) -> String?, executable: String
  ) -> [PluginLocation] {
    var locations = explicit.map { PluginLocation(.explicit, $0) }
    for path in (environment("CODIRA_PLUGINS") ?? "").split(separator: ":") {
      locations.append(PluginLocation(.environment, String(path)))
    }
    if let folder = userFolder(environment) { locations.append(PluginLocation(.user, folder)) }
    let folder = executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
    let installed = folder + "/../lib/codira/plugins"
    locations.append(PluginLocation(.installed, access(installed, F_OK) == 0 ? installed : folder))
    return locations
  }

  /// The folder of the user's own plugins, there or not; nil without a home.
  package static func userFolder(_ environment: (String) -> String?) -> String? {
    let home = environment("HOME").flatMap { $0.isEmpty ? nil : $0 + "/.local/share" }
    let data = environment("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home
    return data.map { $0 + "/codira/plugins" }
  }

  /// What a plugin's file is called.
  package static func fileName(ofAnalyzer id: String) -> String { "libcodira-\(id).so" }

  /// The id in the name of a file `libcodira-ID.so`.
  package static func analyzerID(ofFile path: String) -> String? {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    guard name.hasPrefix("libcodira-"), name.hasSuffix(".so") else { return nil }
    let id = name.dropFirst("libcodira-".count).dropLast(".so".count)
    return id.isEmpty ? nil : String(id)
  }

  /// The files to try.
  ///
  /// A folder that is not there has none; a file named by the user is tried in any case.
  func files() -> [String] {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    guard isFolder else { return origin == .explicit || origin == .environment ? [path] : [] }
    return folderNames(path).filter { $0.hasPrefix("libcodira-") && $0.hasSuffix(".so") }.map {
      "\(path)/\($0)"
    }
  }
}

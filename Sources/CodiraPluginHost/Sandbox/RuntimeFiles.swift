import Glibc

/// What a loader may read to load one plugin: the system's libraries, this installation's, and those beside which the
/// plugin asks to be looked for.
///
/// A plugin's own search path opens nothing but shared objects: it is the plugin's word.
enum RuntimeFiles {
  /// Folders whole and files, in no order; some may not be there.
  static func paths(forPlugin plugin: String) -> [String] {
    var paths = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", plugin]
    let program = realPath("/proc/self/exe") ?? ""
    paths.append(folder(of: program) + "/../lib/codira/runtime")
    var searched = getenv("LD_LIBRARY_PATH").map { list(String(cString: $0)) } ?? []
    let origin = folder(of: plugin)
    for entry in searchPath(of: plugin) {
      searched.append(contentsOf: list(entry).map { expanded($0, origin) })
    }
    for folder in Set(searched) where !folder.isEmpty { paths.append(contentsOf: objects(in: folder)) }
    return paths
  }

  /// Maps the file: the few pages that say it are all that is read.
  private static func searchPath(of plugin: String) -> [String] {
    let file = open(plugin, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0,
      let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED
    else { return [] }
    defer { munmap(start, Int(status.st_size)) }
    return ELFObject.searchPath(UnsafeRawBufferPointer(start: start, count: Int(status.st_size)))
  }

  private static func list(_ path: String) -> [String] {
    path.split(whereSeparator: { $0 == ":" || $0 == ";" }).map(String.init)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func expanded(_ path: String, _ origin: String) -> String {
    for word in ["$ORIGIN", "${ORIGIN}"] where path.hasPrefix(word) {
      return origin + path.dropFirst(word.count)
    }
    return path
  }

  /// Files named as shared objects are, `libx.so` and `libx.so.1`.
  private static func objects(in folder: String) -> [String] {
    folderNames(folder).filter { $0.hasSuffix(".so") || $0.firstRange(of: ".so.") != nil }
      .map { folder + "/" + $0 }
  }
}

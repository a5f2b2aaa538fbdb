import CodiraPluginHost
import Glibc

/// Where the corpus files of a plugin lie, and the plugin itself.
enum CorpusFiles {
  /// The files to test: those named, and of a folder every `*.txt` at any depth that begins as a corpus file does.
  ///
  /// Hidden folders are passed over.
  static func find(_ places: [String]) throws(CommandFailure) -> [String] {
    var files: [String] = []
    for place in places {
      if PlainFile.isFolder(place) {
        files += try inFolder(place).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      } else if PlainFile.exists(place) {
        files.append(place)
      } else {
        throw CommandFailure(.usage, code: "no_file", "There is no file or folder \(place).")
      }
    }
    return files
  }

  private static func inFolder(_ folder: String) throws(CommandFailure) -> [String] {
    var files: [String] = []
    for name in folderNames(folder) where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if isOwnFolder(path) {
        files += try inFolder(path)
      } else if name.hasSuffix(".txt"), let bytes = try PlainFile.read(path), bytes.starts(with: "=== ".utf8)
      {
        files.append(path)
      }
    }
    return files
  }

  /// Every file of a folder at any depth, its path from there; hidden ones are passed over.
  static func everyFile(_ folder: String, _ prefix: String = "") -> [String] {
    folderNames(folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      return isOwnFolder(path) ? everyFile(path, prefix + name + "/") : [prefix + name]
    }
  }

  /// The only `libcodira-*.so` in a folder of `places`, in its `build`, or where SwiftPM and cargo put theirs.
  static func plugin(near places: [String]) throws(CommandFailure) -> String {
    let folders = places.map { place in
      PlainFile.isFolder(place) ? place : place.lastIndex(of: "/").map { String(place[..<$0]) } ?? "."
    }
    for folder in folders {
      for place in [folder, "\(folder)/build", "\(folder)/.build/release", "\(folder)/target/release"] {
        let found = folderNames(place).filter { $0.hasPrefix("libcodira-") && $0.hasSuffix(".so") }
        if found.count == 1 { return "\(place)/\(found[0])" }
        if found.count > 1 {
          throw CommandFailure(
            .usage, code: "no_plugin", "\(place) has several plugins: \(found.joined(separator: ", ")).",
            hint: "Say which one to test: `--plugin \(place)/\(found[0])`.")
        }
      }
    }
    throw CommandFailure(
      .usage, code: "no_plugin",
      "There is no libcodira-*.so in \(folders.joined(separator: ", ")) or its build folder.",
      hint: "Build the plugin, or name it with `--plugin FILE.so`.")
  }

  /// A folder, not a link to one: links could lead round in a circle.
  private static func isOwnFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

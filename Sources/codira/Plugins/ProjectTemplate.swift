import ArgumentParser
import CodiraPluginHost
import Glibc

/// A project of the installation that `plugins new` copies, its placeholders filled.
///
/// `__NAME__`, `__SUFFIX__`, `__PREFIX__` and `__TYPE__` stand for a `ProjectName` in paths and in texts.
struct ProjectTemplate {
  enum Language: String, CaseIterable, ExpressibleByArgument {
    case c, cpp, swift, rust, queries

    /// The folders of templates that make a project: what the languages share, then what each has.
    var folders: [String] { self == .queries ? [rawValue] : ["common", rawValue] }
  }

  struct File {
    let path: String
    let bytes: [UInt8]
    let isExecutable: Bool
  }

  /// In order of their paths.
  let files: [File]

  init(_ language: Language, named name: ProjectName) throws(CommandFailure) {
    let root = try Self.folder()
    var files: [File] = []
    for folder in language.folders {
      for path in Self.paths(root + "/" + folder, "") {
        let place = "\(root)/\(folder)/\(path)"
        guard let bytes = try PlainFile.read(place) else { continue }
        files.append(
          File(
            path: name.fill(path), bytes: Array(name.fill(String(decoding: bytes, as: UTF8.self)).utf8),
            isExecutable: access(place, X_OK) == 0))
      }
    }
    guard files.contains(where: { $0.path == "README.md" }) else {
      throw Self.missing("\(root)/\(language.rawValue)")
    }
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Writes the project into a folder that is empty or not there yet.
  func write(into folder: String) throws(CommandFailure) {
    if PlainFile.exists(folder) {
      guard PlainFile.isFolder(folder), folderNames(folder).isEmpty else {
        throw CommandFailure(
          .usage, code: "not_empty", "\(TerminalText.escape(folder)) is there already, and no empty folder.",
          hint: "Name another one: `--directory DIR`.")
      }
    }
    for file in files {
      let path = folder + "/" + file.path
      try Self.makeFolders(of: path)
      try Self.write(file, to: path)
    }
  }

  /// Beside the models of an installation, or in the checkout whose build directory holds this program.
  private static func folder() throws(CommandFailure) -> String {
    let folder = PluginOptions.executableFolder
    let places = [folder + "/../share/codira/templates", folder + "/../../../Plugins/Templates"]
    guard let found = places.first(where: PlainFile.isFolder) else { throw missing(places[0]) }
    return found
  }

  private static func missing(_ path: String) -> CommandFailure {
    CommandFailure(
      .usage, code: "no_file", "The templates of new analyzers are missing: \(path).",
      hint: "Install codira again.")
  }

  /// The paths of all files in a folder, relative to it.
  private static func paths(_ folder: String, _ below: String) -> [String] {
    folderNames(folder + "/" + below).flatMap { name in
      PlainFile.isFolder("\(folder)/\(below)\(name)") ? paths(folder, below + name + "/") : [below + name]
    }
  }

  private static func makeFolders(of path: String) throws(CommandFailure) {
    for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
      let folder = String(decoding: path.utf8.prefix(index), as: UTF8.self)
      if mkdir(folder, 0o777) != 0, !PlainFile.isFolder(folder) { throw unwritable(folder, errno) }
    }
  }

  private static func write(_ file: File, to path: String) throws(CommandFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file.isExecutable ? 0o777 : 0o666)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    defer { close(descriptor) }
    var rest = file.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { throw unwritable(path, errno) }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private static func unwritable(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure(
      .usage, code: "not_writable",
      "Cannot write \(TerminalText.escape(path)): \(String(cString: strerror(code))).",
      hint: "Name another place: `--directory DIR`.")
  }
}

import CodiraAnalyzerKit

/// Which import path a folder has, and which import paths lie in the repository: what the `go.mod` files say.
struct Modules {
  private struct Module {
    /// Of its `go.mod`, without a slash at its end; empty for the root.
    var folder: String
    var path: String
  }

  /// The deepest folder first.
  private var modules: [Module] = []
  /// Packages that `vendor/modules.txt` lists.
  private var vendored: Set<String> = []
  private var hasStandardLibrary = false

  init(_ project: Project) {
    for file in project.files {
      guard let bytes = file.bytes else { continue }
      let path = file.path.description
      if path.hasSuffix("modules.txt") {
        readVendored(Text(bytes))
      } else if let module = Modules.modulePath(Text(bytes)) {
        modules.append(Module(folder: Modules.folder(of: path), path: module))
      }
    }
    modules.sort { ($1.folder.utf8.count, $0.folder) < ($0.folder.utf8.count, $1.folder) }
    hasStandardLibrary = modules.contains { $0.path == "std" }
  }

  /// Where an import leads.
  enum Place { case repository, standardLibrary, dependency, unknown }

  func place(of importPath: String) -> Place {
    if modules.contains(where: { importPath == $0.path || importPath.hasPrefix($0.path + "/") }) {
      return .repository
    }
    if vendored.contains(importPath) { return .repository }
    let first = importPath.prefix { $0 != "/" }
    if !first.contains(".") { return hasStandardLibrary ? .repository : .standardLibrary }
    return modules.isEmpty ? .unknown : .dependency
  }

  /// The import path of a file's folder; empty for the root of a repository without `go.mod`.
  ///
  /// What lies under `vendor` keeps its own path; without a `go.mod`, what lies under `src` has the path from there.
  func importPath(of file: Text) -> String {
    let folder = Modules.folder(of: file.description)
    if let inner = Modules.part(of: folder, behind: "vendor") { return inner }
    guard
      let module = modules.first(where: {
        $0.folder.isEmpty || folder == $0.folder || folder.hasPrefix($0.folder + "/")
      })
    else { return Modules.part(of: folder, behind: "src") ?? folder }
    var rest = folder.dropFirst(module.folder.utf8.count)
    if rest.first == "/" { rest = rest.dropFirst() }
    if rest.isEmpty { return module.path }
    return module.path == "std" ? String(rest) : module.path + "/" + rest
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// What follows the last component `name` of a path.
  private static func part(of path: String, behind name: String) -> String? {
    let parts = path.split(separator: "/")
    guard let index = parts.lastIndex(of: Substring(name)), index + 1 < parts.count else { return nil }
    return parts[(index + 1)...].joined(separator: "/")
  }

  /// The operand of the line `module path`.
  private static func modulePath(_ text: Text) -> String? {
    for line in text.split(at: "\n") {
      let words = line.trimmed
      guard words.hasPrefix("module"), words.count > 6,
        Text.isSpace(words[6]) || words[6] == UInt8(ascii: "\"")
      else { continue }
      let path = words.dropFirst(6).description.split(separator: "//", maxSplits: 1).first ?? ""
      let name = path.filter { $0 != "\"" && $0 != "`" && !$0.isWhitespace }
      return name.isEmpty ? nil : String(name)
    }
    return nil
  }

  private mutating func readVendored(_ text: Text) {
    for line in text.split(at: "\n") where !line.hasPrefix("#") && !line.trimmed.isEmpty {
      vendored.insert(line.trimmed.description)
    }
  }
}

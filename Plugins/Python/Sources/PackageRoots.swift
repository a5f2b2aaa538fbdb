import CodiraAnalyzerKit

/// A file's place among modules: `requests/sessions` for `src/requests/sessions.py`.
struct ModulePath {
  /// Names from the outermost package inwards; never empty.
  var components: [Text]
  /// It is a package's `__init__`.
  var isPackage: Bool
  /// It lies in a folder that has an `__init__` above or beside it.
  var isInPackage: Bool
  /// It is a `.pyi` file: what it declares is defined elsewhere.
  var isStub: Bool

  /// The package that `.` means here.
  var package: ArraySlice<Text> { isPackage ? components[...] : components.dropLast() }
}

/// The folders that are packages, by the `__init__` files of the project.
///
/// A file belongs to the topmost package above it, through folders without `__init__`; outside any package its
/// module is its path from the repository's root.
struct PackageRoots {
  private var folders: Set<String> = []
  /// Folders that have a `conftest.py`.
  private var testFolders: Set<String> = []
  /// Names of topmost packages: what an absolute import of this repository begins with.
  private(set) var names: Set<String> = []
  /// The folders of topmost packages that lie in other folders, by their last name.
  private var roots: [String: [String]] = [:]

  init(_ project: Project) {
    for file in project.files {
      let path = file.path
      let slash = path.lastIndex(of: "/")
      if path.hasSuffix("conftest.py") {
        testFolders.insert(slash.map { path[0..<$0].description } ?? "")
        continue
      }
      guard let slash else { continue }
      folders.insert(path[0..<slash].description)
    }
    for folder in folders where topmost(above: folder) == folder {
      let name = folder.split(separator: "/").last.map(String.init) ?? folder
      names.insert(name)
      if name != folder { roots[name, default: []].append(folder) }
    }
  }

  func module(path: Text, arena: Arena) -> ModulePath {
    let isStub = path.hasSuffix(".pyi")
    var parts = path.split(at: "/")
    parts[parts.count - 1] = PackageRoots.stem(parts[parts.count - 1])
    let isPackage = parts.count > 1 && parts.last == "__init__"
    var depth = 0
    var folder = ""
    for (index, part) in parts.dropLast().enumerated() {
      folder += index == 0 ? part.description : "/\(part)"
      if folders.contains(folder) {
        depth = index + 1
        break
      }
    }
    let isInPackage = depth > 0
    if isPackage { parts.removeLast() }
    return ModulePath(
      components: Array(parts.dropFirst(max(0, depth - 1))), isPackage: isPackage, isInPackage: isInPackage,
      isStub: isStub)
  }

  /// The modules of the `conftest.py` files in the folders of a file, the nearest first.
  func conftests(above path: Text, arena: Arena) -> [[Text]] {
    guard !testFolders.isEmpty else { return [] }
    var found: [[Text]] = []
    var rest = path
    while !rest.isEmpty {
      rest = rest[0..<(rest.lastIndex(of: "/") ?? 0)]
      guard testFolders.contains(rest.description) else { continue }
      let file: Text = rest.isEmpty ? "conftest.py" : arena.join(rest, "/", "conftest.py")
      found.append(module(path: file, arena: arena).components)
    }
    return found
  }

  /// The package that `a.b.c` means where `c` is a topmost package in the folders `a/b`, which have no `__init__`.
  func package(in components: [Text]) -> ArraySlice<Text>? {
    guard components.count > 1, !roots.isEmpty else { return nil }
    var folder = components[0].description
    for place in 1..<components.count {
      let name = components[place].description
      folder += "/\(name)"
      if roots[name]?.contains(where: { $0 == folder || $0.hasSuffix("/" + folder) }) == true {
        return components[place...]
      }
    }
    return nil
  }

  private func topmost(above folder: String) -> String? {
    var prefix = ""
    for part in folder.split(separator: "/") {
      prefix += prefix.isEmpty ? String(part) : "/\(part)"
      if folders.contains(prefix) { return prefix }
    }
    return nil
  }

  private static func stem(_ name: Text) -> Text {
    for suffix: Text in [".pyi", ".pyw", ".py"] where name.hasSuffix(suffix) && name.count > suffix.count {
      return name.dropLast(suffix.count)
    }
    return name
  }
}

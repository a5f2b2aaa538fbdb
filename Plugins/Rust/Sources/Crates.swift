import CodiraAnalyzerKit

/// A file's place among modules: `serde/de` for `src/de/mod.rs` of the package `serde`.
struct ModulePath: Equatable {
  /// Names from the crate inwards; never empty.
  var components: [String]
  /// How many of them name the crate.
  var crateDepth: Int
  /// The folder in which the files of its `mod x;` lie.
  var childFolder: String
  /// The folder of the file itself.
  var folder: String
  var isTest = false
  /// By the package's folder.
  var package: String?
}

/// The crates of a repository, by its `Cargo.toml` files and the places of `lib.rs` and `main.rs`.
///
/// A library is known by its crate's name, and so is the one binary of a package without a library; every
/// other
/// target by its package's name and its path.
struct Crates {
  /// Modules below a folder that belong to one crate.
  private struct Tree {
    var folder: String
    var root: String
    var components: [String]
  }

  private struct Package {
    var manifest: Manifest
    var trees: [Tree]
    var name: String
  }

  private var packages: [String: Package] = [:]
  /// The libraries of this repository, by the name that sources use.
  private var libraries: [String: String] = [:]

  init(_ project: Project) {
    var roots: Set<String> = []
    var manifests: [(folder: String, manifest: Manifest)] = []
    for file in project.files {
      let path = file.path.description
      if let bytes = file.bytes, path.hasSuffix("Cargo.toml") {
        manifests.append((Crates.folder(of: path), Manifest(bytes)))
      } else {
        roots.insert(path)
      }
    }
    manifests.removeAll { $0.manifest.package == nil }
    let folders = Set(manifests.map(\.folder))
    let owned = Dictionary(grouping: roots.sorted()) { Crates.nearest($0, folders) ?? "" }
    for (folder, manifest) in manifests { add(manifest, folder, owned[folder] ?? []) }
  }

  private mutating func add(_ manifest: Manifest, _ folder: String, _ roots: [String]) {
    guard let package = manifest.package else { return }
    func within(_ path: String) -> String { Crates.normalized(Crates.join(folder, path)) }
    let library = manifest.targets.first { $0.kind == "lib" }
    let libraryRoot = within(library?.path ?? "src/lib.rs")
    let hasLibrary = library != nil || roots.contains(libraryRoot)
    let name = Manifest.identifier(library?.name ?? package)
    var trees: [Tree] = []
    if hasLibrary {
      trees.append(Tree(folder: Crates.folder(of: libraryRoot), root: libraryRoot, components: [name]))
    }
    var binaries = manifest.targets.filter { $0.kind != "lib" }.compactMap(\.path).map(within)
    binaries += roots.filter { $0.hasSuffix("main.rs") && !binaries.contains($0) }
    let main = within("src/main.rs")
    let named = manifest.targets.filter { $0.kind == "bin" }.compactMap(\.path).map(within)
    let only = binaries.contains(main) ? main : named.count == 1 ? named[0] : nil
    for root in binaries where !trees.contains(where: { $0.root == root }) {
      let isCrate = !hasLibrary && root == only
      let path = String(root.dropFirst(folder.isEmpty ? 0 : folder.count + 1))
      trees.append(
        Tree(
          folder: Crates.folder(of: root), root: root,
          components: isCrate ? [name] : [name, Crates.target(path)]))
    }
    packages[folder] = Package(manifest: manifest, trees: trees, name: name)
    if hasLibrary { libraries[name] = name }
  }

  func module(_ path: String) -> ModulePath {
    guard let (folder, package) = package(of: path) else { return loose(path) }
    let file = String(path.dropFirst(folder.isEmpty ? 0 : folder.count + 1))
    let isTest = ["tests/", "benches/"].contains { file.hasPrefix($0) }
    let own = Crates.folder(of: path)
    if let tree = package.trees.first(where: { $0.root == path }) {
      return ModulePath(
        components: tree.components, crateDepth: tree.components.count, childFolder: own, folder: own,
        isTest: isTest, package: folder)
    }
    let isScript = Crates.isScript(file) && !package.manifest.isListed.contains(Crates.folder(of: file))
    if !isScript, let tree = tree(of: own, in: package) {
      let inner = String(path.dropFirst(tree.folder.isEmpty ? 0 : tree.folder.count + 1))
      let names = Crates.names(inner)
      return ModulePath(
        components: tree.components + names, crateDepth: tree.components.count,
        childFolder: names.reduce(tree.folder, Crates.join), folder: own, isTest: isTest, package: folder)
    }
    let components = [package.name, Crates.target(file)]
    let isRoot = isScript || file.hasSuffix("/mod.rs")
    return ModulePath(
      components: components, crateDepth: 2, childFolder: isRoot ? own : String(path.dropLast(3)),
      folder: own,
      isTest: isTest, package: folder)
  }

  /// What the crate `name` of the file's package is: a library here, or nothing of this repository.
  func library(_ name: String, from module: ModulePath) -> String? {
    if let package = module.package.flatMap({ packages[$0] }),
      let written = package.manifest.dependencies[name]
    {
      return libraries[Manifest.identifier(written)]
    }
    return libraries[name]
  }

  /// Whether the file's package says that it depends on `name`.
  func isDependency(_ name: String, of module: ModulePath) -> Bool {
    module.package.flatMap { packages[$0] }?.manifest.dependencies[name] != nil
  }

  func isEdition2015(_ module: ModulePath) -> Bool {
    module.package.flatMap { packages[$0] }?.manifest.isEdition2015 ?? false
  }

  private func package(of path: String) -> (String, Package)? {
    guard let folder = Crates.nearest(path, packages.keys), let package = packages[folder] else { return nil }
    return (folder, package)
  }

  /// The deepest of `folders` around a file.
  private static func nearest(_ path: String, _ folders: some Collection<String>) -> String? {
    folders.filter { isInside(path, $0) }.max { $0.utf8.count < $1.utf8.count }
  }

  /// The tree with the deepest folder around `folder`; of two in one folder the library's.
  private func tree(of folder: String, in package: Package) -> Tree? {
    var best: Tree?
    for tree in package.trees where Crates.isInside(folder + "/", tree.folder) {
      if let known = best, known.folder.utf8.count >= tree.folder.utf8.count { continue }
      best = tree
    }
    return best
  }

  /// A file outside any package: its path from the repository's root.
  private func loose(_ path: String) -> ModulePath {
    var names = Crates.names(path)
    if names.isEmpty { names = [String(path.dropLast(3))] }
    let source = names.lastIndex(of: "src")
    if let source { names.remove(at: source) }
    if names.isEmpty { names = ["src"] }
    let own = Crates.folder(of: path)
    let isRoot = Crates.isRootName(path)
    return ModulePath(
      components: names, crateDepth: max(1, source ?? 1),
      childFolder: isRoot ? own : String(path.dropLast(3)),
      folder: own)
  }

  // MARK: paths

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  static func join(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }

  /// Without `.` and `..`.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  private static func isInside(_ path: String, _ folder: String) -> Bool {
    folder.isEmpty || (path.hasPrefix(folder) && path.dropFirst(folder.count).hasPrefix("/"))
  }

  /// A crate of its own by its place: `build.rs`, or a file directly in `tests`, `src/bin` and such.
  private static func isScript(_ file: String) -> Bool {
    ["", "tests", "examples", "benches", "src/bin"].contains(folder(of: file))
  }

  private static func isRootName(_ path: String) -> Bool {
    ["lib.rs", "main.rs", "mod.rs"].contains { path == $0 || path.hasSuffix("/" + $0) }
  }

  /// Module names of a path: `de/mod.rs` is `de`.
  private static func names(_ path: String) -> [String] {
    var names = path.dropLast(3).split(separator: "/").map(String.init)
    if isRootName(path) { names.removeLast() }
    return names
  }

  /// The name of a target that is no library: its path.
  private static func target(_ path: String) -> String {
    let stem = String(path.dropLast(3))
    for ending in ["/main", "/mod"] where stem.hasSuffix(ending) && stem != "src/main" {
      return String(stem.dropLast(ending.count))
    }
    return stem
  }
}

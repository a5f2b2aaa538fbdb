import CodiraAnalyzerKit

/// What the project's `package.json` and `tsconfig.json` files say about import specifiers.
struct ProjectModules {
  /// Where a specifier may lead, in order of preference; none where it leaves the repository.
  typealias Modules = [[Text]]

  /// A package of this repository: its folder and the files that its manifest names, by subpath without `./`.
  private struct Package {
    var folder: [Text]
    var entries: [(subpath: Text, path: [Text])] = []
  }

  /// One line of `paths`, or `baseUrl`, which is the pattern `*`.
  fileprivate struct Alias {
    var folder: [Text]
    var base: [Text]
    var pattern: Text
    var targets: [Text]
  }

  private static let limit = 4

  private var packages: [Text: Package] = [:]
  /// Those of the deepest folder first.
  private var aliases: [Alias] = []

  init(_ project: Project) {
    for file in project.files {
      guard let bytes = file.bytes else { continue }
      var folder = file.path.split(at: "/")
      let name = folder.removeLast()
      if folder.contains("node_modules") { continue }
      let json = JSONReader.read(bytes)
      if name == "package.json" {
        readPackage(json, folder)
      } else {
        readConfiguration(json, folder)
      }
    }
    aliases.sort { ($0.folder.count, $0.pattern.count) > ($1.folder.count, $1.pattern.count) }
  }

  /// The modules that `specifier` may name in a file of `folder`.
  func modules(_ specifier: Text, from folder: [Text], arena: Arena) -> Modules {
    if specifier == "." || specifier == ".." || specifier.hasPrefix("./")
      || specifier.hasPrefix("../")
    {
      return ModulePath.join(folder, specifier.split(at: "/")).map { [ModulePath.module($0)] } ?? []
    }
    var found: Modules = []
    for alias in aliases where folder.starts(with: alias.folder) {
      for path in alias.paths(specifier, arena) { add(ModulePath.module(path), to: &found) }
    }
    for path in packagePaths(specifier) { add(ModulePath.module(path), to: &found) }
    return found
  }

  /// Whether a specifier names a package of this repository, or one of its aliases.
  func isOwn(_ specifier: Text, from folder: [Text], arena: Arena) -> Bool {
    package(specifier) != nil
      || aliases.contains {
        $0.pattern != "*" && folder.starts(with: $0.folder) && !$0.paths(specifier, arena).isEmpty
      }
  }

  private func add(_ module: [Text], to found: inout Modules) {
    if found.count < ProjectModules.limit, !found.contains(module) { found.append(module) }
  }

  // MARK: packages

  private mutating func readPackage(_ json: JSONValue, _ folder: [Text]) {
    guard let name = json["name"]?.text, packages[name] == nil else { return }
    var package = Package(folder: folder)
    for key: Text in ["source", "types", "typings", "module", "main"] {
      if let path = json[key]?.text { package.entries.append(("", path.split(at: "/"))) }
    }
    if let exports = json["exports"] {
      if let path = exports.text { package.entries.append(("", path.split(at: "/"))) }
      for (key, value) in exports.members where key.hasPrefix(".") {
        for target in ProjectModules.leaves(value).prefix(3) {
          package.entries.append((key == "." ? "" : key.dropFirst(2), target.split(at: "/")))
        }
      }
    }
    packages[name] = package
  }

  /// The files of an entry: those that every importer may mean before those of special conditions.
  private static func leaves(_ value: JSONValue) -> [Text] {
    switch value {
    case .text(let text): return [text]
    case .object(let members):
      let (plain, special) = (members.filter { isPlain($0.key) }, members.filter { !isPlain($0.key) })
      return (plain + special).flatMap { leaves($0.value) }
    case .list(let values): return values.flatMap { leaves($0) }
    case .other: return []
    }
  }

  private static func isPlain(_ condition: Text) -> Bool {
    ["source", "types", "import", "module", "require", "default"].contains(condition)
  }

  private func package(_ specifier: Text) -> (package: Package, rest: Text)? {
    let parts = specifier.split(at: "/")
    let count = specifier.hasPrefix("@") ? 2 : 1
    guard parts.count >= count else { return nil }
    let length = parts.prefix(count).reduce(-1) { $0 + $1.count + 1 }
    guard let package = packages[specifier[0..<length]] else { return nil }
    return (package, specifier.dropFirst(length + 1))
  }

  /// What is built into `dist` or `lib` is written in `src`.
  private func packagePaths(_ specifier: Text) -> [[Text]] {
    guard let (package, rest) = package(specifier) else { return [] }
    var paths: [[Text]] = []
    for entry in package.entries where entry.subpath == rest {
      guard let path = ModulePath.join([], entry.path), let first = path.first else { continue }
      if ["dist", "lib", "build", "out", "esm", "cjs", "es", "types"].contains(first),
        path.count > 1
      {
        paths.append(package.folder + ["src"] + path.dropFirst())
      }
      paths.append(package.folder + path)
    }
    let parts = rest.isEmpty ? ["index"] : rest.split(at: "/")
    paths.append(package.folder + ["src"] + parts)
    paths.append(package.folder + parts)
    return paths
  }

  // MARK: aliases

  private mutating func readConfiguration(_ json: JSONValue, _ folder: [Text]) {
    guard let options = json["compilerOptions"] else { return }
    let url = options["baseUrl"]?.text
    let base = url.flatMap { ModulePath.join(folder, $0.split(at: "/")) } ?? folder
    for (pattern, targets) in options["paths"]?.members ?? [] {
      aliases.append(Alias(folder: folder, base: base, pattern: pattern, targets: targets.texts))
    }
    if url != nil {
      aliases.append(Alias(folder: folder, base: base, pattern: "*", targets: ["*"]))
    }
  }
}

extension ProjectModules.Alias {
  /// The paths that the alias makes of a specifier; none where it does not fit.
  fileprivate func paths(_ specifier: Text, _ arena: Arena) -> [[Text]] {
    guard let star = pattern.firstIndex(of: "*") else {
      return specifier == pattern
        ? targets.compactMap { ModulePath.join(base, $0.split(at: "/")) } : []
    }
    let (prefix, suffix) = (pattern[0..<star], pattern.dropFirst(star + 1))
    guard specifier.count >= prefix.count + suffix.count, specifier.hasPrefix(prefix),
      specifier.hasSuffix(suffix)
    else { return [] }
    let middle = specifier.dropFirst(prefix.count).dropLast(suffix.count)
    return targets.compactMap { target in
      guard let star = target.firstIndex(of: "*") else { return nil }
      let path = arena.join(target[0..<star], middle, target.dropFirst(star + 1))
      return ModulePath.join(base, path.split(at: "/"))
    }
  }
}

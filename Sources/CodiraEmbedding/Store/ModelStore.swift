import CodiraModel
import Glibc

/// Models by content: `<root>/<fingerprint>/` holds the files and a manifest, `<root>/names/<name>` says which one a
/// name means now.
///
///     let store = ModelStore(root: ModelStore.defaultRoot(environment), installations: ["/usr/share/codira/models"])
///     let model = try EmbeddingModel(directory: store.resolve("all-MiniLM-L6-v2").directory)
///
/// The root is written by `install` alone; installations are read only and looked through after it.
public struct ModelStore: Sendable {
  public let root: String
  public let installations: [String]

  public init(root: String, installations: [String] = []) {
    self.root = root
    self.installations = installations
  }

  /// Where a user's models are: `CODIRA_MODEL_HOME`, else `codira/models` in `XDG_DATA_HOME` or `~/.local/share`.
  public static func defaultRoot(_ environment: [String: String]) -> String {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let home = value("CODIRA_MODEL_HOME") { return home }
    if let data = value("XDG_DATA_HOME") { return "\(data)/codira/models" }
    return "\(value("HOME") ?? "/")/.local/share/codira/models"
  }

  /// A model in the store; opening it is `EmbeddingModel(directory:)`.
  public struct Installed: Equatable, Sendable {
    public let name: String
    public let directory: String
    public let fingerprint: ContentHash
    public let byteCount: Int
  }

  /// The model of that name, if its files are as they were installed.
  ///
  /// Sizes and stat keys are compared with the manifest; a file whose key differs is hashed again, and a new key that
  /// goes with the right hash is written down where the store may be written.
  public func resolve(_ name: String) throws(EmbeddingError) -> Installed {
    try check(name, hashing: false)
  }

  /// Hashes every file of the model and compares with the manifest, then opens it and checks its weights.
  public func verify(_ name: String) throws(EmbeddingError) -> Installed {
    let installed = try check(name, hashing: true)
    try EmbeddingModel(directory: installed.directory).checkValues()
    return installed
  }

  /// The models of all roots by name; of two with one name, the one that `resolve` finds.
  public func list() throws(EmbeddingError) -> [Installed] {
    var found: [String: Installed] = [:]
    for place in [root] + installations {
      for name in try FileSystem.list("\(place)/names") where found[name] == nil && Self.isName(name) {
        let (directory, manifest) = try open(name, in: place)
        found[name] = Installed(name, directory, manifest)
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// Copies a model directory into the store under a name, by default the directory's own.
  ///
  /// The source must open as a model, and all its weights must be finite. The copy is hashed and moved to its place in one step; what an interruption
  /// leaves behind is never seen under a name.
  public func install(from source: String, name: String? = nil) throws(EmbeddingError) -> Installed {
    let name = name ?? String(source.split(separator: "/").last ?? "")
    guard Self.isName(name) else { throw .invalidName(name) }
    try EmbeddingModel(directory: source).checkValues()
    try FileSystem.createDirectory("\(root)/names")
    let work = "\(root)/.install-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { FileSystem.remove(work) }
    let manifest = ModelManifest(name: name, files: try copyFiles(from: source, to: work, model: name))
    try manifest.write(to: "\(work)/\(ModelManifest.fileName)")

    let directory = "\(root)/\(manifest.fingerprint.hex)"
    if rename(work, directory) != 0 {
      // The same content is there already; it may have been damaged since, so the new copy takes its place.
      guard errno == EEXIST || errno == ENOTEMPTY, rename(directory, "\(work).old") == 0 else {
        throw .unwritable(path: directory, errno: errno)
      }
      defer { FileSystem.remove("\(work).old") }
      guard rename(work, directory) == 0 else { throw .unwritable(path: directory, errno: errno) }
    }
    try FileSystem.replace("\(root)/names/\(name)", with: Array("\(manifest.fingerprint.hex)\n".utf8))
    return Installed(name, directory, manifest)
  }

  private func copyFiles(
    from source: String, to work: String, model: String
  ) throws(EmbeddingError) -> [ModelManifest.File] {
    try FileSystem.createDirectory(work)
    var files: [ModelManifest.File] = []
    for file in try EmbeddingModel.fileNames(directory: source) where FileSystem.exists("\(source)/\(file)") {
      let copy = "\(work)/\(file)"
      try FileSystem.createDirectory(FileSystem.parent(of: copy))
      try FileSystem.copy("\(source)/\(file)", to: copy)
      let expected = try FileSystem.hash("\(source)/\(file)")
      let hash = try FileSystem.hash(copy)
      guard hash == expected else {
        throw .damaged(model: model, path: copy, expected: expected, found: hash)
      }
      files.append(ModelManifest.File(name: file, hash: hash, stat: try FileSystem.statKey(copy)))
    }
    return files
  }

  private func check(_ name: String, hashing: Bool) throws(EmbeddingError) -> Installed {
    guard Self.isName(name) else { throw .invalidName(name) }
    let places = [root] + installations
    guard let place = places.first(where: { FileSystem.exists("\($0)/names/\(name)") }) else {
      throw .absent(model: name, searched: places)
    }
    let (directory, manifest) = try open(name, in: place)
    var seen = manifest
    for (index, file) in manifest.files.enumerated() {
      let path = "\(directory)/\(file.name)"
      seen.files[index].stat = try FileSystem.statKey(path)
      let size = seen.files[index].stat.size
      guard size == file.stat.size else {
        throw .resized(model: name, path: path, expected: file.stat.size, found: size)
      }
      guard hashing || seen.files[index].stat != file.stat else { continue }
      let hash = try FileSystem.hash(path)
      guard hash == file.hash else {
        throw .damaged(model: name, path: path, expected: file.hash, found: hash)
      }
    }
    if seen != manifest { try? seen.write(to: "\(directory)/\(ModelManifest.fileName)") }
    return Installed(name, directory, manifest)
  }

  private func open(
    _ name: String, in place: String
  ) throws(EmbeddingError) -> (directory: String, manifest: ModelManifest) {
    let pointer = "\(place)/names/\(name)"
    let text = String(
      decoding: try FileSystem.read(pointer).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard let fingerprint = ContentHash(hex: text) else {
      throw .malformed(path: pointer, reason: "64 hexadecimal digits are expected")
    }
    let directory = "\(place)/\(fingerprint.hex)"
    let path = "\(directory)/\(ModelManifest.fileName)"
    let manifest = try ModelManifest(path: path)
    guard manifest.fingerprint == fingerprint else {
      throw .malformed(path: path, reason: "it is the manifest of \(manifest.fingerprint)")
    }
    return (directory, manifest)
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains(UInt8(ascii: "/")) && !name.utf8.contains(0)
      && name.utf8.count < 200
  }
}

extension ModelStore.Installed {
  fileprivate init(_ name: String, _ directory: String, _ manifest: ModelManifest) {
    self.init(
      name: name, directory: directory, fingerprint: manifest.fingerprint,
      byteCount: manifest.files.reduce(0) { $0 + $1.stat.size })
  }
}

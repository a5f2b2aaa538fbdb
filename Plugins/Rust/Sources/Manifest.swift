import CodiraAnalyzerKit

/// What a `Cargo.toml` says of names and places: the few keys that identities depend on.
///
/// Reads tables, `key = "text"` and inline tables on one line; everything else is passed over.
struct Manifest {
  struct Target {
    /// `lib`, `bin`, `test`, `example`, `bench`.
    var kind: String
    var name: String?
    var path: String?
  }

  /// nil for a workspace without a package of its own.
  var package: String?
  var isEdition2015 = true
  var targets: [Target] = []
  /// Folders whose files are targets only where the manifest lists them.
  var isListed: Set<String> = []
  /// By the name that sources use, the package's own name: `tokio_util` → `tokio-util`.
  var dependencies: [String: String] = [:]

  init(_ bytes: UnsafeRawBufferPointer) {
    var table = ""
    for line in Text(bytes).split(at: "\n") {
      let line = line.trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("[") {
        table = line.bytes.lastIndex(of: UInt8(ascii: "]")).map { line[0..<$0] }?.description ?? ""
        table = String(table.drop { $0 == "[" }).filter { $0 != "]" && $0 != "\"" }
        open(table)
      } else if let equals = line.firstIndex(of: "=") {
        read(
          table, line[0..<equals].trimmed.description.filter { $0 != "\"" },
          line.dropFirst(equals + 1).trimmed)
      }
    }
  }

  private static let kinds: Set<String> = ["lib", "bin", "test", "example", "bench"]

  private static let folders = [
    "autobins": "src/bin", "autotests": "tests", "autoexamples": "examples", "autobenches": "benches",
  ]

  private mutating func open(_ table: String) {
    if Manifest.kinds.contains(table) { targets.append(Target(kind: table)) }
    if let name = Manifest.dependency(table: table) { depend(on: name, package: nil) }
  }

  private mutating func read(_ table: String, _ key: String, _ value: Text) {
    let text = Manifest.quoted(value)
    switch table {
    case "package", "project":
      if key == "name" { package = text }
      if key.hasPrefix("auto"), value.hasPrefix("false") { isListed.insert(Manifest.folders[key] ?? "") }
      if key.hasPrefix("edition") { isEdition2015 = text == "2015" }
    case _ where Manifest.kinds.contains(table):
      if key == "name" { targets[targets.count - 1].name = text }
      if key == "path" { targets[targets.count - 1].path = text }
    case _ where table.hasSuffix("dependencies"):
      depend(on: String(key.prefix { $0 != "." }), package: Manifest.entry("package", of: value))
    default:
      if key == "package", let name = Manifest.dependency(table: table) { depend(on: name, package: text) }
    }
  }

  private mutating func depend(on name: String, package: String?) {
    dependencies[Manifest.identifier(name)] = package ?? name
  }

  /// `x` in `[dependencies.x]`.
  private static func dependency(table: String) -> String? {
    guard let dot = table.lastIndex(of: "."), table[..<dot].hasSuffix("dependencies") else { return nil }
    return String(table[table.index(after: dot)...])
  }

  /// The text between the first quotes.
  private static func quoted(_ value: Text) -> String? {
    guard let quote = value.bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let end = value.dropFirst(1).bytes.firstIndex(of: quote)
    else { return nil }
    return value.dropFirst(1)[0..<end].description
  }

  /// `key = "text"` inside `{ … }`.
  private static func entry(_ key: String, of table: Text) -> String? {
    guard table.hasPrefix("{") else { return nil }
    for part in table.dropFirst(1).split(at: ",") {
      guard let equals = part.firstIndex(of: "="), part[0..<equals].trimmed.description == key else {
        continue
      }
      return quoted(part.dropFirst(equals + 1).trimmed)
    }
    return nil
  }

  /// A package's name as sources write it.
  static func identifier(_ name: String) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }
}

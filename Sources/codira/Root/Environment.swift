import Glibc

/// The environment variables a run may look at; a table in tests.
struct Environment: Sendable {
  private let lookUp: @Sendable (String) -> String?

  init(_ lookUp: @escaping @Sendable (String) -> String?) { self.lookUp = lookUp }

  init(_ table: [String: String]) { self.init { table[$0] } }

  static let process = Environment { name in getenv(name).map { String(cString: $0) } }

  /// The variable's value; an empty one counts as not set.
  subscript(name: String) -> String? {
    guard let value = lookUp(name), !value.isEmpty else { return nil }
    return value
  }

  subscript(name: String, orEmpty fallback: String) -> String { self[name] ?? fallback }

  /// A folder of the XDG base directories: `$XDG_CONFIG_HOME`, else `~/.config`.
  func baseFolder(_ variable: String, under home: String) -> String? {
    if let folder = self[variable], folder.hasPrefix("/") { return folder }
    return self["HOME"].map { $0 + "/" + home }
  }
}

import CodiraModel

/// The settings in force: environment over the repository's file over the user's file over defaults.
///
/// Flags stand above all of them; commands hand theirs in where they ask.
struct Configuration: Sendable {
  enum Origin: Hashable, Sendable {
    case standard
    case user(path: String)
    case repository(path: String)
    case environment(name: String)

    /// The words that `config list` shows.
    var text: String {
      switch self {
      case .standard: "default"
      case .user(let path), .repository(let path): path
      case .environment(let name): name
      }
    }
  }

  struct Setting: Hashable, Sendable {
    var value: JSONValue
    var origin: Origin
  }

  private var settings: [ConfigurationKey: Setting] = [:]
  /// Settings of each analyzer, by its id.
  private(set) var analyzers: [String: JSONObject] = [:]
  /// Path patterns of each layer, by its name.
  private(set) var layers: [String: [String]] = [:]
  /// Which analyzer takes what several claim, by suffix, file name or interpreter.
  private(set) var owners: [String: Owner] = [:]

  struct Owner: Hashable, Sendable {
    var analyzer: String
    var origin: Origin
  }

  /// Reads the files that exist; `repository` is the path of the repository's own.
  static func load(environment: Environment, repository: String?) -> Result<Configuration, CommandFailure> {
    do throws(CommandFailure) {
      var configuration = Configuration()
      if let user = userFile(environment) { try configuration.apply(file: user, .user(path: user)) }
      if let repository { try configuration.apply(file: repository, .repository(path: repository)) }
      try configuration.apply(environment)
      return .success(configuration)
    } catch {
      return .failure(error)
    }
  }

  static func userFile(_ environment: Environment) -> String? {
    environment.baseFolder("XDG_CONFIG_HOME", under: ".config").map { $0 + "/codira/config.toml" }
  }

  func setting(_ key: ConfigurationKey) -> Setting {
    settings[key] ?? Setting(value: key.defaultValue, origin: .standard)
  }

  func integer(_ key: ConfigurationKey) -> Int {
    if case .int(let number) = setting(key).value { return number }
    preconditionFailure("\(key.name) is no integer")
  }

  /// How many values of a vector are kept; nil: all that the model gives.
  var vectorDimension: Int? {
    let wanted = integer(.dimension)
    return wanted == 0 ? nil : wanted
  }

  func boolean(_ key: ConfigurationKey) -> Bool {
    if case .bool(let truth) = setting(key).value { return truth }
    preconditionFailure("\(key.name) is no boolean")
  }

  func string(_ key: ConfigurationKey) -> String {
    if case .string(let text) = setting(key).value { return text }
    preconditionFailure("\(key.name) is no string")
  }

  func strings(_ key: ConfigurationKey) -> [String] {
    guard case .array(let elements) = setting(key).value else {
      preconditionFailure("\(key.name) is no list of strings")
    }
    return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  private mutating func apply(file path: String, _ origin: Origin) throws(CommandFailure) {
    guard let bytes = try PlainFile.read(path) else { return }
    let file = try ConfigurationFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    for entry in file.entries {
      if case .repository = origin, !entry.key.isRepositoryAllowed {
        throw file.failure(
          "may not be set by the repository's own configuration", at: entry.key.name, code: "forbidden_key",
          hint: "Set it in the user's configuration, or as \(entry.key.environmentName).")
      }
      settings[entry.key] = Setting(value: entry.value, origin: origin)
    }
    for (analyzer, values) in file.analyzers { analyzers[analyzer, default: [:]].append(values) }
    for (name, globs) in file.layers { layers[name] = globs }
    for (claim, analyzer) in file.owners { owners[claim] = Owner(analyzer: analyzer, origin: origin) }
  }

  private mutating func apply(_ environment: Environment) throws(CommandFailure) {
    for key in ConfigurationKey.all {
      guard let text = environment[key.environmentName] else { continue }
      guard let value = key.parse(text) else {
        throw CommandFailure(
          .usage, code: "bad_value", "\(key.environmentName)=\(text): expected \(key.expectation).")
      }
      settings[key] = Setting(value: value, origin: .environment(name: key.environmentName))
    }
  }
}

extension ConfigurationKey {
  /// What a value must be, in words.
  var expectation: String {
    switch kind {
    case .integer: "a whole number of 0 or more"
    case .boolean: "true or false"
    case .string: choices.isEmpty ? "a text" : "one of " + choices.joined(separator: ", ")
    case .strings: "a list of texts"
    }
  }

  /// Reads a value from the environment, where lists are separated by colons.
  func parse(_ text: String) -> JSONValue? {
    let value: JSONValue? =
      switch kind {
      case .integer: Int(text).map { .int($0) }
      case .boolean: ["true": true, "1": true, "false": false, "0": false][text].map { .bool($0) }
      case .string: .string(text)
      case .strings: .array(text.split(separator: ":").map { .string(String($0)) })
      }
    // Not `accepts(value) ? value : nil`: that nil would be JSON's null.
    guard let value, accepts(value) else { return nil }
    return value
  }

  /// Whether the value is of this key's kind and range.
  func accepts(_ value: JSONValue) -> Bool {
    switch (kind, value) {
    case (.integer, .int(let number)): number >= 0
    case (.boolean, .bool): true
    case (.string, .string(let text)): choices.isEmpty || choices.contains(text)
    case (.strings, .array(let elements)):
      elements.allSatisfy { if case .string = $0 { true } else { false } }
    default: false
    }
  }
}

import CodiraAnalyzerKit

/// What a file is for, by its name and the keys at its root: it decides how much of it a reader would search.
enum Shape {
  /// A package's manifest, a compiler's or editor's settings: read by name, whatever its size.
  case manifest
  /// JSON Schema or an OpenAPI description: deep, and all of it is definitions.
  case schema
  /// Anything else that is small and written by hand.
  case configuration
  /// Records, measurements, fixtures, lock files: the file alone.
  case data

  /// Levels of keys that are reported.
  var depth: Int {
    switch self {
    case .manifest, .configuration: 4
    case .schema: 12
    case .data: 0
    }
  }

  private static let largestConfiguration = 64 << 10
  /// What has more keys than that is texts or records, however small.
  private static let mostKeys = 200
  /// An object with so many members that look alike is a table of records.
  static let largestTable = 24

  private static let locks: Set<Text> = [
    "package-lock.json", "npm-shrinkwrap.json", "composer.lock", "deno.lock", "packages.lock.json",
    "project.assets.json", ".package-lock.json", "pubspec.lock.json",
  ]

  private static let manifests: Set<Text> = [
    "package.json", "composer.json", "deno.json", "deno.jsonc", "jsr.json", "bower.json", "component.json",
    "manifest.json", "lerna.json", "nx.json", "turbo.json", "angular.json", "project.json", "app.json",
    "vercel.json",
    "firebase.json", "now.json", "renovate.json", "biome.json", "biome.jsonc", "babel.config.json",
    ".babelrc",
    ".eslintrc", ".eslintrc.json", ".swcrc", "tasks.json", "launch.json", "settings.json", "extensions.json",
    "devcontainer.json", ".devcontainer.json", "global.json", "appsettings.json", "vcpkg.json",
    "CMakePresets.json", "cdk.json", "serverless.json", "rush.json",
  ]

  static func isData(path: Text, size: Int) -> Bool {
    locks.contains(name(of: path)) || size > 1 << 20
  }

  static func name(of path: Text) -> Text { path.lastIndex(of: "/").map { path.dropFirst($0 + 1) } ?? path }

  init(_ path: Text, _ root: Node, _ source: Source) {
    let name = Shape.name(of: path)
    guard root.kind == .object else {
      self = .data
      return
    }
    if Shape.isSchema(root, source) {
      self = .schema
    } else if Shape.manifests.contains(name) || Shape.isCompilerSettings(name)
      || name.hasSuffix(".webmanifest")
      || name.hasSuffix(".code-workspace") || name.hasSuffix(".sublime-project")
    {
      self = .manifest
    } else {
      let isSmall = source.bytes.count <= Shape.largestConfiguration
      let isByHand =
        isSmall && !Shape.isTable(root, source) && Shape.keys(of: root, 4, source) <= Shape.mostKeys
      self = isByHand ? .configuration : .data
    }
  }

  /// `tsconfig.json`, `tsconfig.build.json`, `jsconfig.json`.
  private static func isCompilerSettings(_ name: Text) -> Bool {
    (name.hasPrefix("tsconfig") || name.hasPrefix("jsconfig")) && name.hasSuffix(".json")
  }

  /// The keys of `levels` levels, those in tables left out.
  private static func keys(of object: Node, _ levels: Int, _ source: Source) -> Int {
    var count = 0
    for pair in object.children where pair.kind == .pair {
      count += 1
      guard levels > 1, let value = pair.child(.value), value.kind == .object, !isTable(value, source) else {
        continue
      }
      count += keys(of: value, levels - 1, source)
    }
    return count
  }

  private static func isSchema(_ root: Node, _ source: Source) -> Bool {
    var words: Set<Text> = []
    var names = false
    for pair in root.children where pair.kind == .pair {
      guard let key = pair.child(.key), let value = pair.child(.value) else { continue }
      let name = source.text(key).dropFirst(1).dropLast(1)
      switch name {
      case "$schema": names = source.text(value).description.contains("json-schema.org")
      case "openapi", "swagger", "asyncapi": return value.kind == .string
      case "$defs", "definitions", "properties": if value.kind == .object { words.insert(name) }
      case "type", "$id", "oneOf", "anyOf", "allOf", "$ref": words.insert("type")
      default: break
      }
    }
    return names || (words.contains("type") && words.count > 1)
  }

  /// Many members, nearly all of one form: an object of the same keys, an array, or all of them scalars of
  /// one kind.
  static func isTable(_ object: Node, _ source: Source) -> Bool {
    var count = 0
    var forms: [Text: Int] = [:]
    for pair in object.children where pair.kind == .pair {
      guard let value = pair.child(.value) else { continue }
      count += 1
      let form: Text =
        switch value.kind {
        case .object: value.firstChild?.child(.key).map { source.text($0) } ?? "{}"
        case .array: "[]"
        case .number: "0"
        case .string: "\"\""
        default: "?"
        }
      forms[form, default: 0] += 1
    }
    guard count > largestTable, let most = forms.values.max() else { return false }
    return most * 10 >= count * 9
  }
}

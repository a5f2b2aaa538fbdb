import CodiraAnalyzerKit

/// A file's place among modules: its path without suffix and without a last `/index`.
struct ModulePath {
  /// Names from the repository's root inwards; never empty.
  var components: [Text]
  /// Folders above the file.
  var folder: [Text]
  /// It is a `.d.ts` file: what it declares is defined elsewhere.
  var isDeclaration: Bool
  var isTyped: Bool
  /// `<Type>value` is a cast, not JSX.
  var hasCasts: Bool

  init(_ path: Text) {
    var parts = path.split(at: "/")
    let name = parts.removeLast()
    folder = parts
    let stem = ModulePath.stem(name)
    let suffix = name.dropFirst(stem.count)
    isDeclaration = suffix.hasPrefix(".d.")
    isTyped = suffix.firstIndex(of: "t") != nil
    hasCasts = isTyped && !suffix.hasSuffix("tsx")
    components = stem == "index" && !parts.isEmpty ? parts : parts + [stem]
  }

  private static let suffixes: [Text] = [
    ".d.ts", ".d.mts", ".d.cts", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs",
  ]

  /// The name without a suffix that a module may have.
  static func stem(_ name: Text) -> Text {
    for suffix in suffixes where name.hasSuffix(suffix) && name.count > suffix.count {
      return name.dropLast(suffix.count)
    }
    return name
  }

  /// The module that a path names: without its suffix and without a last `/index`.
  static func module(_ parts: [Text]) -> [Text] {
    guard let last = parts.last else { return ["index"] }
    let stem = stem(last)
    let folder = parts.dropLast()
    return stem == "index" && !folder.isEmpty ? Array(folder) : folder + [stem]
  }

  /// `base` and `relative` as one path, `.` and `..` taken out; nil where it climbs out of the repository.
  static func join(_ base: [Text], _ relative: [Text]) -> [Text]? {
    var parts = base
    for part in relative {
      if part == "." || part.isEmpty { continue }
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts
  }
}

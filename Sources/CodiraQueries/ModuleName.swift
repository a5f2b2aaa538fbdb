import CodiraAnalyzerKit
import CodiraModel

/// What a file is called: by its path, or by what it says of itself.
struct ModuleName {
  let id: Text
  let name: Text
  let qualifiedName: Text
  /// What its definitions belong to: the module, or the language's root where they are everybody's.
  let home: Text
  /// What stands before the qualified names of its definitions.
  let prefix: Text

  init(_ source: Source, _ output: Output, _ rules: RuleSet, _ written: ByteSpan?) {
    var parts = Self.parts(of: source.path, rules)
    if rules.moduleSource == .package, let written {
      let said = NamePath.split(
        source.text(written.start, written.end), rules.separators + rules.importSeparators
      )
      .filter { !$0.isEmpty }
      if !said.isEmpty { parts = said }
    }
    id = output.ids.namespace(rules.id, parts)
    name = parts.last ?? "_"
    qualifiedName = output.arena.join(parts, separator: rules.join)
    let isGlobal = rules.isGlobal || rules.moduleSource == .none
    home = isGlobal ? output.ids.root(rules.id) : id
    prefix = isGlobal ? .empty : qualifiedName
  }

  /// The names of a path: behind the last folder from which modules count, without the extension, without a last
  /// name that stands for its folder.
  static func parts(of path: Text, _ rules: RuleSet) -> [Text] {
    var parts = path.split(at: "/").filter { !$0.isEmpty && $0 != "." }
    if let root = parts.dropLast().lastIndex(where: { rules.roots.contains($0) }) {
      parts.removeFirst(root + 1)
    }
    if let last = parts.popLast() { parts.append(stem(last, rules)) }
    return withoutIndex(parts, rules)
  }

  static func withoutIndex(_ parts: [Text], _ rules: RuleSet) -> [Text] {
    guard parts.count > 1, let last = parts.last, rules.indexNames.contains(last) else {
      return parts.isEmpty ? ["_"] : parts
    }
    return Array(parts.dropLast())
  }

  private static func stem(_ name: Text, _ rules: RuleSet) -> Text {
    for suffix in rules.description.suffixes where suffix.utf8.count < name.count {
      if name.bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
        return name.dropLast(suffix.utf8.count)
      }
    }
    return name
  }
}

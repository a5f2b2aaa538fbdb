import CodiraAnalyzerKit
import CodiraModel

/// A name as written, taken apart: `M.sub.f` is `f` behind `M`, `sub`.
struct NamePath {
  var prefix: [Text]
  var name: Text
  /// It began with a separator: `::Foo` is the one of the root.
  var isRooted = false

  init(_ text: Text, _ parent: Text?, _ rules: RuleSet) {
    var parts = Self.split(text, rules.separators)
    if parts.count > 1, parts[0].isEmpty { isRooted = true }
    parts.removeAll { $0.isEmpty }
    name = Self.bare(parts.popLast() ?? text)
    prefix = parts
    if let parent { prefix = Self.split(parent, rules.separators).filter { !$0.isEmpty } + prefix }
  }

  /// A name without what makes it a literal: `:name`, `"name"`.
  static func bare(_ name: Text) -> Text {
    let name = name.hasPrefix("<") ? name : unquoted(name)
    return name.count > 1 && name.hasPrefix(":") && name[1] != UInt8(ascii: ":") ? name.dropFirst(1) : name
  }

  /// The pieces between separators; a text of nothing else is one piece.
  static func split(_ text: Text, _ separators: [Text]) -> [Text] {
    guard !separators.isEmpty else { return [text] }
    var pieces: [Text] = []
    var start = 0
    var place = 0
    while place < text.count {
      if let separator = separators.first(where: { text.dropFirst(place).hasPrefix($0) }), !separator.isEmpty
      {
        pieces.append(text[start..<place].trimmed)
        place += separator.count
        start = place
      } else {
        place += 1
      }
    }
    pieces.append(text[start..<text.count].trimmed)
    return pieces.allSatisfy(\.isEmpty) ? [text] : pieces
  }

  /// Whether every piece is a name: a receiver that is an expression is none.
  static func isName(_ text: Text) -> Bool {
    !text.isEmpty
      && text.bytes.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "@"),
          UInt8(ascii: "!"), UInt8(ascii: "?"), 0x80...:
          true
        default: false
        }
      }
  }
}

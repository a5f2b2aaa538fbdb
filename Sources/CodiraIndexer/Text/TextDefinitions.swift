/// The names that a line of code in any language seems to define, by the words that definitions begin with.
///
/// `pub fn parse(…`, `  def render(`, `class Foo extends`, `local function M.go(`, `decode :: Text`, `public int Run(`.
/// A guess: it raises a text that defines what is asked for, nothing else rests on it.
package enum TextDefinitions {
  private static let introducers: Set<String> = [
    "class", "struct", "interface", "trait", "protocol", "enum", "union", "object", "module",
    "type", "typealias", "record", "data", "newtype", "actor", "delegate", "extension", "mixin",
    "def", "defp", "defmodule", "defmacro", "defmacrop", "defprotocol", "defimpl", "defn", "fn", "fun",
    "func",
    "function", "sub", "proc", "procedure", "macro", "annotation", "const", "val", "var", "let",
  ]
  /// They introduce definitions at the left margin alone: further in they are locals.
  private static let values: Set<String> = ["const", "val", "var", "let"]
  private static let modifiers: Set<String> = [
    "public", "private", "protected", "internal", "static", "final", "abstract", "sealed", "open", "override",
    "export", "default", "pub", "local", "inline", "async", "suspend", "case", "implicit", "lazy", "partial",
    "readonly", "virtual", "extern", "unsafe", "required", "convenience", "mutating", "indirect", "companion",
    "expect", "actual", "operator", "infix", "tailrec", "inner", "comptime", "noinline", "fileprivate",
    "new", "nonisolated", "given", "transparent",
  ]
  private static let access: Set<String> = ["public", "private", "protected", "internal", "static"]
  private static let limit = 200

  package static func names(in line: ArraySlice<UInt8>) -> [String] {
    guard let start = line.firstIndex(where: { $0 > 0x20 }) else { return [] }
    let isAtMargin = start == line.startIndex
    let text = String(decoding: line[start...].prefix(limit), as: UTF8.self)
    if ["//", "#", "--", "*", "/*", "\"", "'"].contains(where: { text.hasPrefix($0) }) { return [] }
    var words = Words(text)
    var isModified = false
    var first = true
    while let word = words.next() {
      let lower = String(word)
      if introducers.contains(lower) {
        if values.contains(lower), !isAtMargin, !isModified { return [] }
        guard let name = words.name(after: introducers.union(modifiers)) else { return [] }
        return parts(of: name)
      }
      if modifiers.contains(lower) || lower.hasPrefix("@") {
        isModified = isModified || access.contains(lower)
        first = false
        continue
      }
      if first, isAtMargin, words.isFollowed(by: "::") { return parts(of: word) }
      return isModified ? called(in: text) : []
    }
    return []
  }

  /// `M.go` → M.go, go.
  private static func parts(of name: Substring) -> [String] {
    var name = name
    while name.last == "." || name.last == ":" { name = name.dropLast() }
    guard name.contains(where: { $0.isLetter }) else { return [] }
    guard let last = name.split(whereSeparator: { $0 == "." || $0 == ":" }).last, last != name else {
      return [String(name)]
    }
    return [String(last), String(name)]
  }

  /// The word before the first parenthesis, for languages that write a type before a method's name.
  private static func called(in text: String) -> [String] {
    guard let open = text.firstIndex(of: "("), !text[..<open].contains("=") else { return [] }
    let head = text[..<open].split(separator: "<").first ?? ""
    guard let name = head.split(whereSeparator: { !isWord($0) }).last, name.first?.isNumber != true else {
      return []
    }
    return [String(name)]
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "?" || character == "!"
  }

  /// The words of a line, one after the other.
  private struct Words {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func next() -> Substring? {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      let word = rest.prefix { isWord($0) || $0 == "." || $0 == "@" || $0 == "'" }
      if word.isEmpty { return nil }
      rest = rest.dropFirst(word.count)
      if rest.first == "(", modifiers.contains(String(word)) { rest = rest.drop { $0 != ")" }.dropFirst() }
      return word
    }

    /// The next word that is no further introducer: `data class Foo` defines Foo, `func (r *Router) Use` Use.
    mutating func name(after others: Set<String>) -> Substring? {
      while true {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        if rest.first == "(" || rest.first == "<" {
          let close: Character = rest.first == "(" ? ")" : ">"
          rest = rest.drop { $0 != close }.dropFirst()
          continue
        }
        guard let word = next() else { return nil }
        if others.contains(String(word)) { continue }
        // A receiver or a module before the name: `M:go`.
        if rest.first == ":", rest.dropFirst().first?.isLetter == true {
          rest = rest.dropFirst()
          return next() ?? word
        }
        return word.first?.isNumber == true ? nil : word
      }
    }

    func isFollowed(by mark: String) -> Bool { rest.drop { $0 == " " }.hasPrefix(mark) }
  }
}

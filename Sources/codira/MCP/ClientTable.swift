import CodiraModel
import TOMLKit

/// A client's TOML file as text: one table is added or replaced, all else stays as it was written.
struct ClientTable {
  /// Why the entry cannot be written for the user.
  struct Refusal: Error { let reason: String }

  private let text: String
  private let servers: String

  init(_ text: String, servers: String) {
    self.text = text
    self.servers = servers
  }

  /// The table of an entry.
  static func text(_ members: JSONObject, of servers: String) -> String {
    (["[\(servers).codira]"] + members.members.map { "\($0.name) = \($0.value.text)" }).joined(
      separator: "\n")
  }

  /// The file with the table; throws where it is no TOML, or the table has more than this program writes.
  func with(_ members: JSONObject) throws -> String {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch {
      throw Refusal(reason: "it is no TOML")
    }
    let new = Self.text(members, of: servers) + "\n"
    guard let old = table[servers]?.table?["codira"] else {
      if text.isEmpty { return new }
      return text + (text.hasSuffix("\n") ? "\n" : "\n\n") + new
    }
    guard let old = old.table else { throw Refusal(reason: "`\(servers).codira` is no table") }
    let expected = try TOMLTable(string: new)[servers]?.table?["codira"]?.table
    if old == expected { return text }
    guard Set(old.keys).isSubset(of: ["command", "args", "url"]), let range = lines() else {
      throw Refusal(reason: "`\(servers).codira` has settings of its own")
    }
    var result = text
    result.replaceSubrange(range, with: new)
    guard try TOMLTable(string: result)[servers]?.table?["codira"]?.table == expected else {
      throw Refusal(reason: "`\(servers).codira` is written in another way")
    }
    return result
  }

  /// From the table's header to the next one, the empty lines before that left out.
  private func lines() -> Range<String.Index>? {
    let header = "[\(servers).codira]"
    var start: String.Index?
    var end = text.startIndex
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.trimmed
      if start != nil, content.hasPrefix("[") { break }
      if content == header { start = line.startIndex }
      if !content.isEmpty {
        end = line.endIndex < text.endIndex ? text.index(after: line.endIndex) : line.endIndex
      }
    }
    return start.map { $0..<max($0, end) }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

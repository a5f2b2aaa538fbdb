import CodiraAnalyzerKit

/// A directive's first line: `function:: open(file)`.
struct Directive {
  /// With its domain: `c:function`.
  var name: Text
  var argument: Text

  /// From the text behind the two dots; nil for a comment.
  init?(_ text: Text) {
    var index = 0
    while index + 1 < text.count {
      if text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: ":") {
        guard index > 0, index + 2 == text.count || Text.isSpace(text[index + 2]) else { return nil }
        name = text[0..<index]
        argument = text.dropFirst(index + 2).trimmed
        return
      }
      guard Directive.isNameByte(text[index]) else { return nil }
      index += 1
    }
    return nil
  }

  /// Without its domain.
  var bareName: Text { name.lastIndex(of: ":").map { name.dropFirst($0 + 1) } ?? name }

  /// The name of what it describes, where it is a directive that describes something.
  var described: Text? {
    guard Directive.describing.contains(bareName), !argument.isEmpty else { return nil }
    let open = argument.bytes.firstIndex { "(<[=".utf8.contains($0) } ?? argument.count
    var name = argument[0..<open].trimmed
    // A result type, `static` or `async` stands before the name.
    if bareName != "describe", bareName != "rubric", bareName != "option", let blank = name.lastIndex(of: " ")
    {
      name = name.dropFirst(blank + 1)
    }
    if bareName == "option", let end = name.bytes.firstIndex(where: { " ,=".utf8.contains($0) }) {
      name = name[0..<end]
    }
    return name.isEmpty ? nil : name
  }

  private static let describing: Set<Text> = [
    "function", "class", "method", "classmethod", "staticmethod", "attribute", "property", "data",
    "exception",
    "decorator", "decoratormethod", "type", "var", "macro", "member", "struct", "union", "enum", "enumerator",
    "namespace", "concept", "alias", "object", "option", "cmdoption", "envvar", "setting", "confval",
    "describe",
    "opcode", "django-admin", "templatetag", "templatefilter", "fieldlookup", "directive", "role", "program",
  ]

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}

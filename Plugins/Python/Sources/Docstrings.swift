import CodiraAnalyzerKit

extension FileReader {
  /// A docstring's text, its indentation removed, and where its bytes stand.
  struct Docstring {
    var text: Text
    var span: ByteSpan
  }

  /// The string that begins a module or body.
  func docstring(in body: Node) -> Docstring? { body.firstChild.flatMap { docstring(statement: $0) } }

  /// The string that follows an assignment, as documentation tools read it.
  func docstring(behind assignment: Node) -> Docstring? {
    assignment.parent?.nextSibling.flatMap { docstring(statement: $0) }
  }

  private func docstring(statement: Node) -> Docstring? {
    guard statement.kind == .expressionStatement, let string = statement.firstChild, string.nextSibling == nil
    else { return nil }
    var bytes: [UInt8] = []
    switch string.kind {
    case .string: guard append(string, to: &bytes) else { return nil }
    case .concatenatedString:
      for part in string.children where part.kind == .string {
        guard append(part, to: &bytes) else { return nil }
      }
    default: return nil
    }
    let text = arena.copy(FileReader.cleaned(bytes))
    return text.isEmpty
      ? nil : Docstring(text: text, span: ByteSpan(start: statement.start, end: statement.end))
  }

  /// Appends a string's value; false for bytes and formatted strings, which are no documentation.
  private func append(_ string: Node, to bytes: inout [UInt8]) -> Bool {
    guard let start = string.child(of: .stringStart), let end = string.child(of: .stringEnd)
    else { return false }
    var isRaw = false
    for byte in source.text(start).bytes {
      switch byte {
      case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "f"), UInt8(ascii: "F"): return false
      case UInt8(ascii: "r"), UInt8(ascii: "R"): isRaw = true
      default: break
      }
    }
    let content = source.text(start.end, end.start)
    if isRaw { bytes.append(contentsOf: content.bytes) } else { FileReader.unescape(content, into: &bytes) }
    return true
  }

  /// The escapes that stand in prose; numbers and names of characters stay as written.
  private static func unescape(_ text: Text, into bytes: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < text.count else {
        bytes.append(byte)
        continue
      }
      let escaped = text[index]
      index += 1
      switch escaped {
      case 0x0A: break
      case 0x0D: if index < text.count, text[index] == 0x0A { index += 1 }
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): bytes.append(escaped)
      default:
        bytes.append(byte)
        bytes.append(escaped)
      }
    }
  }

  /// Without the indentation that all lines but the first share, and without blank lines around it.
  static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
    var lines = lines(bytes)
    guard !lines.isEmpty else { return [] }
    var margin = Int.max
    for line in lines.dropFirst() {
      let indentation = line.prefix { $0 == 0x20 }.count
      if indentation < line.count { margin = min(margin, indentation) }
    }
    lines[0] = Array(lines[0].drop { $0 == 0x20 })
    for index in lines.indices.dropFirst() where margin < Int.max {
      lines[index] = Array(lines[index].dropFirst(margin))
    }
    for index in lines.indices {
      while let last = lines[index].last, Text.isSpace(last) { lines[index].removeLast() }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return Array(lines.joined(separator: [0x0A]))
  }

  /// Lines without their ends, tabs as spaces up to the next multiple of eight.
  private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var last: UInt8 = 0
    for byte in bytes {
      switch byte {
      case 0x0A where last == 0x0D: break
      case 0x0A, 0x0D: lines.append([])
      case 0x09:
        repeat { lines[lines.count - 1].append(0x20) } while lines[lines.count - 1].count % 8 != 0
      default: lines[lines.count - 1].append(byte)
      }
      last = byte
    }
    return lines
  }
}

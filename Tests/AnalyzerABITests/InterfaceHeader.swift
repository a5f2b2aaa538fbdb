import CodiraTestSupport
import Foundation

/// What the headers of the analyzer interface declare, the one and that of its extensions, read from their texts.
struct InterfaceHeader {
  struct Field: Equatable {
    let type: String
    let name: String
    var isFunction = false
  }

  struct Struct {
    let name: String
    let fields: [Field]
    /// Whether it begins with its size, so that it may grow.
    var grows: Bool { fields.first?.name == "size" }
  }

  static let current = "Sources/CCodiraAnalyzer/include"

  let structs: [Struct]
  /// Names of macros with a value, then those of enumerators, in their order.
  let constants: [String]
  let opaqueTypes: [String]
  let functions: [String]

  /// The headers in a folder of the checkout.
  init(folder: String) throws { self.init(text: try Self.text(folder: folder)) }

  static func text(folder: String) throws -> String {
    try ["codira_analyzer.h", "codira_analyzer_extensions.h"].map { try Checkout.text("\(folder)/\($0)") }
      .joined()
  }

  init(text: String) {
    let code = text.replacing(#/\/\*(?:.|\n)*?\*\//#, with: "")
    structs = code.matches(of: #/typedef struct (\w+) \{\n((?:.|\n)*?)\n\} \w+;/#).map { found in
      Struct(name: String(found.1), fields: found.2.split(separator: ";").compactMap(Self.field))
    }
    constants =
      code.matches(of: /#define (CODIRA_\w+)[ \t]+[0-9"]/).map { String($0.1) }
      + code.matches(of: #/\benum \{((?:.|\n)*?)\}/#).flatMap { body in
        body.1.matches(of: #/(CODIRA_\w+) = /#).map { String($0.1) }
      }
    opaqueTypes = code.matches(of: #/typedef struct (\w+) \w+;/#).map { String($0.1) }
    functions = code.matches(of: #/\nCODIRA_EXPORT [^;(]*?(\w+)\(/#).map { String($0.1) }
  }

  private static func field(_ declaration: Substring) -> Field? {
    let text = declaration.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if text.isEmpty { return nil }
    if let function = text.firstMatch(of: #/^(.*?)\(\*(\w+)\)(\(.*\))$/#) {
      return Field(type: "\(function.1)(*)\(function.3)", name: String(function.2), isFunction: true)
    }
    guard let plain = text.firstMatch(of: #/^(.*?)(\w+)$/#) else { return nil }
    return Field(type: plain.1.trimmingCharacters(in: .whitespaces), name: String(plain.2))
  }

  /// Every number of the header and every place of a field, as a compiler that reads `folder` sees them.
  func values(in folder: String) throws -> [String: String] {
    var lines = constants.map { "SHOW(\($0));" }
    for item in structs {
      lines.append("printf(\"size \(item.name)\\t%zu\\n\", sizeof(\(item.name)));")
      for field in item.fields {
        lines.append(
          "printf(\"\(item.name).\(field.name)\\t%zu+%zu\\n\", offsetof(\(item.name), \(field.name)),"
            + " sizeof(((\(item.name) *)0)->\(field.name)));")
      }
    }
    let program = """
      #include <stdio.h>
      #include "codira_analyzer_extensions.h"
      #define SHOW(name) printf(_Generic((name), char *: #name "\\t%s\\n", default: #name "\\t%d\\n"), name)
      int main(void) {
      \(lines.joined(separator: "\n"))
      }
      """
    let output = NSTemporaryDirectory() + "/codira-header-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: output) }
    for command in [["cc", "-x", "c", "-std=c11", "-w", "-I\(folder)", "-o", output, "-"], [output]] {
      let run = try ToolRun(command, input: command == [output] ? "" : program)
      guard run.status == 0 else { throw ToolRun.Failure(run: run) }
      if command == [output] { return Self.pairs(run.output) }
    }
    return [:]
  }

  private static func pairs(_ text: String) -> [String: String] {
    let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

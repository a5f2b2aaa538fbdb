import CodiraAnalyzerKit
import CodiraModel

/// One file of queries, compiled, with the meaning of each of its captures.
final class QueryFile {
  let query: CaptureQuery
  /// By capture.
  let meanings: [CaptureMeaning]
  /// By pattern: whether it asks for a list of parameters at all.
  let asksForParameters: [Bool]

  /// Refuses a text that is no query, with its file, line and column.
  init(_ file: String, _ text: String, _ rules: RuleSet) throws(AnalyzerError) {
    do throws(CaptureQuery.Fault) {
      query = try CaptureQuery(QueryAnalyzer.language, text)
    } catch {
      throw AnalyzerError(QueryFaultText(file: file, text: text).describe(error))
    }
    meanings = query.captureNames.map { CaptureMeaning($0, rules) }
    let bytes = Array(text.utf8)
    var asks: [Bool] = []
    for pattern in 0..<query.patternCount {
      let start = query.offset(ofPattern: pattern)
      let end = pattern + 1 < query.patternCount ? query.offset(ofPattern: pattern + 1) : bytes.count
      asks.append(Self.hasParameters(bytes[start..<max(start, end)]))
    }
    asksForParameters = asks
  }
}

extension QueryFile {
  private static func hasParameters(_ pattern: ArraySlice<UInt8>) -> Bool {
    let word = Array("@parameters".utf8)
    return pattern.indices.contains { pattern[$0...].starts(with: word) }
  }
}

/// Says what is wrong with a query, where, and what stands there.
struct QueryFaultText {
  let file: String
  let text: String

  func describe(_ fault: CaptureQuery.Fault) -> String {
    switch fault {
    case .malformed(let problem, let offset): "\(place(offset)): \(words(problem)) \(line(offset))"
    case .predicate(let name, let reason, _, let offset):
      "\(place(offset)): the predicate #\(name) of this pattern \(reason) \(line(offset))"
    }
  }

  private func words(_ problem: CaptureQuery.Problem) -> String {
    switch problem {
    case .syntax: "this is no query"
    case .node: "the grammar has no such node"
    case .field: "the grammar has no such field"
    case .capture: "no capture of this name stands before it"
    case .structure: "the grammar puts no such node here"
    case .language: "the grammar is not one of this runtime"
    }
  }

  private func place(_ offset: Int) -> String {
    let before = text.utf8.prefix(offset)
    let line = before.count { $0 == 0x0A } + 1
    let column = before.reversed().prefix { $0 != 0x0A }.count + 1
    return "\(file):\(line):\(column)"
  }

  /// What stands there, up to the end of the line.
  private func line(_ offset: Int) -> String {
    let rest = text.utf8.dropFirst(offset).prefix { $0 != 0x0A && $0 != 0x0D }.prefix(80)
    return rest.isEmpty ? "(at the end)" : "`\(String(decoding: Array(rest), as: UTF8.self))`"
  }
}

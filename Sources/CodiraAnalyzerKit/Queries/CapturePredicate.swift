import CTreeSitter
import CodiraModel

/// What must hold of a match's texts.
struct CapturePredicate {
  private enum Test {
    case equalsCapture(UInt32)
    case isOneOf([[UInt8]])
    case matches(BytePattern)
  }

  private let capture: UInt32
  private let test: Test
  private let isNegated: Bool
  /// One node of a repeated capture is enough.
  private let isAny: Bool

  /// The predicates of each pattern.
  static func all(in query: OpaquePointer) throws(CaptureQuery.Fault) -> [[CapturePredicate]] {
    var all: [[CapturePredicate]] = []
    for pattern in 0..<ts_query_pattern_count(query) {
      var count: UInt32 = 0
      let steps = UnsafeBufferPointer(
        start: ts_query_predicates_for_pattern(query, pattern, &count), count: Int(count))
      var predicates: [CapturePredicate] = []
      for words in steps.split(whereSeparator: { $0.type == TSQueryPredicateStepTypeDone }) {
        do throws(Malformed) {
          if let predicate = try CapturePredicate(Array(words), query) { predicates.append(predicate) }
        } catch {
          throw .predicate(
            name: error.name, reason: error.reason, pattern: Int(pattern),
            offset: Int(ts_query_start_byte_for_pattern(query, pattern)))
        }
      }
      all.append(predicates)
    }
    return all
  }

  private struct Malformed: Error {
    var name: String
    var reason: String
  }

  /// nil for a directive, which holds in any case.
  private init?(_ words: [TSQueryPredicateStep], _ query: OpaquePointer) throws(Malformed) {
    func text(_ word: TSQueryPredicateStep) -> String {
      var length: UInt32 = 0
      return ts_query_string_value_for_id(query, word.value_id, &length).map { String(cString: $0) } ?? ""
    }
    guard let head = words.first, head.type == TSQueryPredicateStepTypeString else { return nil }
    let name = text(head)
    if name.hasSuffix("!") { return nil }
    var base = name[...]
    isAny = base.hasPrefix("any-") && base != "any-of?"
    if isAny { base = base.dropFirst(4) }
    isNegated = base.hasPrefix("not-")
    if isNegated { base = base.dropFirst(4) }
    guard words.count >= 3, words[1].type == TSQueryPredicateStepTypeCapture else {
      throw Malformed(name: name, reason: "takes a capture and a text")
    }
    capture = words[1].value_id
    let isText = words[2].type == TSQueryPredicateStepTypeString
    switch base {
    case "eq?" where !isText: test = .equalsCapture(words[2].value_id)
    case "eq?": test = .isOneOf([Array(text(words[2]).utf8)])
    case "any-of?": test = .isOneOf(words[2...].map { Array(text($0).utf8) })
    case "match?" where isText:
      do throws(BytePatternError) {
        test = .matches(try BytePattern(text(words[2])))
      } catch {
        throw Malformed(name: name, reason: "has the pattern `\(text(words[2]))`, where \(error.reason)")
      }
    case "match?": throw Malformed(name: name, reason: "takes a pattern in quotes")
    default: throw Malformed(name: name, reason: "is not known: eq?, match? and any-of? are")
    }
  }

  /// Whether it holds of a match; a capture that took nothing passes.
  func holds(_ match: CaptureMatch, _ source: Source) -> Bool {
    var result = !isAny
    var isThere = false
    for index in 0..<match.count where match[index].index == Int(capture) {
      let holds = test(match[index], match, source) != isNegated
      isThere = true
      result = isAny ? result || holds : result && holds
    }
    return result || !isThere
  }

  private func test(_ node: CapturedNode, _ match: CaptureMatch, _ source: Source) -> Bool {
    let text = source.text(node.span.start, node.span.end)
    switch test {
    case .isOneOf(let texts): return texts.contains { text.bytes.elementsEqual($0) }
    case .matches(let pattern): return pattern.matches(text.bytes)
    case .equalsCapture(let other):
      for index in 0..<match.count where match[index].index == Int(other) {
        return source.text(match[index].span.start, match[index].span.end) == text
      }
      return false
    }
  }
}

import CodiraAnalyzerKit
import CodiraModel

/// Sorts the matches of all queries by what they mean.
struct Collector {
  private let source: Source
  private let rules: RuleSet
  private var captures = Captures()
  private var order = 0

  init(source: Source, rules: RuleSet) {
    self.source = source
    self.rules = rules
  }

  /// False when the host no longer wants the result.
  mutating func collect(_ file: QueryFile, _ tree: SyntaxTree<EmbeddedGrammar>) -> Bool {
    let first = order
    order += file.query.patternCount
    var count = 0
    return file.query.matches(in: tree, of: source) { match in
      count += 1
      if count & 1023 == 0, source.shouldStop { return false }
      take(MatchParts(match, file), first + match.pattern)
      return true
    }
  }

  private mutating func take(_ parts: MatchParts, _ order: Int) {
    captures.parameters += parts.parameters
    captures.exclusions += parts.exclusions
    captures.exports += parts.exports
    captures.sections += parts.sections
    captures.locals += parts.locals
    if let module = parts.module, captures.module == nil { captures.module = parts.name ?? module }
    if let (rule, span) = parts.definition {
      // A definition without a name is none; an import has at least its source.
      guard let name = parts.name ?? parts.source, name.end > name.start else { return }
      captures.definitions.append(
        FoundDefinition(
          rule: rule, order: order, span: span.union(name), name: name, parent: parts.parent,
          bodyStart: parts.bodyStart, documentation: parts.documentation, parameters: parts.parameterList,
          asksForParameters: parts.asksForParameters, source: parts.source, isRelative: parts.isRelative,
          isNamed: parts.name != nil,
          visibility: parts.visibility, flags: parts.flags, end: parts.end))
    } else if let (rule, span) = parts.reference {
      let name = parts.name ?? span
      guard name.end > name.start else { return }
      captures.references.append(
        FoundReference(
          rule: rule, order: order, name: name, receiver: parts.receiver, argumentCount: parts.argumentCount))
    } else if let visibility = parts.visibility {
      captures.named += parts.names.map { ($0, visibility) }
    }
  }

  /// Everything in source order; of what several patterns found at one place, the first pattern's.
  mutating func finish() -> Captures {
    sortDefinitions()
    sortReferences()
    captures.parameters.sort { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }
    captures.parameters = captures.parameters.withoutRepetition { $0.span == $1.span }
    captures.sections.sort { $0.start < $1.start }
    captures.exclusions.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    return captures
  }
}

extension Collector {
  private mutating func sortDefinitions() {
    captures.definitions.sort { left, right in
      (left.name.start, left.name.end, left.order) < (right.name.start, right.name.end, right.order)
    }
    captures.definitions = captures.definitions.withoutRepetition { $0.name == $1.name }
    // What imports one source is one import, whatever name it has.
    let sources = Set(captures.definitions.filter(\.isNamed).compactMap(\.source?.start))
    captures.definitions.removeAll { !$0.isNamed && sources.contains($0.name.start) }
    captures.definitions.sort { left, right in
      (left.span.start, right.span.end, left.name.start) < (right.span.start, left.span.end, right.name.start)
    }
  }

  private mutating func sortReferences() {
    let names = captures.definitions.map(\.name).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    captures.references.sort { left, right in
      (left.name.start, right.name.end, left.order) < (right.name.start, left.name.end, right.order)
    }
    var kept: [FoundReference] = []
    for reference in captures.references {
      let role = rules.references[reference.rule].role
      guard role.isSupertype || !Self.isIn(names, reference.name) else { continue }
      if let last = kept.last {
        if last.name == reference.name { continue }
        // A part of a qualified type is no use of its own.
        if role == .typeUse, last.name.contains(reference.name) { continue }
      }
      kept.append(reference)
    }
    captures.references = kept
  }
}

extension Collector {
  /// Whether a place lies in one of the sorted names, or begins where one does.
  private static func isIn(_ names: [ByteSpan], _ place: ByteSpan) -> Bool {
    var low = 0
    var high = names.count
    while low < high {
      let middle = (low + high) / 2
      if names[middle].start <= place.start { low = middle + 1 } else { high = middle }
    }
    return low > 0 && (names[low - 1].start == place.start || names[low - 1].contains(place))
  }
}

extension ReferenceRole {
  fileprivate var isSupertype: Bool { self == .inherits || self == .implements }
}

extension ByteSpan {
  /// The least span around both.
  func union(_ other: ByteSpan) -> ByteSpan {
    ByteSpan(start: min(start, other.start), end: max(end, other.end))
  }

  func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
}

extension Array {
  /// Without elements that equal the one before them.
  fileprivate func withoutRepetition(_ areEqual: (Element, Element) -> Bool) -> [Element] {
    var kept: [Element] = []
    for element in self {
      if let last = kept.last, areEqual(last, element) { continue }
      kept.append(element)
    }
    return kept
  }
}

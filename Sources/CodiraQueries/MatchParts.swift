import CodiraAnalyzerKit
import CodiraModel

/// The captures of one match by their meaning.
struct MatchParts {
  private(set) var definition: (rule: FoundDefinition.Rule, span: ByteSpan)?
  /// Where the node around the definition ends.
  private(set) var end: UInt32 = 0
  private(set) var reference: (rule: Int, span: ByteSpan)?
  private(set) var names: [ByteSpan] = []
  private(set) var parent: ByteSpan?
  private(set) var bodyStart: UInt32?
  private(set) var documentation: ByteSpan?
  private(set) var receiver: ByteSpan?
  private(set) var argumentCount: Int32 = -1
  private(set) var parameterList: ByteSpan?
  private(set) var parameters: [FoundParameter] = []
  private(set) var source: ByteSpan?
  private(set) var isRelative = false
  private(set) var module: ByteSpan?
  private(set) var exports: [ByteSpan] = []
  private(set) var exclusions: [ByteSpan] = []
  private(set) var sections: [FoundSection] = []
  private(set) var locals: [ByteSpan] = []
  private(set) var visibility: Visibility?
  private(set) var flags: SymbolFlags = []
  let asksForParameters: Bool

  var name: ByteSpan? { names.first }

  init(_ match: CaptureMatch, _ file: QueryFile) {
    asksForParameters = file.asksForParameters[match.pattern]
    for index in 0..<match.count { take(match[index], file.meanings[match[index].index]) }
  }

  private mutating func take(_ node: CapturedNode, _ meaning: CaptureMeaning) {
    let span = node.span
    switch meaning {
    case .definition(let rule): define(.definition(rule), node)
    case .scope(let rule): define(.scope(rule), node)
    case .reference(let rule): reference = reference ?? (rule, span)
    case .name: names.append(span)
    case .parent: parent = parent ?? span
    case .body: bodyStart = bodyStart ?? span.start
    case .documentation: documentation = documentation?.union(span) ?? span
    case .receiver: receiver = receiver ?? span
    case .arguments: argumentCount = Int32(clamping: node.childCount)
    case .parameters: parameterList = parameterList ?? span
    case .parameter: parameters.append(FoundParameter(form: .plain, span: span))
    case .optionalParameter: parameters.append(FoundParameter(form: .optional, span: span))
    case .restParameter: parameters.append(FoundParameter(form: .rest, span: span))
    case .parameterType: if let last = parameters.indices.last { parameters[last].type = span }
    case .source: source = source ?? span
    case .relativeSource:
      source = source ?? span
      isRelative = true
    case .module: module = module ?? span
    case .export: exports.append(span)
    case .visibility(let value): visibility = visibility ?? value
    case .section(let value):
      sections.append(FoundSection(start: span.start, end: node.parentEnd, visibility: value))
    case .flag(let flag): flags.formUnion(flag)
    case .exclusion: exclusions.append(span)
    case .local: locals.append(span)
    case .nothing: break
    }
  }

  private mutating func define(_ rule: FoundDefinition.Rule, _ node: CapturedNode) {
    guard definition == nil else { return }
    definition = (rule, node.span)
    end = node.parentEnd
  }
}

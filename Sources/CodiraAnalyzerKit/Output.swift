import CCodiraAnalyzer
import CodiraModel

/// What an analyzer found in one file, kept until all is known, then sent in order.
///
/// Symbols leave sorted by place, a parent before what it contains; references sorted by place. Everything they
/// point to must lie in the source, in `arena`, or be a literal.
public final class Output {
  public let arena = Arena()
  public let ids: Identifiers
  public var symbols: [SymbolDraft] = []
  public var references: [ReferenceDraft] = []
  public var documentation: [DocumentationDraft] = []
  /// Comments of the source, which no payload holds.
  public var comments: [ByteSpan] = []
  /// Part of the source was broken; set by diagnostics of warnings and errors.
  public private(set) var isPartial = false

  private struct DiagnosticDraft {
    var severity: Severity
    var code: String
    var message: String
    var span: ByteSpan
  }

  private static let diagnosticLimit = 100

  private var diagnostics: [DiagnosticDraft] = []
  private var lines = LineTable()
  private var payload = PayloadSpans()

  init() { ids = Identifiers(arena: arena) }

  func start(_ bytes: UnsafeRawBufferPointer) {
    arena.reset()
    ids.reset()
    symbols.removeAll(keepingCapacity: true)
    references.removeAll(keepingCapacity: true)
    documentation.removeAll(keepingCapacity: true)
    comments.removeAll(keepingCapacity: true)
    diagnostics.removeAll(keepingCapacity: true)
    isPartial = false
    lines.rebuild(bytes)
  }

  var hasLoneCarriageReturn: Bool { lines.hasLoneCarriageReturn }

  /// The line of an offset, from 1.
  public func line(_ offset: UInt32) -> UInt32 { lines.position(offset).line }

  /// Something to say about a place; at most 100 a file are kept.
  public func diagnose(_ severity: Severity, code: String, _ message: String, _ span: ByteSpan) {
    if severity != .note { isPartial = true }
    guard diagnostics.count < Output.diagnosticLimit else { return }
    diagnostics.append(DiagnosticDraft(severity: severity, code: code, message: message, span: span))
  }

  /// Takes over a tree's comments and reports its broken parts.
  public func report<G: Grammar>(_ tree: SyntaxTree<G>) {
    comments = tree.comments
    for error in tree.errors {
      let message = error.isMissing ? "something is missing here" : "this could not be parsed"
      diagnose(.warning, code: "syntax", message, error.span)
    }
    if let span = tree.tooDeep {
      diagnose(.warning, code: "nesting", "this is nested too deep to be read to its end", span)
    }
  }

  func send(_ sink: UnsafePointer<codira_sink>) {
    symbols.sort { ($0.start, $1.end) < ($1.start, $0.end) }
    references.sort { ($0.start, $0.end, $0.role.rawValue) < ($1.start, $1.end, $1.role.rawValue) }
    payload.compute(symbols, comments: comments)
    sendSymbols(sink)
    sendReferences(sink)
    sendDocumentation(sink)
    sendDiagnostics(sink)
  }

  private func sendSymbols(_ sink: UnsafePointer<codira_sink>) {
    var symbol = codira_symbol()
    symbol.size = MemoryLayout<codira_symbol>.size
    payload.spans.withUnsafeBytes { spans in
      let spans = spans.assumingMemoryBound(to: codira_span.self)
      for (draft, range) in zip(symbols, payload.ranges) {
        fill(&symbol, draft)
        symbol.payload = range.isEmpty ? nil : spans.baseAddress! + range.lowerBound
        symbol.payload_count = UInt32(range.count)
        sink.pointee.symbol(sink.pointee.context, &symbol)
      }
    }
  }

  private func fill(_ symbol: inout codira_symbol, _ draft: SymbolDraft) {
    symbol.kind = UInt32(draft.kind.rawValue)
    symbol.visibility = UInt32(draft.visibility.rawValue)
    symbol.flags = draft.flags.rawValue
    symbol.parameters_min = draft.parametersMin
    symbol.parameters_max = draft.parametersMax
    symbol.id = draft.id.raw
    symbol.parent = draft.parent.raw
    symbol.name = draft.name.raw
    symbol.qualified_name = draft.qualifiedName.raw
    symbol.signature = draft.signature.raw
    symbol.documentation = draft.documentation.raw
    symbol.range = lines.range(draft.start, draft.end)
    symbol.name_range = lines.range(draft.nameStart, draft.nameEnd)
    symbol.aliases = UnsafeRawPointer(draft.aliases.baseAddress)?.assumingMemoryBound(
      to: codira_candidate.self)
    symbol.alias_count = UInt32(draft.aliases.count)
    symbol.value_types =
      UnsafeRawPointer(draft.valueTypes.baseAddress)?.assumingMemoryBound(to: codira_value_entry.self)
    symbol.value_type_count = UInt32(draft.valueTypes.count)
  }

  private func sendReferences(_ sink: UnsafePointer<codira_sink>) {
    var reference = codira_reference()
    reference.size = MemoryLayout<codira_reference>.size
    for draft in references {
      reference.role = UInt32(draft.role.rawValue)
      reference.flags = draft.noName ? CODIRA_REFERENCE_NO_NAME : 0
      reference.argument_count = draft.argumentCount
      reference.external_kind = UInt32(draft.externalKind.rawValue)
      reference.owner = draft.owner.raw
      reference.name = draft.name.raw
      reference.receiver = draft.receiver.raw
      reference.external = draft.external.raw
      reference.range = lines.range(draft.start, draft.end)
      reference.candidates =
        UnsafeRawPointer(draft.candidates.baseAddress)?.assumingMemoryBound(to: codira_candidate.self)
      reference.candidate_count = UInt32(draft.candidates.count)
      reference.labels = UnsafeRawPointer(draft.labels.baseAddress)?.assumingMemoryBound(
        to: codira_string.self)
      reference.label_count = UInt32(draft.labels.count)
      reference.arguments = UnsafeRawPointer(draft.arguments.baseAddress)?.assumingMemoryBound(
        to: codira_argument.self)
      reference.argument_type_count = UInt32(draft.arguments.count)
      sink.pointee.reference(sink.pointee.context, &reference)
    }
  }

  private func sendDocumentation(_ sink: UnsafePointer<codira_sink>) {
    for draft in documentation {
      var piece = codira_documentation()
      piece.size = MemoryLayout<codira_documentation>.size
      piece.id = draft.id.raw
      piece.owner = draft.owner.raw
      piece.format = draft.format.raw
      piece.text = draft.text.raw
      piece.range = lines.range(draft.start, draft.end)
      piece.headings = UnsafeRawPointer(draft.headings.baseAddress)?.assumingMemoryBound(
        to: codira_string.self)
      piece.heading_count = UInt32(draft.headings.count)
      sink.pointee.documentation(sink.pointee.context, &piece)
    }
  }

  private func sendDiagnostics(_ sink: UnsafePointer<codira_sink>) {
    for draft in diagnostics {
      var diagnostic = codira_diagnostic()
      diagnostic.size = MemoryLayout<codira_diagnostic>.size
      diagnostic.severity = UInt32(draft.severity.rawValue)
      diagnostic.code = arena.copy(draft.code).raw
      diagnostic.message = arena.copy(draft.message).raw
      diagnostic.range = lines.range(draft.span.start, draft.span.end)
      sink.pointee.diagnostic(sink.pointee.context, &diagnostic)
    }
  }
}

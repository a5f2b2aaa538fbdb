import CodiraAnalyzerKit
import CodiraCFamily

/// A symbol as it was read, before the declarations of what the file also defines are left out.
struct Reading {
  var kind: SymbolKind
  var descriptor: DescriptorKind
  /// Where its id hangs; the language's root for none.
  var parent: Text
  var name: Text
  var qualified: Text
  var overload = Text.empty
  var nameStart: UInt32
  var nameEnd: UInt32
  var start: UInt32
  var end: UInt32
  /// Its definition may stand elsewhere.
  var isDeclaration = false
  var flags: SymbolFlags = []
  var visibility = Visibility.unknown
  var parametersMin: Int32 = 0
  var parametersMax: Int32 = -1
  var signature = Text.empty
  var aliases: [Chain] = []
  var value: Value?
  var hasPayload = true
  var hasTrailingComment = false
}

/// Puts declarations and definitions of one id together and writes the symbols.
struct SymbolEmitter {
  private let file: FileContext
  private var defined: [Text: Int] = [:]
  private var waiting: [(id: Text, reading: Reading)] = []
  private var spaces: Set<Text> = []
  /// References whose places are the source's own.
  var ownReferences: [ReferenceDraft] = []
  /// Symbols whose places are the source's own.
  private var own: [SymbolDraft] = []

  init(_ file: FileContext) { self.file = file }

  func id(_ reading: Reading) -> Text {
    file.ids.id(reading.parent, reading.descriptor, reading.name, overload: reading.overload)
  }

  /// Reports a definition at once, keeps a declaration until the end; the id.
  mutating func emit(_ reading: Reading) -> Text {
    let bare = id(reading)
    if reading.isDeclaration {
      waiting.append((bare, reading))
      return bare
    }
    let id = file.ids.define(reading.parent, reading.descriptor, reading.name, overload: reading.overload)
    if defined[bare] == nil { defined[bare] = file.output.symbols.count }
    file.output.symbols.append(draft(reading, id))
    return id
  }

  /// A namespace has one row, where it is first opened.
  mutating func space(_ reading: Reading, id: Text) {
    guard spaces.insert(id).inserted else { return }
    file.output.symbols.append(draft(reading, id))
  }

  /// Declarations that the file does not define, and what those that it defines have to add.
  mutating func finish() {
    for (id, reading) in waiting {
      guard let index = defined[id] else {
        defined[id] = file.output.symbols.count
        var draft = draft(reading, id)
        if reading.kind != .field { draft.flags.insert(.declarationOnly) }
        file.output.symbols.append(draft)
        continue
      }
      complete(index, reading)
    }
    file.preparation.places.restore(file.output)
    file.output.symbols += own
    file.output.references += ownReferences
  }

  private func complete(_ index: Int, _ reading: Reading) {
    let output = file.output
    if output.symbols[index].documentation.isEmpty {
      output.symbols[index].documentation = documentation(reading)
    }
    if output.symbols[index].visibility == .unknown { output.symbols[index].visibility = reading.visibility }
    // Default arguments stand in the declaration.
    output.symbols[index].parametersMin = min(output.symbols[index].parametersMin, reading.parametersMin)
    output.symbols[index].flags.formUnion(reading.flags.intersection([.static, .abstract]))
  }

  private func draft(_ reading: Reading, _ id: Text) -> SymbolDraft {
    var draft = SymbolDraft(
      reading.kind, id: id, name: reading.name, qualifiedName: reading.qualified, start: reading.start,
      end: reading.end, nameStart: reading.nameStart, nameEnd: reading.nameEnd, flags: reading.flags)
    draft.parent = reading.parent == file.root ? .empty : reading.parent
    draft.visibility = reading.visibility
    draft.parametersMin = reading.parametersMin
    draft.parametersMax = reading.parametersMax
    draft.signature = reading.signature
    draft.documentation = documentation(reading)
    if draft.hasPayload { draft.hasPayload = reading.hasPayload }
    if !reading.aliases.isEmpty { draft.aliases = file.arena.copy(reading.aliases) }
    if let value = reading.value { draft.valueTypes = value.facts(file.arena) }
    if isDeprecated(reading.signature) { draft.flags.insert(.deprecated) }
    return draft
  }

  private func isDeprecated(_ text: Text) -> Bool {
    guard text.count > 12 else { return false }
    for start in 0...(text.count - 10) where text[start] | 0x20 == UInt8(ascii: "d") {
      let word = text[start..<start + 10]
      if word == "deprecated" || word == "DEPRECATED" { return true }
    }
    return false
  }

  private func documentation(_ reading: Reading) -> Text {
    let places = file.preparation.places
    if let above = file.comments.above(places.source(reading.start)) { return file.comments.text(above) }
    guard reading.hasTrailingComment,
      let behind = file.comments.behind(places.source(reading.end, isEnd: true))
    else { return .empty }
    return file.comments.text(behind)
  }

  // The file and its macros

  mutating func module(before first: UInt32) {
    let path = file.seen.path
    let bytes = UInt32(file.shared.source.bytes.count)
    let name = path.lastIndex(of: "/").map { path.dropFirst($0 + 1) } ?? path
    var module = SymbolDraft(
      .module, id: file.module, name: name, qualifiedName: path, start: 0, end: bytes, nameStart: 0,
      nameEnd: 0)
    module.signature = path
    let place = min(
      file.preparation.places.source(first), file.preparation.directives.first?.start ?? bytes)
    if let header = file.comments.header(before: place), file.comments.above(place)?.contains(0) != true {
      module.documentation = file.comments.text(header)
      let bounds = file.comments.bounds(header)
      file.output.documentation.append(
        DocumentationDraft(
          id: file.module, owner: file.module, format: file.comments.isDoxygen(header) ? "doxygen" : "plain",
          text: module.documentation, start: bounds.start, end: bounds.end))
    }
    own.append(module)
  }

  mutating func macros() {
    let directives = file.preparation.directives
    for (index, directive) in directives.enumerated() where directive.kind == .define && !directive.isDead {
      guard let macro = MacroDefinition(directive, file.shared) else { continue }
      let isGuard = macro.isGuard(behind: index > 0 ? directives[index - 1] : nil, file.shared)
      own.append(draft(macro, directive, isGuard: isGuard))
    }
  }

  private func draft(_ macro: MacroDefinition, _ directive: Directive, isGuard: Bool) -> SymbolDraft {
    let name = file.shared.source.text(macro.name.start, macro.name.end)
    var draft = SymbolDraft(
      .macro, id: file.ids.define(file.root, .macro, name), name: name, qualifiedName: name,
      start: directive.start, end: macro.end, nameStart: macro.name.start, nameEnd: macro.name.end)
    if let parameters = macro.parameters {
      draft.parametersMin = Int32(parameters.count)
      draft.parametersMax = macro.isVariadic ? -1 : Int32(parameters.count)
    }
    let whole = file.shared.oneLine(directive.start, macro.end, limit: 100)
    draft.signature =
      whole.count <= 100 ? whole : file.shared.oneLine(directive.start, macro.headEnd(file.shared))
    draft.hasPayload = !isGuard
    if let above = file.comments.above(directive.start) {
      draft.documentation = file.comments.text(above)
    } else if let behind = file.comments.behind(macro.end) {
      draft.documentation = file.comments.text(behind)
    }
    return draft
  }
}

import CodiraCFamily
import CodiraAnalyzerKit

/// What the file's own definitions say of a name, for the references to it.
struct FileNames {
  /// Functions and variables with file linkage, by name.
  var statics: [Text: Text] = [:]
  var functions: Set<Text> = []
  var variables: Set<Text> = []
  /// Macros with parameters.
  var callableMacros: Set<Text> = []
  /// Enumerators and macros without parameters.
  var constants: Set<Text> = []
}

/// Puts the declarations and definitions of one name together and writes the symbols.
struct SymbolEmitter {
  private let file: FileContext
  private let found: [Found]
  private var names = FileNames()
  private var ids: [Text]
  private var qualified: [Text]
  private var defined: Set<Text> = []
  private var declared: Set<Text> = []
  private var documentation: [Text: Text] = [:]

  static func emit(_ found: [Found], _ file: FileContext) -> FileNames {
    var emitter = SymbolEmitter(file, found)
    emitter.emitModule()
    emitter.findNames()
    emitter.findDefinitions()
    for index in found.indices { emitter.emit(index) }
    return emitter.names
  }

  private init(_ file: FileContext, _ found: [Found]) {
    self.file = file
    self.found = found
    ids = Array(repeating: .empty, count: found.count)
    qualified = ids
  }

  private func emitModule() {
    let path = file.source.path
    let name = path.lastIndex(of: "/").map { path.dropFirst($0 + 1) } ?? path
    var module = SymbolDraft(
      .module, id: file.module, name: name, qualifiedName: path, start: 0,
      end: UInt32(file.source.bytes.count), nameStart: 0, nameEnd: 0)
    module.signature = path
    let first = found.map(\.commentPlace).min() ?? UInt32(file.source.bytes.count)
    if let header = file.comments.header(before: first), file.comments.above(first)?.contains(0) != true {
      module.documentation = file.comments.text(header).withoutLicence
      let bounds = file.comments.bounds(header)
      if !module.documentation.isEmpty {
        file.output.documentation.append(
          DocumentationDraft(
            id: file.module, owner: file.module,
            format: file.comments.isDoxygen(header) ? "doxygen" : "plain",
            text: module.documentation, start: bounds.start, end: bounds.end))
      }
    }
    file.output.symbols.append(module)
  }

  private mutating func findNames() {
    for one in found {
      switch one.kind {
      case .function where !one.flags.contains(.local): names.functions.insert(one.name)
      case .variable, .constant: names.variables.insert(one.name)
      case .enumerator: names.constants.insert(one.name)
      case .macro:
        if one.parametersMin >= 0, one.isAlias {
          names.constants.insert(one.name)
        } else {
          names.callableMacros.insert(one.name)
        }
      default: break
      }
      if one.isStatic, !file.isHeader, one.container < 0 {
        names.statics[one.name] = file.output.ids.id(file.module, one.descriptor, one.name)
      }
    }
  }

  /// Bare ids with a definition; a variable without initializer counts where no other is there.
  private mutating func findDefinitions() {
    for one in found where !one.isDeclaration && !one.isTentative && one.container < 0 {
      defined.insert(bareID(one))
    }
  }

  /// What a symbol's id is built on: the file for what it keeps to itself, what it lies in, or nothing.
  private func parent(_ one: Found) -> Text {
    if one.container >= 0 { return ids[Int(one.container)] }
    if one.isRespelling { return file.module }
    let isOwn = one.descriptor == .callable || one.descriptor == .term
    return isOwn && one.kind != .enumerator && names.statics[one.name] != nil ? file.module : file.root
  }

  private func isDefined(_ one: Found) -> Bool { one.isStatic || defined.contains(bareID(one)) }

  private func bareID(_ one: Found) -> Text { file.output.ids.id(parent(one), one.descriptor, one.name) }

  private mutating func emit(_ index: Int) {
    let one = found[index]
    // What another platform lacks is declared here and defined outside all the same.
    if one.isDeclaration, one.kind == .function, StandardLibrary.contains(one.name), !isDefined(one) {
      ids[index] = bareID(one)
      return
    }
    let parent = parent(one)
    let bare = bareID(one)
    let merges = one.container < 0 && (one.isDeclaration || one.isTentative)
    if merges, defined.contains(bare) || !declared.insert(bare).inserted {
      ids[index] = bare
      qualified[index] = one.name
      return
    }
    let id = merges ? bare : file.output.ids.define(parent, one.descriptor, one.name)
    ids[index] = id
    qualified[index] = qualify(one)
    var draft = SymbolDraft(
      one.kind, id: id, name: one.name, qualifiedName: qualified[index], start: one.start, end: one.end,
      nameStart: one.nameStart, nameEnd: one.nameEnd, flags: flags(one))
    draft.parent = parent == file.root ? .empty : parent
    draft.visibility = visibility(one)
    draft.parametersMin = one.parametersMin
    draft.parametersMax = one.parametersMax
    draft.signature = one.signature
    draft.documentation = documentation(one)
    if draft.hasPayload { draft.hasPayload = one.hasPayload }
    if let type = one.type {
      if one.kind == .typeAlias, one.isAlias, !type.isExternal {
        draft.aliases = TypeFacts.chains(type, file.arena)
      } else {
        draft.valueTypes = TypeFacts.parts(type, file.arena)
      }
    }
    file.output.symbols.append(draft)
  }

  private func qualify(_ one: Found) -> Text {
    guard one.container >= 0, one.kind != .enumerator else { return one.name }
    return file.arena.join(qualified[Int(one.container)], ".", one.name)
  }

  private func flags(_ one: Found) -> SymbolFlags {
    var flags = one.flags
    if one.isDeclaration { flags.insert(.declarationOnly) }
    let isPrivate = one.container < 0 && parent(one) == file.module
    if one.isStatic || isPrivate, one.kind != .macro { flags.insert(.static) }
    if file.source.path.hasPrefix("test/") || file.source.path.hasPrefix("tests/"), one.kind == .function,
      one.name.hasPrefix("test")
    {
      flags.insert(.test)
    }
    if one.kind == .function || one.kind == .variable || one.kind == .typeAlias, isDeprecated(one) {
      flags.insert(.deprecated)
    }
    return flags
  }

  private func isDeprecated(_ one: Found) -> Bool {
    let text = one.signature
    guard text.count > 12 else { return false }
    for start in 0...(text.count - 10) where text[start] | 0x20 == UInt8(ascii: "d") {
      let word = text[start..<start + 10]
      if word == "deprecated" || word == "DEPRECATED" { return true }
    }
    return false
  }

  private func visibility(_ one: Found) -> Visibility {
    switch one.kind {
    case .function, .variable, .constant:
      if one.flags.contains(.local) { return .private }
      return names.statics[one.name] != nil ? .private : .public
    default: return .unknown
    }
  }

  private func documentation(_ one: Found) -> Text {
    if let above = file.comments.above(one.commentPlace) { return file.comments.text(above) }
    guard one.hasTrailingComment, let behind = file.comments.behind(one.end) else { return .empty }
    return file.comments.text(behind)
  }
}

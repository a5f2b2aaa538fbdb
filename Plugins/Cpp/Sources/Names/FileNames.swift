import CodiraAnalyzerKit

/// What one namespace or record holds, as far as this file says.
struct ScopeNames {
  var types: Set<Text> = []
  var callables: Set<Text> = []
  var values: Set<Text> = []
  var namespaces: Set<Text> = []
  var isRecord = false
  /// A record may inherit names that nobody sees here.
  var hasBases = false

  func contains(_ name: Text) -> Bool {
    callables.contains(name) || types.contains(name) || values.contains(name) || namespaces.contains(name)
  }
}

/// A namespace of a file: its id for everybody, and the one for what the file keeps to itself.
struct Space {
  var id: Text
  var twin: Text
}

/// The names that a file declares, by the id of what holds them; found before anything is reported.
final class FileNames {
  private(set) var scopes: [Text: ScopeNames] = [:]
  /// `static` names, by namespace.
  private var statics: [Text: Set<Text>] = [:]
  private let file: FileContext

  init(_ file: FileContext, _ root: Node) {
    self.file = file
    let space = Space(id: file.root, twin: file.isHeader ? file.root : file.module)
    visit(root, space)
  }

  /// Where a name of a namespace belongs: to the file, where it is `static` anywhere in it.
  func home(_ name: Text, _ space: Space) -> Text {
    !file.isHeader && statics[space.id]?.contains(name) == true ? space.twin : space.id
  }

  func inner(_ space: Space, _ name: Text?) -> Space {
    // What is in a namespace without a name belongs to the file; in a header nobody knows to which.
    guard let name else { return file.isHeader ? space : Space(id: space.twin, twin: space.twin) }
    return Space(
      id: file.ids.id(space.id, .namespace, name), twin: file.ids.id(space.twin, .namespace, name))
  }

  // Collecting

  private func visit(_ node: Node, _ space: Space) {
    for child in node.children { member(child, space) }
  }

  private func member(_ node: Node, _ space: Space) {
    switch node.kind {
    case .namespaceDefinition:
      var inner = space
      let parts = NameParts.namespaces(node, file)
      for part in parts {
        scopes[inner.id, default: ScopeNames()].namespaces.insert(part)
        inner = self.inner(inner, part)
      }
      if parts.isEmpty { inner = self.inner(space, nil) }
      if let body = node.child(.body) { visit(body, inner) }
    case .linkageSpecification, .declarationList, .templateDeclaration, .error: visit(node, space)
    case .functionDefinition, .declaration: declaration(node, space)
    case .typeDefinition, .aliasDeclaration, .conceptDefinition: alias(node, space.id)
    case .classSpecifier, .structSpecifier, .unionSpecifier, .enumSpecifier: record(node, space.id)
    case .usingDeclaration:
      if let name = NameParts.used(node, file) {
        scopes[space.twin, default: ScopeNames()].values.insert(name)
      }
    case .namespaceAlias:
      if let name = node.child(.name) {
        scopes[space.twin, default: ScopeNames()].values.insert(file.text(name))
      }
    default: break
    }
  }

  private func declaration(_ node: Node, _ space: Space) {
    if let type = node.child(.type), type.isTag { record(type, space.id) }
    let isStatic = node.children.contains {
      $0.kind == .storageClass && file.text($0) == "static"
    }
    for outer in node.declarators {
      let declarator = Declarator(outer)
      guard let name = declarator.name, name.kind == .identifier else { continue }
      let text = file.text(name)
      if isStatic { statics[space.id, default: []].insert(text) }
      let home = isStatic && !file.isHeader ? space.twin : space.id
      if declarator.isFunction {
        scopes[home, default: ScopeNames()].callables.insert(text)
      } else {
        scopes[home, default: ScopeNames()].values.insert(text)
      }
    }
  }

  private func alias(_ node: Node, _ scope: Text) {
    if let type = node.child(.type), type.isTag { record(type, scope) }
    if node.kind == .typeDefinition {
      for outer in node.declarators {
        guard let name = Declarator(outer).name else { continue }
        scopes[scope, default: ScopeNames()].types.insert(file.text(name))
      }
    } else if let name = node.child(.name) {
      scopes[scope, default: ScopeNames()].types.insert(file.text(name))
    }
  }

  private func record(_ node: Node, _ scope: Text) {
    guard let name = node.child(.name), name.kind != .qualifiedIdentifier else {
      if let body = node.child(.body) { members(body, scope) }
      return
    }
    let text = NameParts.typeName(name, file)
    scopes[scope, default: ScopeNames()].types.insert(text)
    guard let body = node.child(.body) else { return }
    let id = file.ids.id(scope, .type, text)
    scopes[id, default: ScopeNames()].isRecord = true
    if node.child(of: .baseClause) != nil { scopes[id]?.hasBases = true }
    members(body, id)
  }

  private func members(_ body: Node, _ scope: Text) {
    for node in body.children {
      switch node.kind {
      case .fieldDeclaration, .functionDefinition, .declaration:
        if let type = node.child(.type), type.isTag { record(type, scope) }
        for outer in node.declarators {
          let declarator = Declarator(outer)
          guard let name = declarator.name else { continue }
          if declarator.isFunction {
            scopes[scope, default: ScopeNames()].callables.insert(file.text(name))
          } else {
            scopes[scope, default: ScopeNames()].values.insert(file.text(name))
          }
        }
      case .typeDefinition, .aliasDeclaration: alias(node, scope)
      case .classSpecifier, .structSpecifier, .unionSpecifier, .enumSpecifier: record(node, scope)
      case .templateDeclaration, .error: members(node, scope)
      case .usingDeclaration: scopes[scope, default: ScopeNames()].hasBases = true
      default: break
      }
    }
  }
}

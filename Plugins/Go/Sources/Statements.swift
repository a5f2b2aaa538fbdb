import CodiraAnalyzerKit

extension FileReader {
  func readBlock(_ block: Node) {
    scope.open()
    for statement in block.children { read(statement: statement) }
    scope.close()
  }

  func read(statement node: Node) {
    switch node.kind {
    case .block: readBlock(node)
    case .shortVarDeclaration: bindList(node.child(.left), node.child(.right))
    case .assignmentStatement: readAssignment(node)
    case .varDeclaration, .constDeclaration: readLocals(node)
    case .typeDeclaration: readTypes(node)
    case .ifStatement: readIf(node)
    case .forStatement, .switchStatement, .selectStatement: readNested(node)
    case .expressionCase, .defaultCase, .communicationCase: readNested(node)
    case .typeSwitch: readTypeSwitch(node)
    case .rangeClause: readRange(node)
    case .receiveStatement: readReceive(node)
    case .labelName, .identifier, .packageClause, .importDeclaration:
      if node.kind == .identifier { visit(node) }
    case .functionDeclaration, .methodDeclaration:
      // Only where the source is broken: nothing else nests them.
      scope.open()
      if let body = node.child(.body) { readBlock(body) }
      scope.close()
    case .forClause, .error, .other, .expressionList, .varSpecList:
      for child in node.children { read(statement: child) }
    default: visit(node, isStored: node.parent?.kind == .expressionList)
    }
  }

  /// A statement or clause that is a block of its own.
  private func readNested(_ node: Node) {
    scope.open()
    for child in node.children { read(statement: child) }
    scope.close()
  }

  private func readIf(_ node: Node) {
    scope.open()
    for child in node.children { read(statement: child) }
    scope.close()
  }

  /// Names of a list, declared with the values of another; those that are no new names are only read.
  private func bindList(_ left: Node?, _ right: Node?) {
    let values = right.map { visitList($0) } ?? []
    guard let left else { return }
    let names = left.children.map { $0 }
    let spread = spread(values, over: names.count, right?.firstChild)
    for (index, name) in names.enumerated() {
      guard name.kind == .identifier else {
        visit(name)
        continue
      }
      let value = index < spread.count ? spread[index] : .local
      scope.bind(source.text(name), value.isKnown ? local(value) : .local)
    }
  }

  /// What a variable holds that was given `value`: never the type or package itself.
  private func local(_ value: Value) -> Value {
    var value = value
    if value.nature == .type || value.nature == .package { value.nature = .value }
    return value
  }

  private func visitList(_ list: Node) -> [Value] {
    guard list.kind == .expressionList else { return [visit(list, isStored: true)] }
    return list.children.map { visit($0, isStored: true) }
  }

  private func readAssignment(_ node: Node) {
    if let right = node.child(.right) { _ = visitList(right) }
    guard let left = node.child(.left) else { return }
    for target in left.children { visit(target) }
  }

  private func readLocals(_ node: Node) {
    for spec in node.descendants where spec.kind == .varSpec || spec.kind == .constSpec {
      guard isSpec(spec, of: node) else { continue }
      let declared = spec.child(.type).map { type($0) }
      let values = spec.child(.value).map { visitList($0) } ?? []
      let names = spec.children.filter { $0.field == .name }
      let spread = spread(values, over: names.count, spec.child(.value)?.firstChild)
      for (index, name) in names.enumerated() {
        let value = declared ?? (index < spread.count ? spread[index] : .local)
        scope.bind(source.text(name), value.isKnown ? local(value) : .local)
      }
    }
  }

  /// Whether it belongs to the declaration itself, not to a function literal in it.
  private func isSpec(_ spec: Node, of node: Node) -> Bool {
    spec.parent == node || (spec.parent?.kind == .varSpecList && spec.parent?.parent == node)
  }

  private func readRange(_ node: Node) {
    guard let right = node.child(.right) else { return }
    let value = visit(right)
    guard let left = node.child(.left) else { return }
    let names = left.children.map { $0 }
    let isDeclaration = source.text(left.end, right.start).hasPrefix(":=") || hasColon(left.end, right.start)
    for (index, name) in names.enumerated() {
      guard isDeclaration, name.kind == .identifier else {
        visit(name)
        continue
      }
      let item = index == 0 ? key(of: value, isAlone: names.count == 1) : element(of: value)
      scope.bind(source.text(name), item.isKnown ? item : .local)
    }
  }

  private func hasColon(_ start: UInt32, _ end: UInt32) -> Bool {
    source.text(start, end).trimmed.hasPrefix(":=")
  }

  private func readReceive(_ node: Node) {
    let left = node.child(.left)
    guard let right = node.child(.right) else { return }
    if let left, hasColon(left.end, right.start) {
      let value = visit(right)
      for (index, name) in left.children.enumerated() where name.kind == .identifier {
        scope.bind(source.text(name), index == 0 && value.isKnown ? value : .local)
      }
    } else {
      if let left { for target in left.children { visit(target) } }
      visit(right)
    }
  }

  private func readTypeSwitch(_ node: Node) {
    scope.open()
    if let initializer = node.child(.initializer) { read(statement: initializer) }
    let operand = node.child(.value).map { visit($0) } ?? .unknown
    let name = node.child(.alias)?.firstChild.map { source.text($0) }
    for clause in node.children where clause.kind == .typeCase || clause.kind == .defaultCase {
      scope.open()
      let types = clause.children.filter { $0.field == .type }
      var value = operand
      for typeNode in types {
        let isNil = source.text(typeNode) == "nil" && scope["nil"] == nil
        let one = isNil ? operand : type(typeNode)
        if types.count == 1 { value = one }
      }
      if let name { scope.bind(name, value.isKnown ? local(value) : .local) }
      for statement in clause.children where statement.field != .type { read(statement: statement) }
      scope.close()
    }
    scope.close()
  }
}

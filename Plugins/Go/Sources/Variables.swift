import CodiraAnalyzerKit

extension FileReader {
  /// Constants of a package; a specification without a value repeats the one above it.
  func readConstants(_ node: Node) {
    let isGrouped = isGrouped(node)
    var last: [Value] = []
    for spec in node.children where spec.kind == .constSpec {
      let names = spec.children.filter { $0.field == .name }
      let indexes = names.map {
        define($0, spec, .constant, whole: isGrouped ? spec : node, keyword: "const")
      }
      if spec.child(.value) != nil || spec.child(.type) != nil { last = readValues(spec, names, indexes) }
      state(last, indexes)
    }
  }

  func readVariables(_ node: Node) {
    let isGrouped = isGrouped(node)
    let list = node.child(of: .varSpecList) ?? node
    for spec in list.children where spec.kind == .varSpec {
      let names = spec.children.filter { $0.field == .name }
      let indexes = names.map {
        define($0, spec, .variable, whole: isGrouped ? spec : node, keyword: "var")
      }
      state(readValues(spec, names, indexes), indexes)
    }
  }

  private func state(_ values: [Value], _ indexes: [Int?]) {
    for (value, index) in zip(values, indexes) {
      if let index { output.symbols[index].valueTypes = valueTypes(value) }
    }
  }

  /// The symbol of a package's variable or constant; none for `_`.
  private func define(_ place: Node, _ spec: Node, _ kind: SymbolKind, whole: Node, keyword: Text) -> Int? {
    let name = source.text(place)
    if name == "_" { return nil }
    var symbol = SymbolDraft(
      kind, id: output.ids.define(packageID, .term, name), name: name,
      qualifiedName: arena.join(packageName, ".", name), start: whole.start, end: whole.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = packageID
    symbol.visibility = FileReader.visibility(name)
    symbol.signature = arena.join(keyword, " ", signature(variable: place, spec))
    document(&symbol, above: whole.start, behind: whole.end)
    output.symbols.append(symbol)
    return output.symbols.count - 1
  }

  /// `name Type = value`, as if the specification had this name alone.
  private func signature(variable place: Node, _ spec: Node) -> Text {
    var text = source.text(place)
    if let type = spec.child(.type) {
      text = arena.join(text, " ", signature(from: type.start, to: type.end, limit: 200))
    }
    guard let values = spec.child(.value) else { return text }
    let index = spec.children.filter { $0.field == .name }.firstIndex(of: place) ?? 0
    let expressions = values.children.map { $0 }
    guard index < expressions.count else { return text }
    let value = expressions[index]
    return arena.join(text, " = ", signature(from: value.start, to: value.end, limit: 80))
  }

  /// The values of a specification's names; what stands in an initialiser belongs to the symbol it initialises.
  private func readValues(_ spec: Node, _ names: [Node], _ indexes: [Int?]) -> [Value] {
    let symbols = indexes.map { index in index.map { output.symbols[$0] } }
    func container(_ index: Int) -> Container? {
      guard index < symbols.count, let symbol = symbols[index] else { return nil }
      return Container(id: symbol.id, qualifiedName: symbol.qualifiedName)
    }
    func within(_ index: Int, _ body: () -> Value) -> Value {
      guard let container = container(index) else { return body() }
      return self.within(container.id, container.qualifiedName, body)
    }
    let declared = spec.child(.type).map { node in within(0) { type(node, in: container(0)) } }
    var values: [Value] = []
    if let list = spec.child(.value) {
      for (index, expression) in list.children.enumerated() {
        values.append(
          within(index) {
            expression.kind == .compositeLiteral
              ? visitComposite(expression, in: declared == nil ? container(index) : nil)
              : visit(expression, isStored: true)
          })
      }
    }
    if let declared { return names.map { _ in declared } }
    return spread(values, over: names.count, spec.child(.value)?.firstChild)
  }

  /// One value for each name: several of one call, a value and a flag of `x.(T)`, `m[k]`, `<-c`.
  func spread(_ values: [Value], over count: Int, _ expression: Node?) -> [Value] {
    guard values.count == 1, count > 1 else { return values }
    guard expression.map({ isCall($0) }) ?? false else { return values + [.local] }
    return (0..<count).map { part(values[0], $0) }
  }

  private func isCall(_ node: Node) -> Bool {
    switch node.kind {
    case .callExpression: true
    case .typeConversion: node.child(.type)?.kind == .genericType
    case .parenthesizedExpression: node.firstChild.map { isCall($0) } ?? false
    default: false
    }
  }
}

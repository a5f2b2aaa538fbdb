import CodiraAnalyzerKit

/// What the place of an expression says of it: a function's parameters where it is passed, assigned or returned,
/// and the members of an object literal there.
///
/// The types of a function's parameters stand at the steps `#p0`, `#p1`, … of its value. A function with several
/// signatures has none: which one is meant depends on the arguments.
extension FileReader {
  private static let steps: [Text] = ["#p0", "#p1", "#p2", "#p3", "#p4", "#p5", "#p6", "#p7"]

  static func isParameter(_ part: ValuePart) -> Bool {
    part.path.first?.hasPrefix("#p") ?? false
  }

  /// What a function of the type of `value` takes at `index`.
  func parameter(_ value: Value, _ index: Int) -> Value {
    guard index < FileReader.steps.count else { return .unknown }
    let step = FileReader.steps[index]
    if let part = part(value, step) { return part }
    switch value.nature {
    case .object, .member, .parent, .instance:
      guard !value.chains.isEmpty else { return .unknown }
      return Value(nature: .instance, chains: arena.chains(value.chains, then: step))
    case .unknown, .result, .receiver, .external, .local, .function: return .unknown
    }
  }

  /// What the member `name` of something declared as `value` is declared as.
  func expected(_ name: Text?, of value: Value) -> Value {
    if value.nature == .external { return part(value, "[]") ?? .unknown }
    guard let name, value.isKnown else { return .unknown }
    let found = member(value, name)
    return found.nature == .local ? .unknown : found
  }

  /// The parts of a function's value that its parameters make: those whose types are the repository's own.
  func parameterParts(_ parameters: [Value]) -> [ValuePart] {
    var parts: [ValuePart] = []
    for (index, value) in parameters.enumerated().prefix(FileReader.steps.count) {
      guard parts.count < 8 else { break }
      let step = FileReader.steps[index]
      let isOwn = value.nature == .instance || value.nature == .member || value.nature == .receiver
      if isOwn, !value.chains.isEmpty, !value.chains[0].isExternal {
        parts.append(ValuePart(path: arena.copy([step]), value.chains))
      }
      for part in value.parts
      where part.path.count < 4 && (value.nature != .function || FileReader.isParameter(part)) {
        guard part.chains.first?.isExternal == false else { continue }
        parts.append(ValuePart(path: arena.copy([step] + Array(part.path)), part.chains))
      }
    }
    return parts
  }

  /// `types` with those of a function's parameters behind them.
  func valueTypes(
    _ types: UnsafeBufferPointer<ValuePart>, parameters: [ValuePart]
  ) -> UnsafeBufferPointer<ValuePart> {
    guard !parameters.isEmpty else { return types }
    return arena.copy(types.filter { !FileReader.isParameter($0) } + parameters)
  }

  /// Several signatures: none says what the function takes.
  func forgetParameters(_ index: Int) {
    let types = output.symbols[index].valueTypes
    guard types.contains(where: { FileReader.isParameter($0) }) else { return }
    output.symbols[index].valueTypes = arena.copy(types.filter { !FileReader.isParameter($0) })
  }
}

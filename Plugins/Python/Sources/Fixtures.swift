import CodiraAnalyzerKit

/// Fixtures as pytest finds them: by a parameter's name, in the class, the module, then the `conftest.py` files of
/// the folders above, the nearest first.
extension FileReader {
  /// The parameters of a test or fixture that say nothing of their own.
  func fixtures(_ list: Node?, _ scope: Scope, _ decorations: Decorations) -> [Text] {
    guard let list else { return [] }
    return list.children.filter { $0.kind == .identifier }.map { source.text($0) }.filter { name in
      scope.bindings[name]?.value.nature == .local && !decorations.parametrized.contains(name)
    }
  }

  /// Binds them when the module has been read: a fixture may stand below its use.
  func bindFixtures() {
    for name in scope.fixtures {
      guard let value = fixture(name) else { continue }
      scope.bindings[name] = Binding(kind: .parameter, value: value)
    }
  }

  private func fixture(_ name: Text) -> Value? {
    if FileReader.builtinFixtures.contains(name.description) { return builtin(name) }
    var chains: [Chain] = []
    if let type = scope.type, type.methods.contains(name) { chains.append(arena.chain(type.id, name)) }
    var outermost = scope
    while let parent = outermost.parent { outermost = parent }
    if let binding = outermost.bindings[name], binding.kind == .function || binding.kind == .imported,
      outermost.bindings[name]?.value.chains.first?.isExternal == false
    {
      chains.append(contentsOf: binding.value.chains)
    }
    for test in conftests where chains.count < 4 {
      chains.append(arena.chain(namespace(test), name))
    }
    return chains.isEmpty ? nil : Value(nature: .result, chains: arena.copy(chains))
  }

  /// Those of pytest itself and of plugins that everybody has.
  private static let builtinFixtures: Set<String> = [
    "cache", "caplog", "capfd", "capfdbinary", "capsys", "capsysbinary", "event_loop", "mocker",
    "monkeypatch",
    "pytestconfig", "pytester", "record_property", "recwarn", "request", "subtests", "testdir", "tmp_path",
    "tmp_path_factory", "tmpdir", "tmpdir_factory",
  ]
}

import CodiraAnalyzerKit

extension FileReader {
  /// What a name's underscores say; `__all__` may say otherwise of a module's own names.
  func visibility(_ name: Text) -> Visibility {
    if FileReader.isDunder(name) { return .public }
    guard name.hasPrefix("_"), name.count > 1 else { return .public }
    if scope.kind == .module { return .internal }
    if name.hasPrefix("__") { return .private }
    return .protected
  }

  /// In a module with `__all__` the names in it are public, and no others.
  func applyExports() {
    guard let exports else { return }
    for index in output.symbols.indices where output.symbols[index].parent == moduleID {
      let name = output.symbols[index].name
      if exports.contains(name) {
        output.symbols[index].visibility = .public
      } else if output.symbols[index].visibility == .public, !FileReader.isDunder(name), name != "*" {
        output.symbols[index].visibility = .internal
      }
    }
  }
}

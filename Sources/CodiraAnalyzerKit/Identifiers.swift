import CodiraModel

/// Builds the stable ids of one file, in the output's arena.
public final class Identifiers {
  private let arena: Arena
  private var writer = StableIDWriter()
  private var definitions: [Text: Int32] = [:]

  init(arena: Arena) { self.arena = arena }

  func reset() { definitions.removeAll(keepingCapacity: true) }

  /// The file-less root of a language: `c `.
  public func root(_ language: String) -> Text {
    writer.start(language: language)
    return arena.copy(writer.bytes)
  }

  /// The id of the last of nested namespaces: of a package, of a file by its path.
  public func namespace(_ language: String, _ names: some Sequence<Text>) -> Text {
    names.reduce(root(language)) { id($0, .namespace, $1) }
  }

  /// `parent` and one more descriptor.
  public func id(
    _ parent: Text, _ kind: DescriptorKind, _ name: Text, overload: Text = .empty, mark: DescriptorMark? = nil
  ) -> Text {
    writer.start(parent: parent.bytes)
    writer.append(kind, arena.repaired(name).bytes, overload: arena.repaired(overload).bytes, mark: mark)
    return arena.copy(writer.bytes)
  }

  /// The id of one more definition in this file: the first of its name keeps the bare id, the next take the
  /// ordinals 1, 2, …; with a role `setter` the next are `setter+1`, `setter+2`, ….
  public func define(
    _ parent: Text, _ kind: DescriptorKind, _ name: Text, overload: Text = .empty, role: String? = nil
  ) -> Text {
    let bare = id(parent, kind, name, overload: overload, mark: role.map { .role($0) })
    let earlier = definitions[bare] ?? 0
    definitions[bare] = earlier + 1
    return earlier == 0 ? bare : marked(parent, kind, name, overload, role, earlier)
  }

  /// The id that `define` would give next.
  public func next(_ parent: Text, _ kind: DescriptorKind, _ name: Text, overload: Text = .empty) -> Text {
    let bare = id(parent, kind, name, overload: overload)
    let earlier = definitions[bare] ?? 0
    return earlier == 0 ? bare : marked(parent, kind, name, overload, nil, earlier)
  }

  private func marked(
    _ parent: Text, _ kind: DescriptorKind, _ name: Text, _ overload: Text, _ role: String?, _ earlier: Int32
  ) -> Text {
    let mark = role.map { DescriptorMark.role("\($0)+\(earlier)") } ?? .ordinal(Int(earlier))
    return id(parent, kind, name, overload: overload, mark: mark)
  }
}

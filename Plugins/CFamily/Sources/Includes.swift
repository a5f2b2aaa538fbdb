import CodiraAnalyzerKit

/// `#include` as references to the modules it may mean.
///
/// In quotes: beside the file, then from each folder above it, the folder itself and its `include`. In angle
/// brackets: a system header, unless one of those folders has it.
package enum Includes {
  package static func emit(_ file: SourceFile) {
    for directive in file.directives where directive.kind == .include && !directive.isDead {
      emit(directive, file)
    }
  }

  private static func emit(_ directive: Directive, _ file: SourceFile) {
    let bytes = file.source.bytes
    var start = directive.body
    while start < directive.end, Text.isSpace(bytes[Int(start)]) { start += 1 }
    guard start < directive.end else { return }
    let isSystem = bytes[Int(start)] == UInt8(ascii: "<")
    guard isSystem || bytes[Int(start)] == UInt8(ascii: "\"") else { return }
    let closing = UInt8(ascii: isSystem ? ">" : "\"")
    var end = start + 1
    while end < directive.end, bytes[Int(end)] != closing { end += 1 }
    guard end > start + 1, end < directive.end else { return }
    let name = file.source.text(start + 1, end)
    var reference = ReferenceDraft(.imports, owner: .empty, name: name, start: start + 1, end: end)
    reference.noName = true
    var chains: [Chain] = []
    for folder in folders(of: file.source.path, isSystem: isSystem) {
      guard let path = path(folder, name) else { continue }
      for root in [file.root, file.otherRoot] {
        let chain = Chain(moduleID(path, root, file))
        if !chains.contains(chain) { chains.append(chain) }
      }
    }
    if isSystem {
      reference.externalKind = StandardLibrary.headers.contains(name) ? .standardLibrary : .systemHeader
      reference.external = name
      if reference.externalKind == .standardLibrary { chains.removeAll() }
      chains.append(Chain(name, flags: .external))
    }
    reference.candidates = file.arena.copy(chains)
    file.output.references.append(reference)
  }

  /// Where an included path may begin, nearest first; at most seven folders up.
  private static func folders(of path: Text, isSystem: Bool) -> [[Text]] {
    var folder = Array(path.split(at: "/").dropLast())
    var folders = isSystem ? [] : [folder]
    for _ in 0..<7 {
      folders.append(folder + ["include"])
      guard !folder.isEmpty else { break }
      folder.removeLast()
      if !isSystem { folders.append(folder) }
    }
    return folders
  }

  /// `folder/name` without `.` and `..`; nil where it leads out of the repository.
  private static func path(_ folder: [Text], _ name: Text) -> [Text]? {
    var path = folder
    for component in name.split(at: "/") {
      switch component {
      case ".", "": break
      case "..":
        guard !path.isEmpty else { return nil }
        path.removeLast()
      default: path.append(component)
      }
    }
    return path.isEmpty ? nil : path
  }

  private static func moduleID(_ path: [Text], _ root: Text, _ file: SourceFile) -> Text {
    path.reduce(root) { file.output.ids.id($0, .namespace, $1) }
  }
}

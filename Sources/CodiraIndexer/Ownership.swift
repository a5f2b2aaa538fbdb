import CodiraModel

/// Which analyzer takes a file: by its exact name, else its longest suffix, else the interpreter in its first
/// line.
///
/// Of several with one claim the one that was chosen for it; else of a suffix the one whose other files are nearest
/// (`SharedSuffixes`), of anything else the first in the inventory.
struct Ownership: Sendable {
  private var names: [[UInt8]: Int] = [:]
  private var suffixes: [[UInt8]: [Int]] = [:]
  private let shared: SharedSuffixes
  private var interpreters: [[UInt8]: Int] = [:]
  private var chosen: [[UInt8]: Int] = [:]
  /// Bytes; larger files without execute permission are not looked into.
  private static let smallFile: Int64 = 64 << 10

  /// `descriptors` in the order of the inventory; answers are places in it.
  ///
  /// `owners` are chosen ones, by claim; a choice that no descriptor bears out counts for nothing.
  init(
    _ descriptors: [AnalyzerDescriptor], owners: [String: String] = [:], paths: some Sequence<RepositoryPath>
  ) {
    for (index, descriptor) in descriptors.enumerated() {
      for name in descriptor.fileNames where names[Array(name.utf8)] == nil {
        names[Array(name.utf8)] = index
      }
      for suffix in descriptor.suffixes where suffixes[Array(suffix.utf8)]?.contains(index) != true {
        suffixes[Array(suffix.utf8), default: []].append(index)
      }
      for name in descriptor.interpreters where interpreters[Array(name.utf8)] == nil {
        interpreters[Array(name.utf8)] = index
      }
    }
    shared = SharedSuffixes(suffixes, paths: paths)
    for (claim, id) in owners {
      guard let index = descriptors.firstIndex(where: { $0.id == id }) else { continue }
      let (descriptor, claim) = (descriptors[index], Array(claim.utf8))
      if descriptor.fileNames.contains(where: { claim.elementsEqual($0.utf8) }) { names[claim] = index }
      if descriptor.suffixes.contains(where: { claim.elementsEqual($0.utf8) }) { chosen[claim] = index }
      if descriptor.interpreters.contains(where: { claim.elementsEqual($0.utf8) }) {
        interpreters[claim] = index
      }
    }
  }

  func owner(of entry: RepositoryScan.Entry) -> Int? { decide(entry)?.owner }

  /// The owner of a file, by which claim, and what speaks for it among several with that claim.
  func decide(
    _ entry: RepositoryScan.Entry
  ) -> (owner: Int, claim: [UInt8], ground: OwnerChoice.Ground)? {
    let name = Array(entry.path.name.utf8)
    if let owner = names[name] { return (owner, name, .first) }
    var hasSuffix = false
    // The first dot is not the start of a suffix: `.bashrc` has none. Longest first.
    for index in name.indices.dropFirst() where name[index] == UInt8(ascii: ".") {
      hasSuffix = true
      let suffix = Array(name[index...])
      guard let owners = suffixes[suffix] else { continue }
      if let owner = chosen[suffix] { return (owner, suffix, .chosen) }
      guard let decision = shared.decide(entry.path, suffix: suffix) else {
        return (owners[0], suffix, .first)
      }
      return (decision.owner, suffix, decision.ground)
    }
    if hasSuffix || interpreters.isEmpty { return nil }
    let mayHaveInterpreter = entry.stat.mode & 0o111 != 0 || entry.stat.size <= Self.smallFile
    guard mayHaveInterpreter, entry.stat.size > 2, let interpreter = interpreter(of: entry) else {
      return nil
    }
    return interpreters[interpreter].map { ($0, interpreter, .first) }
  }

  /// `python3` of `#!/usr/bin/env -S python3 -u`.
  private func interpreter(of entry: RepositoryScan.Entry) -> [UInt8]? {
    guard let head = try? SystemFile.read(entry.systemPath, limit: 256).bytes, head.starts(with: "#!".utf8)
    else {
      return nil
    }
    let line = head.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    var words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }[...]
    guard let program = words.popFirst() else { return nil }
    var name = Self.lastComponent(program)
    if name.elementsEqual("env".utf8) {
      while let word = words.popFirst() {
        if word.first == UInt8(ascii: "-") || word.contains(UInt8(ascii: "=")) { continue }
        name = Self.lastComponent(word)
        break
      }
    }
    return Array(name)
  }

  private static func lastComponent(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
  }
}

import CodiraModel

/// Which analyzer takes a file: by its exact name, else its longest suffix, else the interpreter in its first
/// line.
///
/// Of several that claim a suffix the one whose other files are nearest (`SharedSuffixes`); of two with other equal
/// claims the first in the inventory.
struct Ownership: Sendable {
  private var names: [[UInt8]: Int] = [:]
  private var suffixes: [[UInt8]: [Int]] = [:]
  private let shared: SharedSuffixes
  private var interpreters: [[UInt8]: Int] = [:]
  /// Bytes; larger files without execute permission are not looked into.
  private static let smallFile: Int64 = 64 << 10

  /// `descriptors` in the order of the inventory; answers are places in it.
  init(_ descriptors: [AnalyzerDescriptor], paths: some Sequence<RepositoryPath>) {
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
  }

  func owner(of entry: RepositoryScan.Entry) -> Int? {
    let name = Array(entry.path.name.utf8)
    if let owner = names[name] { return owner }
    var hasSuffix = false
    // The first dot is not the start of a suffix: `.bashrc` has none. Longest first.
    for index in name.indices.dropFirst() where name[index] == UInt8(ascii: ".") {
      hasSuffix = true
      if let owners = suffixes[Array(name[index...])] {
        return shared.owner(entry.path, suffix: Array(name[index...])) ?? owners[0]
      }
    }
    if hasSuffix || interpreters.isEmpty { return nil }
    let mayHaveInterpreter = entry.stat.mode & 0o111 != 0 || entry.stat.size <= Self.smallFile
    guard mayHaveInterpreter, entry.stat.size > 2 else { return nil }
    return interpreter(of: entry).flatMap { interpreters[$0] }
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

import CodiraModel

/// Which of several analyzers takes a file whose suffix they all claim, as `.h` of C and of C++.
///
/// The one that has a file beside it of the same name but for the suffix. Else the one whose other files are
/// nearest: from the file's folder upward, the first folder that holds, at any depth, more files that are one
/// claimant's alone than of any other. Where none has more in the whole repository, the first in the inventory.
/// It depends on the paths of the repository alone.
package struct SharedSuffixes: Sendable {
  private let claimants: [[UInt8]: [Int]]
  /// By folder: how many files below it are each analyzer's alone.
  private var counts: [ArraySlice<UInt8>: [Int: Int]] = [:]
  /// By path without suffix, the analyzers that have such a file.
  private var namesakes: [ArraySlice<UInt8>: Set<Int>] = [:]

  /// `claims`: the analyzers of each suffix, in the inventory's order; `paths` of the whole repository.
  package init(_ claims: [[UInt8]: [Int]], paths: some Sequence<RepositoryPath>) {
    claimants = claims.filter { $0.value.count > 1 }
    let rivals = Set(claimants.values.joined())
    guard !rivals.isEmpty else { return }
    for path in paths {
      let bytes = Array(path.bytes)
      guard let suffix = Self.suffix(bytes, in: claims), let owners = claims[Array(suffix)],
        owners.count == 1,
        rivals.contains(owners[0])
      else { continue }
      namesakes[bytes[..<suffix.startIndex], default: []].insert(owners[0])
      for folder in Self.folders(bytes) { counts[folder, default: [:]][owners[0], default: 0] += 1 }
    }
  }

  /// nil where one analyzer alone claims the suffix.
  package func owner(_ path: RepositoryPath, suffix: [UInt8]) -> Int? {
    decide(path, suffix: suffix)?.owner
  }

  /// The owner, and what speaks for it; nil where one analyzer alone claims the suffix.
  func decide(_ path: RepositoryPath, suffix: [UInt8]) -> (owner: Int, ground: OwnerChoice.Ground)? {
    guard let claimants = claimants[suffix], let first = claimants.first else { return nil }
    let bytes = Array(path.bytes)
    let beside = claimants.filter { namesakes[bytes.dropLast(suffix.count)]?.contains($0) ?? false }
    if beside.count == 1 { return (beside[0], .namesake) }
    for folder in Self.folders(bytes) {
      let here = counts[folder] ?? [:]
      let most = claimants.map { here[$0] ?? 0 }.max() ?? 0
      let best = claimants.filter { (here[$0] ?? 0) == most }
      if most > 0, best.count == 1 { return (best[0], .nearest(folder: RepositoryPath(bytes: folder).text)) }
    }
    return (first, .first)
  }

  /// The folders around a file, the innermost first, the repository's root (empty) last.
  private static func folders(_ path: [UInt8]) -> [ArraySlice<UInt8>] {
    var folders: [ArraySlice<UInt8>] = []
    var rest = path[...]
    while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
      rest = rest[..<slash]
      folders.append(rest)
    }
    return folders + [path[..<0]]
  }

  private static func suffix(_ path: [UInt8], in claims: [[UInt8]: [Int]]) -> ArraySlice<UInt8>? {
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return path.indices.dropFirst(start + 1).first {
      path[$0] == UInt8(ascii: ".") && claims[Array(path[$0...])] != nil
    }
    .map { path[$0...] }
  }
}

import CodiraModel
import Glibc

/// Which analyzer takes a file, by which claim, and what decides where several have that claim.
package struct OwnerChoice: Hashable, Sendable {
  package enum Ground: Hashable, Sendable {
    /// The configuration says so.
    case chosen
    /// It has a file of the same name beside it, but for the suffix.
    case namesake
    /// It has more files of its own than the others in this folder, the nearest that tells; empty: the root.
    case nearest(folder: String)
    /// Nothing speaks for another: it comes first among the plugins.
    case first

    /// The word used in JSON.
    package var name: String {
      switch self {
      case .chosen: "configuration"
      case .namesake: "namesake"
      case .nearest: "nearest"
      case .first: "first"
      }
    }
  }

  /// A suffix, a file name or an interpreter.
  package let claim: String
  package let owner: String
  /// Every analyzer with that claim, the owner too, in the order of the plugins.
  package let claimants: [String]
  package let ground: Ground

  /// nil where no analyzer takes the file; `paths` are those of the whole repository.
  package init?(
    of path: RepositoryPath, root: String, analyzers: [AnalyzerDescriptor], owners: [String: String],
    paths: some Sequence<RepositoryPath>
  ) {
    let systemPath = FilePath.join(root, Array(path.bytes))
    let key = SystemFile.key(SystemFile.look(systemPath) ?? stat(), recorded: 0)
    let ownership = Ownership(analyzers, owners: owners, paths: paths)
    guard
      let decision = ownership.decide(
        RepositoryScan.Entry(path: path, systemPath: systemPath, stat: key))
    else { return nil }
    claim = String(decoding: decision.claim, as: UTF8.self)
    owner = analyzers[decision.owner].id
    let isName = path.name == claim
    let claimed = claim
    claimants = analyzers.filter { analyzer in
      isName && analyzer.fileNames.contains(claimed)
        || !isName && (claimed.hasPrefix(".") ? analyzer.suffixes : analyzer.interpreters).contains(claimed)
    }
    .map(\.id)
    let isChosen = claimants.count > 1 && owners[claimed] == owner
    ground = isChosen ? .chosen : decision.ground
  }
}

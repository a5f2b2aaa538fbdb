import CodiraIndexer
import CodiraModel
import CodiraQuery

/// How the repository's files differ from those of the index.
struct IndexAge {
  private(set) var new = 0
  private(set) var changed = 0
  private(set) var missing = 0

  var isCurrent: Bool { new + changed + missing == 0 }

  init(_ view: IndexView, in place: RepositoryScan.Place) throws {
    let files = try view.snapshot.files()
    let scan = try RepositoryScan(place)
    let known = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0) })
    var found = 0
    for entry in scan.entries {
      guard let file = known[entry.path] else {
        new += 1
        continue
      }
      found += 1
      if file.stat.map({ $0.provesUnchanged(entry.stat) }) ?? true { continue }
      if view.freshness(of: file) != .current { changed += 1 }
    }
    missing = files.count - found
  }

  var row: JSONValue {
    ["current": .bool(isCurrent), "new": .int(new), "changed": .int(changed), "missing": .int(missing)]
  }

  /// What to do about it; nil where the index is current.
  var text: String? {
    if isCurrent { return nil }
    let parts = [(new, "new"), (changed, "changed"), (missing, "gone")].filter { $0.0 > 0 }
    return "The index is older than the repository ("
      + parts.map { "\(CountText.number($0.0)) \($0.1)" }.joined(separator: ", ")
      + "): run `codira index` first."
  }
}

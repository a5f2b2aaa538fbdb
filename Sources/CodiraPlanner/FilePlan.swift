import CodiraModel

/// A file as the scan found it.
package struct ObservedFile: Hashable, Sendable {
  package var stat: StatKey
  /// What it would be read with; nil where no analyzer owns it.
  package var key: ReuseKey?
  /// Over the limit of its size.
  package var isTooLarge: Bool
  /// No analyzer owns it, and it is read as text.
  package var isText: Bool

  package init(stat: StatKey, key: ReuseKey?, isTooLarge: Bool = false, isText: Bool = false) {
    self.stat = stat
    self.key = key
    self.isTooLarge = isTooLarge
    self.isText = isText
  }
}

/// A file as the index knows it.
package struct KnownFile: Hashable, Sendable {
  package var status: FileStatus
  package var stat: StatKey?
  /// What it was read with; nil where no analyzer owned it.
  package var key: ReuseKey?
  package var timeouts: Int
  /// Whether its bytes were read.
  package var isRead: Bool
  /// The version of how texts are cut, where no analyzer owned it.
  package var textRecipe: UInt32
  /// Its analyzer was set aside, and it was not tried.
  package var isSetAside: Bool

  package init(
    status: FileStatus, stat: StatKey?, key: ReuseKey?, timeouts: Int = 0, isRead: Bool = false,
    textRecipe: UInt32 = 0, isSetAside: Bool = false
  ) {
    self.isSetAside = isSetAside
    self.status = status
    self.stat = stat
    self.key = key
    self.timeouts = timeouts
    self.isRead = isRead
    self.textRecipe = textRecipe
  }
}

/// What to do about one file, and why.
package enum FileDecision: Hashable, Sendable {
  /// Nothing: what is stored holds.
  case keep(FileReason)
  /// Only its bytes can tell: hash them, then ask `afterComparing`.
  case compare
  case analyze(FileReason)
  /// Store a row without artifacts.
  case list(FileStatus, FileReason)
  case remove(FileReason)
}

/// Decides file by file what a run has to do.
package struct FilePlanner: Sendable {
  /// Read everything again.
  package var isForced: Bool
  /// Analyzers that can be used now, by id.
  package var available: Set<String>
  /// The version of how texts without an analyzer are cut.
  package var textRecipe: UInt32
  /// Analyzers that are there and not to be asked, by id.
  package var setAside: Set<String>

  /// Runs that may meet a time-out: the first and two more.
  package static let timeoutLimit = 3

  package init(
    isForced: Bool = false, available: Set<String>, textRecipe: UInt32 = 0, setAside: Set<String> = []
  ) {
    self.setAside = setAside
    self.isForced = isForced
    self.available = available
    self.textRecipe = textRecipe
  }

  /// The decision for a file that is there; `known` is nil for one that the index has not seen.
  package func decide(_ observed: ObservedFile, known: KnownFile?) -> FileDecision {
    guard let key = observed.key else {
      return observed.isText ? decideText(observed, known) : decideUnowned(known)
    }
    guard let known else { return observed.isTooLarge ? .list(.tooLarge, .new) : .analyze(.new) }
    if isForced { return observed.isTooLarge ? .list(.tooLarge, .forced) : .analyze(.forced) }
    let stale = known.key.map { $0.reason(against: key) } ?? .ownerChanged
    if observed.isTooLarge {
      if known.status == .tooLarge, stale == nil { return .keep(.unchanged) }
      return .list(.tooLarge, stale ?? .contentChanged)
    }
    if let stale { return .analyze(stale) }
    if known.isSetAside, !setAside.contains(key.analyzer) { return .analyze(.setAsideBefore) }
    switch known.status {
    case .tooLarge: return .analyze(.contentChanged)
    case .timedOut where known.timeouts < Self.timeoutLimit: return .analyze(.timedOutBefore)
    case .unreadable: return .compare
    default: break
    }
    if let stat = known.stat, stat.provesUnchanged(observed.stat) { return .keep(reason(of: known)) }
    return .compare
  }

  /// The decision after hashing a file that `decide` wanted compared.
  package func afterComparing(_ known: KnownFile, isSame: Bool) -> FileDecision {
    isSame ? .keep(reason(of: known)) : .analyze(.contentChanged)
  }

  /// The decision for a file of the index that the scan did not find; `isExcluded` where it is there but a
  /// rule leaves it out.
  package func decideMissing(isExcluded: Bool) -> FileDecision { .remove(isExcluded ? .excluded : .removed) }

  private func decideUnowned(_ known: KnownFile?) -> FileDecision {
    guard let known else { return .list(.unowned, .new) }
    guard let key = known.key else {
      if isForced { return .list(.unowned, .forced) }
      // It was text before.
      return known.isRead ? .list(.unowned, .contentChanged) : .keep(.unchanged)
    }
    return .list(.unowned, available.contains(key.analyzer) ? .ownerChanged : .analyzerUnavailable)
  }

  private func decideText(_ observed: ObservedFile, _ known: KnownFile?) -> FileDecision {
    guard let known else { return .analyze(.new) }
    if isForced { return .analyze(.forced) }
    if let key = known.key {
      return .analyze(available.contains(key.analyzer) ? .ownerChanged : .analyzerUnavailable)
    }
    if known.textRecipe != textRecipe { return .analyze(.recipeChanged) }
    if known.status == .unreadable { return .compare }
    if !known.isRead { return .analyze(.contentChanged) }
    if let stat = known.stat, stat.provesUnchanged(observed.stat) { return .keep(reason(of: known)) }
    return .compare
  }

  private func reason(of known: KnownFile) -> FileReason {
    known.status.isFailure ? .failedBefore : .unchanged
  }
}

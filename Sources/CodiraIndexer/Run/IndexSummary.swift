import CodiraModel
import CodiraPlanner
import CodiraStore

/// What a run did: files and vectors counted by what happened to them, and how long each stage took.
package struct IndexSummary: Sendable {
  /// One file that did not simply stay as it was.
  package struct Event: Hashable, Sendable {
    package var path: RepositoryPath
    package var reason: FileReason
    /// How it stands now; nil for a removed one, and for one that is only planned.
    package var status: FileStatus?
  }

  package struct Failure: Hashable, Sendable {
    package var path: RepositoryPath
    package var status: FileStatus
    package var code: String
    package var message: String
  }

  package struct Vectors: Hashable, Sendable {
    /// Texts of current symbols that had a vector already.
    package var reused = 0
    package var computed = 0
    /// Texts that have none yet.
    package var missing = 0
    /// They were computed on another kind of processor.
    package var otherInstructions: String?
  }

  package struct Stage: Hashable, Sendable {
    package var name: String
    package var seconds: Double
  }

  package var generation: Int64 = 0
  /// The other work tree of the repository whose index this one began as a copy of.
  package var origin: String?
  /// Whether anything a reader can see was written.
  package var isChanged = false
  package var files: [FileReason: Int] = [:]
  package var statuses: [FileStatus: Int] = [:]
  package var symbols: [SymbolChange: Int] = [:]
  package var removedSymbols = 0
  package var excluded = 0
  /// By the id of an analyzer that the user switched off, the files of the index that it had read until this run.
  package var givenUp: [String: Int] = [:]
  package var vectors = Vectors()
  package var events: [Event] = []
  /// Every file that stands as failed now, from this run or before.
  package var failures: [Failure] = []
  package var stages: [Stage] = []

  package func count(_ reason: FileReason) -> Int { files[reason] ?? 0 }
}

/// Where a run stands, for a progress bar.
package struct IndexProgress: Hashable, Sendable {
  package enum Stage: String, Sendable { case scan, analyze, embed }

  package var stage: Stage
  /// Files or texts.
  package var done: Int
  package var total: Int
  /// The same in bytes to go through, which time goes with more than with their number.
  package var work = 0
  package var totalWork = 0

  package init(stage: Stage, done: Int, total: Int, work: Int = 0, totalWork: Int = 0) {
    self.stage = stage
    self.done = done
    self.total = total
    self.work = work
    self.totalWork = totalWork
  }

  /// The seconds that the rest will take if it goes on as in the first `elapsed` ones; nil where too little is done
  /// to tell.
  package func remaining(after elapsed: Double) -> Double? {
    guard elapsed >= 1, work > 0, totalWork >= work else { return nil }
    return elapsed * Double(totalWork - work) / Double(work)
  }
}

import CodiraModel
import CodiraPlanner
import CodiraTestSupport
import Testing
import CodiraPlanner

@Suite struct FilePlannerTests {
  static let key = ReuseKey(
    analyzer: "toy", digest: hash(1), abiVersion: 1, configuration: hash(2), project: hash(3), recipe: 1)
  static let stat = StatKey(
    size: 10, modified: 100, changed: 100, inode: 7, device: 1, mode: 0o100644, recorded: 200)
  static let planner = FilePlanner(available: ["toy"])

  static func hash(_ byte: UInt8) -> ContentHash { ContentHash(bytes: [UInt8](repeating: byte, count: 32)) }

  static func known(_ status: FileStatus = .indexed, key: ReuseKey? = key, timeouts: Int = 0) -> KnownFile {
    KnownFile(status: status, stat: stat, key: key, timeouts: timeouts)
  }

  static func observed(_ change: (inout ObservedFile) -> Void = { _ in }) -> ObservedFile {
    var file = ObservedFile(stat: stat, key: key)
    change(&file)
    return file
  }

  @Test func keepsWhatDidNotChange() {
    #expect(Self.planner.decide(Self.observed(), known: Self.known()) == .keep(.unchanged))
    #expect(Self.planner.decide(Self.observed(), known: Self.known(.partial)) == .keep(.unchanged))
    #expect(Self.planner.decide(Self.observed(), known: Self.known(.failed)) == .keep(.failedBefore))
  }

  @Test func readsWhatIsNew() {
    #expect(Self.planner.decide(Self.observed(), known: nil) == .analyze(.new))
    #expect(Self.planner.decide(Self.observed { $0.key = nil }, known: nil) == .list(.unowned, .new))
    #expect(Self.planner.decide(Self.observed { $0.isTooLarge = true }, known: nil) == .list(.tooLarge, .new))
  }

  @Test func everyPartOfTheStatKeyAsksForTheBytes() {
    let changes: [(inout StatKey) -> Void] = [
      { $0.size = 11 }, { $0.modified = 101 }, { $0.changed = 101 }, { $0.inode = 8 }, { $0.device = 2 },
      { $0.mode = 0o100755 },
    ]
    for change in changes {
      let file = Self.observed { change(&$0.stat) }
      #expect(Self.planner.decide(file, known: Self.known()) == .compare)
    }
    #expect(Self.planner.afterComparing(Self.known(), isSame: true) == .keep(.unchanged))
    #expect(Self.planner.afterComparing(Self.known(), isSame: false) == .analyze(.contentChanged))
  }

  @Test func aFileTouchedDuringTheScanIsNotTrusted() {
    for time in [Int64(200), 201] {
      var stat = Self.stat
      stat.changed = time
      let known = KnownFile(status: .indexed, stat: stat, key: Self.key)
      #expect(Self.planner.decide(ObservedFile(stat: stat, key: Self.key), known: known) == .compare)
    }
  }

  @Test func everyPartOfTheReuseKeyHasItsReason() {
    let changes: [(FileReason, (inout ReuseKey) -> Void)] = [
      (.ownerChanged, { $0.analyzer = "other" }), (.analyzerChanged, { $0.digest = Self.hash(9) }),
      (.analyzerChanged, { $0.abiVersion = 2 }), (.configurationChanged, { $0.configuration = Self.hash(9) }),
      (.projectChanged, { $0.project = Self.hash(9) }), (.recipeChanged, { $0.recipe = 2 }),
    ]
    for (reason, change) in changes {
      var key = Self.key
      change(&key)
      let file = Self.observed { $0.key = key }
      for status in [FileStatus.indexed, .partial, .failed, .timedOut, .unreadable] {
        #expect(Self.planner.decide(file, known: Self.known(status)) == .analyze(reason))
      }
      let large = Self.observed {
        $0.key = key
        $0.isTooLarge = true
      }
      #expect(Self.planner.decide(large, known: Self.known(.tooLarge)) == .list(.tooLarge, reason))
    }
  }

  @Test func timeOutsGetTwoMoreTries() {
    for (timeouts, expected) in [
      (1, FileDecision.analyze(.timedOutBefore)), (2, .analyze(.timedOutBefore)),
      (3, .keep(.failedBefore)),
    ] {
      #expect(
        Self.planner.decide(Self.observed(), known: Self.known(.timedOut, timeouts: timeouts)) == expected)
    }
  }

  @Test func filesComeAndGoFromTheirOwners() {
    let unowned = Self.observed { $0.key = nil }
    #expect(Self.planner.decide(unowned, known: Self.known(.unowned, key: nil)) == .keep(.unchanged))
    #expect(Self.planner.decide(unowned, known: Self.known()) == .list(.unowned, .ownerChanged))
    let without = FilePlanner(available: [])
    #expect(without.decide(unowned, known: Self.known()) == .list(.unowned, .analyzerUnavailable))
    #expect(
      Self.planner.decide(Self.observed(), known: Self.known(.unowned, key: nil)) == .analyze(.ownerChanged))
    // The analyzer said that the file is not its own: these bytes need not be asked about again.
    #expect(Self.planner.decide(Self.observed(), known: Self.known(.unowned)) == .keep(.unchanged))
  }

  @Test func textsWithoutAnAnalyzerAreReadWhenTheyChange() {
    let planner = FilePlanner(available: ["toy"], textRecipe: 2)
    let text = Self.observed {
      $0.key = nil
      $0.isText = true
    }
    func known(_ recipe: UInt32 = 2, isRead: Bool = true) -> KnownFile {
      KnownFile(status: .unowned, stat: Self.stat, key: nil, isRead: isRead, textRecipe: recipe)
    }
    #expect(planner.decide(text, known: nil) == .analyze(.new))
    #expect(planner.decide(text, known: known()) == .keep(.unchanged))
    #expect(planner.decide(text, known: known(1)) == .analyze(.recipeChanged))
    #expect(planner.decide(text, known: known(isRead: false)) == .analyze(.contentChanged))
    #expect(planner.decide(text, known: Self.known()) == .analyze(.ownerChanged))
    var touched = text
    touched.stat.modified += 1
    #expect(planner.decide(touched, known: known()) == .compare)
    let data = Self.observed { $0.key = nil }
    #expect(planner.decide(data, known: known()) == .list(.unowned, .contentChanged))
  }

  @Test func limitsAreLookedAtAnew() {
    let large = Self.observed { $0.isTooLarge = true }
    #expect(Self.planner.decide(large, known: Self.known()) == .list(.tooLarge, .contentChanged))
    #expect(Self.planner.decide(large, known: Self.known(.tooLarge)) == .keep(.unchanged))
    #expect(Self.planner.decide(Self.observed(), known: Self.known(.tooLarge)) == .analyze(.contentChanged))
  }

  @Test func missingFilesSayWhy() {
    #expect(Self.planner.decideMissing(isExcluded: true) == .remove(.excluded))
    #expect(Self.planner.decideMissing(isExcluded: false) == .remove(.removed))
  }

  /// Deciding twice changes nothing: what a decision leaves behind is kept by the next run.
  @Test(arguments: [UInt64(20_240_229), .random(in: 0...UInt64.max)])
  func whatADecisionLeavesBehindIsKept(seed: UInt64) {
    print("FilePlannerTests seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let planner = FilePlanner(available: Bool.random(using: &random) ? ["toy"] : [])
      var key = Self.key
      if Bool.random(using: &random) { key.digest = Self.hash(UInt8.random(in: 0...3, using: &random)) }
      var stat = Self.stat
      stat.modified = Int64.random(in: 90...210, using: &random)
      let file = ObservedFile(
        stat: stat, key: Int.random(in: 0...4, using: &random) == 0 ? nil : key,
        isTooLarge: Int.random(in: 0...4, using: &random) == 0)
      let statuses = FileStatus.allCases.filter { $0 != .timedOut && $0 != .unreadable }
      let known: KnownFile? =
        Int.random(in: 0...4, using: &random) == 0
        ? nil
        : Self.known(statuses.randomElement(using: &random)!, key: Bool.random(using: &random) ? key : nil)
      var decision = planner.decide(file, known: known)
      if decision == .compare {
        decision = planner.afterComparing(known!, isSame: Bool.random(using: &random))
      }
      var next = file
      next.stat.recorded = 300
      let left: KnownFile
      switch decision {
      case .keep: left = KnownFile(status: known!.status, stat: next.stat, key: known!.key)
      case .analyze: left = KnownFile(status: .indexed, stat: next.stat, key: file.key)
      case .list(let status, _): left = KnownFile(status: status, stat: nil, key: file.key)
      case .compare, .remove:
        Issue.record("seed \(seed): a file that is there ended as \(decision)")
        return
      }
      let again = planner.decide(next, known: left)
      guard case .keep = again else {
        Issue.record("seed \(seed): \(decision) then \(again)")
        return
      }
    }
  }
}

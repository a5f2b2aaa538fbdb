import CodiraModel
import CodiraPluginHost
import Glibc
import Testing

/// One file an analyzer spoils costs that file, with the reason, and nothing else.
@Suite struct HostileAnalyzerTests {
  /// What the source says, the code of the failure, and what its text must mention.
  static let cases: [(source: String, code: String, mention: String)] = [
    ("segfault", "crashed", "signal 11 (SIGSEGV)"),
    ("abort", "crashed", "assertion failed: it was to be expected"),
    ("trap", "crashed", "signal"),
    ("exit", "exited", "status 0"),
    ("status", "exited", "status 7"),
    ("stack", "crashed", "SIGSEGV"),
    ("loop", "timed_out", "0.4 s"),
    ("output", "too_much_output", "reported more than"),
    ("socket", "protocol_violation", "bytes was announced"),
    (
      "inverted", "protocol_violation",
      "symbol 0 `fixture word.`: range: it ends at byte 2, before its start at byte 4"
    ),
    ("beyond", "protocol_violation", "range: it ends at byte 4000"),
    ("line", "protocol_violation", "name range: byte 1 is line 1, column 2, not line 2, column 2"),
    ("column", "protocol_violation", "byte 0 is line 1, column 1, not line 1, column 9"),
    ("kind", "protocol_violation", "symbol 0: expected a kind of symbol, not 99"),
    ("visibility", "protocol_violation", "a visibility, not 9"),
    ("flags", "protocol_violation", "symbol flags, not 1048576"),
    ("language", "protocol_violation", "id: `python word.` is not of the language fixture"),
    ("syntax", "protocol_violation", "id: `fixture wo rd`"),
    ("empty", "protocol_violation", "id: it is empty"),
    ("parent", "protocol_violation", "it is its own parent"),
    ("parameters", "protocol_violation", "it takes -3 to -1 parameters"),
    ("size", "protocol_violation", "symbol 0: its size is 16"),
    ("huge", "too_much_output", "reported more than"),
    ("negative", "too_much_output", "reported more than"),
    ("null", "protocol_violation", "a string of 4 bytes has no data"),
    ("nothing", "protocol_violation", "symbol 0 is NULL"),
    ("pointer", "protocol_violation", "aliases: 3 elements and no pointer"),
    ("spans", "protocol_violation", "payload: byte 0 comes after byte 3"),
    ("span beyond", "protocol_violation", "payload: bytes 0 to 4000"),
    ("receiver", "protocol_violation", "RECEIVER is for value types"),
    ("candidate", "protocol_violation", "candidate flags, not 64"),
    ("members", "protocol_violation", "at most 16 members, not 17"),
    ("duplicate", "protocol_violation", "symbol 1 `fixture word.`: another symbol of this file has this id"),
    ("ref role", "protocol_violation", "reference 0: there is no role 258"),
    ("ref external", "protocol_violation", "reference 0: there is no external kind 9"),
    ("ref flags", "protocol_violation", "reference 0: there are no flags 6"),
    ("ref arguments", "protocol_violation", "reference 0: its argument count is -2"),
    (
      "ref owner", "protocol_violation",
      "reference 0 `print`: owner: no symbol of this file has the id `fixture nobody.`"
    ),
    ("ref inverted", "protocol_violation", "reference 0 `print`: it ends at byte 2"),
    ("ref line", "protocol_violation", "reference 0"),
    ("ref labels", "protocol_violation", "labels: 4 elements and no pointer"),
    ("ref root", "protocol_violation", "candidate root: `no id at all`"),
    ("result", "protocol_violation", "analyze() returned 77"),
    ("failed", "failed", "this source is unreadable"),
    ("not mine", "not_mine", "not its own"),
  ]

  @Test(arguments: cases)
  func aSpoiltFileFailsAloneAndSaysWhy(_ item: (source: String, code: String, mention: String)) throws {
    let setup = try FixturePlugin.setup("hostile")
    let pool = FixturePlugin.pool()
    let outcome = pool.analyze(setup, path: "a.fix", source: Array(item.source.utf8))
    guard case .failure(let failure) = outcome else {
      Issue.record("\(item.source): taken")
      return
    }
    #expect(failure.code == item.code, "\(failure)")
    #expect(failure.description.contains(item.mention), "\(failure)")
    let next = try pool.analyze(setup, path: "b.fix", source: Array("fine".utf8)).get()
    #expect(next.symbols.map(\.id.text) == ["fixture word."])
    #expect(pool.finish().isEmpty)
  }

  /// Which of the two is noticed first depends on how busy the machine is.
  @Test func aClosedChannelFailsItsFileAlone() throws {
    let setup = try FixturePlugin.setup("hostile")
    let pool = FixturePlugin.pool()
    let outcome = pool.analyze(setup, path: "a.fix", source: Array("close".utf8))
    guard case .failure(let failure) = outcome else {
      Issue.record("taken")
      return
    }
    #expect(["timed_out", "protocol_violation"].contains(failure.code), "\(failure)")
    let next = try pool.analyze(setup, path: "b.fix", source: Array("fine".utf8)).get()
    #expect(next.symbols.map(\.id.text) == ["fixture word."])
    #expect(pool.finish().isEmpty)
  }

  /// The limit is far above what this process ever used: a worker's peak starts at its host's.
  @Test func memoryIsLimited() throws {
    var own = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
    let limit = (own.ru_maxrss << 10) + (768 << 20)
    let pool = FixturePlugin.pool(cpuSeconds: 20, memory: limit)
    let setup = try FixturePlugin.setup("hostile")
    let outcome = pool.analyze(setup, path: "a.fix", source: Array("memory".utf8))
    #expect(outcome == .failure(.outOfMemory(limit: limit)))
    #expect(try pool.analyze(setup, path: "b.fix", source: Array("fine".utf8)).get().symbols.count == 1)
  }

  @Test func sleepEndsByTheClock() throws {
    let pool = FixturePlugin.pool(cpuSeconds: 0.1)
    let outcome = pool.analyze(try FixturePlugin.setup("hostile"), path: "a.fix", source: Array("sleep".utf8))
    #expect(outcome == .failure(.timedOut(cpuSeconds: 0.1)))
  }

  @Test(arguments: ["stdout", "stderr"])
  func printingDisturbsNobody(_ word: String) throws {
    let outcome = FixturePlugin.pool()
      .analyze(try FixturePlugin.setup("hostile"), path: "a.fix", source: Array(word.utf8))
    #expect(try outcome.get().symbols.count == 1)
  }

  @Test func illFormedTextIsRepaired() throws {
    let (setup, pool) = (try FixturePlugin.setup("hostile"), FixturePlugin.pool())
    let symbols = try pool.analyze(setup, path: "a.fix", source: Array("utf8 text".utf8)).get().symbols
    #expect(symbols.map(\.name) == ["a\u{FFFD}\u{FFFD}z"])
    let references = try pool.analyze(setup, path: "a.fix", source: Array("ref utf8".utf8)).get().references
    #expect(try references.unpack().map(\.name) == ["a\u{FFFD}\u{FFFD}z"])
    #expect(try references.postingNames() == ["a\u{FFFD}\u{FFFD}z"])
  }

  @Test func crashInDestroyIsToldAtTheEnd() throws {
    let setup = try FixturePlugin.setup("loading", flags: ["-DDESTROY_CRASHES"])
    let pool = FixturePlugin.pool()
    #expect(try pool.analyze(setup, path: "a.fix", source: Array("fine".utf8)).get().symbols.count == 1)
    let ends = pool.finish()
    #expect(ends.map(\.failure.code) == ["crashed"])
    #expect(ends.map(\.plugin) == [setup.plugin.path])
  }

  @Test func refusedInstanceSaysWhy() throws {
    let setup = try FixturePlugin.setup("loading", flags: ["-DCREATE_REFUSES"])
    let outcome = FixturePlugin.pool().analyze(setup, path: "a.fix", source: Array("fine".utf8))
    #expect(outcome == .failure(.unavailable(reason: "its tables are missing")))
  }
}

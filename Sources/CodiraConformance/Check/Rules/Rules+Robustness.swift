import CodiraModel
import CodiraPluginHost

extension ConformanceRule {
  /// Whatever bytes come, an analyzer comes back with an answer.
  static let robustness: [ConformanceRule] = [
    hostileRule("empty-source", "Empty files are in every repository.") { bench in
      [
        bench.anyFile([], "an empty source"), bench.anyFile([10], "one line end"),
        bench.anyFile([32], "one space"),
      ]
    },
    hostileRule("truncated-source", "Editors save what is half written: a source may end anywhere.") {
      bench in
      var random = CheckRandom(seed: bench.seed)
      return bench.spoilable().flatMap { sample -> [CheckSample] in
        let lines = sample.bytes.indices.filter { sample.bytes[$0] == 10 }.spread(24)
        let others = (0..<16).map { _ in Int.random(in: 0..<sample.bytes.count, using: &random) }
        return (lines + others).filter { $0 > 0 }.map {
          sample.edited(Array(sample.bytes.prefix($0)), "cut at byte \($0)")
        }
      }
    },
    hostileRule("random-bytes", "A suffix is no promise: a file may hold anything.") { bench in
      var random = CheckRandom(seed: bench.seed &+ 1)
      let noise = [1, 2, 7, 64, 500, 4096, 65_536].map {
        bench.anyFile(random.bytes($0), "\($0) random bytes")
      }
      let spoilt = bench.spoilable().flatMap { sample in
        (0..<8).map { round in
          var bytes = sample.bytes
          for _ in 0..<max(1, bytes.count / 50) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
          }
          return sample.edited(bytes, "with random bytes in it, \(round)")
        }
      }
      return noise + spoilt
    },
    hostileRule("ill-formed-text", "Old sources are in old encodings: what is no UTF-8 is data all the same.")
    { bench in
      var random = CheckRandom(seed: bench.seed &+ 2)
      let pieces: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80],
      ]
      return insertions(bench, pieces, "ill-formed UTF-8", &random)
    },
    hostileRule("nul-bytes", "A byte of zero ends a text in C and nowhere else.") { bench in
      var random = CheckRandom(seed: bench.seed &+ 3)
      return [bench.anyFile([0], "one zero"), bench.anyFile(Array(repeating: 0, count: 4096), "4096 zeros")]
        + insertions(bench, [[0], [0, 0, 0]], "zeros", &random)
    },
    hostileRule(
      "deep-nesting", "Generated code nests without end: a reader that calls itself overflows its stack."
    ) {
      bench in
      ["(", "[", "{", "<", "((a", "if (", "a.b(", "/*", "\"", "'", "f(", "{\"a\":", "- ", "\t", "begin "].map
      {
        let text = String(repeating: $0, count: 50_000)
        return bench.anyFile(Array(text.utf8), "50,000 times `\($0)`")
      }
    },
    hostileRule("long-line", "Minified sources are one line of megabytes.") { bench in
      let joined = bench.long(1 << 18)?.bytes.map { $0 == 10 ? 32 : $0 } ?? []
      return [
        bench.anyFile(joined, "the samples in one line of \(joined.count) bytes"),
        bench.anyFile(Array(repeating: UInt8(ascii: "a"), count: 1 << 18), "a name of 262,144 bytes"),
      ]
    },
    ConformanceRule(
      "broken-is-data", .robustness, needs: ["truncated-source", "samples-read"],
      why: "A file with a mistake still holds what stands around the mistake: FAILED throws all of it away."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      for sample in bench.spoilable() {
        for part in [3, 5, 7] {
          let cut = sample.edited(
            Array(sample.bytes.prefix(sample.bytes.count * part / 8)), "cut at \(part)/8")
          guard let artifacts = try? bench.read(cut).get().artifacts, artifacts.outcome == .failed else {
            continue
          }
          throw Evidence(
            cut.title, expected: "OK, or PARTIAL with diagnostics", found: "FAILED: \(artifacts.message)")
        }
      }
      return nil
    },
    ConformanceRule(
      "partial-has-diagnostics", .robustness, needs: ["samples-read"],
      why: "Whoever sees that a file was read in part wants to know where it is broken."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      let cuts = bench.spoilable().flatMap { sample in
        [1, 2, 3].map {
          sample.edited(Array(sample.bytes.prefix(sample.bytes.count * $0 / 4)), "cut at \($0)/4")
        }
      }
      for sample in bench.samples.spread(60) + cuts {
        guard let artifacts = try? bench.read(sample).get().artifacts, artifacts.outcome == .partial,
          artifacts.diagnostics.isEmpty
        else { continue }
        throw Evidence(sample.title, expected: "a diagnostic with PARTIAL", found: "none")
      }
      return nil
    },
    ConformanceRule(
      "linear-time", .robustness, needs: ["samples-read"],
      why: "A file of ten times the size may take ten times the time, not a hundred times."
    ) { bench throws(Evidence) in try linearTime(bench) },
    ConformanceRule(
      "huge-source", .robustness, needs: ["linear-time"],
      why: "Files up to the largest that an analyzer says it takes are given to it."
    ) { bench throws(Evidence) in try hugeSource(bench) },
    ConformanceRule(
      "memory-growth", .robustness, needs: ["samples-read"],
      why: "A worker reads thousands of files: what it forgets to free adds up."
    ) { bench throws(Evidence) in try memoryGrowth(bench) },
    ConformanceRule(
      "stops-when-asked", .robustness, needs: ["linear-time"],
      why: "An answer that nobody waits for any more should not cost the time of a whole file."
    ) { bench throws(Evidence) in try stopsWhenAsked(bench) },
  ]

  /// A rule that no source of a kind may be the end of a worker, or be answered with nonsense.
  private static func hostileRule(
    _ name: String, _ why: String, _ sources: @escaping @Sendable (CheckBench) -> [CheckSample]
  ) -> ConformanceRule {
    ConformanceRule(name, .robustness, needs: ["create-again"], why: why) { bench throws(Evidence) in
      bench.restart()
      let judges = bench.artifactsAreClean
      for sample in sources(bench) {
        let report = try answer(bench.read(sample), sample.title)
        if judges, let fault = report.fault {
          throw Evidence(sample.title, expected: "artifacts that the host takes", found: fault)
        }
      }
      return nil
    }
  }

  private static func insertions(
    _ bench: CheckBench, _ pieces: [[UInt8]], _ what: String, _ random: inout CheckRandom
  ) -> [CheckSample] {
    var samples: [CheckSample] = []
    for sample in bench.spoilable() {
      for piece in pieces {
        for _ in 0..<3 {
          let place = Int.random(in: 0...sample.bytes.count, using: &random)
          samples.append(
            sample.edited(
              SourceEdit.replacing(sample.bytes, place..<place, with: "").inserting(piece, at: place),
              "with \(what) at byte \(place)"))
        }
      }
    }
    return samples
  }
}

extension [UInt8] {
  fileprivate func inserting(_ piece: [UInt8], at place: Int) -> [UInt8] {
    Array(self[..<place]) + piece + Array(self[place...])
  }
}

// Time and memory.
extension ConformanceRule {
  private static func seconds(_ bench: CheckBench, _ sample: CheckSample, rounds: Int = 2) throws(Evidence)
    -> Double
  {
    var best = Double.infinity
    for _ in 0..<rounds {
      let report = try answer(bench.read(sample), sample.title)
      best = min(best, report.observation.cpuSeconds)
    }
    return best
  }

  private static func linearTime(_ bench: CheckBench) throws(Evidence) -> Skip? {
    guard let short = bench.long(1 << 16), let long = bench.long(1 << 19) else { return .samples }
    let slow = try seconds(bench, long)
    // Below this the clock, caches and whoever else computes decide.
    if slow < 0.2 { return nil }
    let quick = max(try seconds(bench, short), 0.0005)
    let factor = Double(long.bytes.count) / Double(max(short.bytes.count, 1))
    if slow / quick <= 2.5 * factor { return nil }
    throw Evidence(
      long.title,
      expected: "at most \(rounded(2.5 * factor * quick)) s of processor time, \(rounded(quick)) s having "
        + "been enough for \(short.bytes.count) bytes", found: "\(rounded(slow)) s")
  }

  private static func hugeSource(_ bench: CheckBench) throws(Evidence) -> Skip? {
    let largest = try bench.descriptor().largestFile
    let limit = largest == 0 ? 4 << 20 : min(Int(clamping: largest), 4 << 20)
    guard let probe = bench.long(1 << 18) else { return .samples }
    let speed = Double(probe.bytes.count) / max(try seconds(bench, probe, rounds: 1), 0.001)
    // What the time of a check allows; an index run gives every file its 20 seconds.
    guard let huge = bench.long(min(limit, Int(speed * 4))) else { return .samples }
    let report = try answer(bench.read(huge), huge.title)
    if bench.artifactsAreClean, let fault = report.fault {
      throw Evidence(huge.title, expected: "artifacts that the host takes", found: fault)
    }
    return nil
  }

  private static func memoryGrowth(_ bench: CheckBench) throws(Evidence) -> Skip? {
    let samples = bench.whole(3).map(\.sample).filter { $0.setup == bench.whole(1).first?.sample.setup }
    guard let first = samples.first else { return .samples }
    bench.restart()
    func heap(_ rounds: Int) throws(Evidence) -> Int {
      var last = 0
      for _ in 0..<rounds {
        for sample in samples { last = try answer(bench.read(sample), sample.title).observation.heapBytes }
      }
      return last
    }
    let before = try heap(60)
    if before == 0 { return Skip("this system's C library does not tell how much memory is in use") }
    let after = try heap(200)
    let growth = after - before
    // A table that doubles once grows by steps; a leak goes on.
    if growth < 16_384 || growth / (200 * samples.count) < 32 { return nil }
    if try heap(200) - after < growth / 2 { return nil }
    throw Evidence(
      "\(first.title)\(samples.count > 1 ? " and \(samples.count - 1) more" : ""), read 200 times",
      expected: "no more memory than before", found: "\(growth) bytes more")
  }

  private static func stopsWhenAsked(_ bench: CheckBench) throws(Evidence) -> Skip? {
    guard let long = bench.long(1 << 19) else { return .samples }
    let ordinary = try seconds(bench, long, rounds: 1)
    if ordinary < 0.1 { return nil }
    let report = try answer(bench.read(long, isUnwanted: true), long.title)
    if report.artifacts?.outcome == .failed, report.observation.cpuSeconds < ordinary { return nil }
    if report.observation.cpuSeconds < max(0.1, ordinary / 2) { return nil }
    throw Evidence(
      "\(long.title), with should_stop saying yes from the start", expected: "FAILED, soon",
      found: "an answer after \(rounded(report.observation.cpuSeconds)) s, as long as any other")
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

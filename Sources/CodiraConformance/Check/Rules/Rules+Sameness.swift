import CodiraModel
import CodiraPluginHost

extension ConformanceRule {
  /// The same bytes give the same artifacts, whenever and wherever.
  static let sameness: [ConformanceRule] = [
    ConformanceRule(
      "same-again", .sameness, needs: ["samples-read", "well-formed"],
      why: "An index is right only if reading a file again gives what reading it once gave."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      bench.restart()
      for sample in bench.samples.spread(80) {
        let (first, second) = (bench.read(sample), bench.read(sample))
        try expect(second, like: first, sample.title + ", read a second time at once")
      }
      return nil
    },
    ConformanceRule(
      "same-in-another-process", .sameness, needs: ["same-again"],
      why: "Every run has new processes: addresses, numbers and times differ, artifacts must not."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      let before = bench.baseline()
      for (old, new) in zip(before, bench.readAll(bench.samples)) {
        try expect(new.outcome, like: old.outcome, old.sample.title + ", read by another process")
      }
      return nil
    },
    ConformanceRule(
      "same-in-any-order", .sameness, needs: ["same-again", "same-in-another-process"],
      why: "Which files a worker read before depends on the number of jobs and on what changed."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      let before = bench.baseline()
      for (old, new) in zip(before.reversed(), bench.readAll(bench.samples.reversed())) {
        try expect(new.outcome, like: old.outcome, old.sample.title + ", read after other files than before")
      }
      return nil
    },
    ConformanceRule(
      "same-after-trouble", .sameness, needs: ["same-again", "same-in-another-process", "same-in-any-order"],
      why: "A broken file costs itself alone, not those that are read after it."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      let before = bench.baseline()
      bench.restart()
      var random = CheckRandom(seed: bench.seed)
      for old in before.spread(40) {
        let half = Array(old.sample.bytes.prefix(old.sample.bytes.count / 2))
        for bytes in [half, half + [0], random.bytes(200), Array("\"({[".utf8), []] {
          if case .failure = bench.read(old.sample.edited(bytes, "spoilt")) {
            return Skip("it does not survive trouble; other rules say with what")
          }
        }
        try expect(
          bench.read(old.sample), like: old.outcome, old.sample.title + ", read after broken sources")
      }
      return nil
    },
    ConformanceRule(
      "same-on-threads", .sameness, needs: ["same-again", "same-in-another-process"],
      why: "An analyzer that declares its instances independent may be used by several threads at once."
    ) { bench throws(Evidence) in try sameOnThreads(bench) },
  ]

  /// Two answers to the same source.
  static func expect(
    _ new: Result<ProbeReport, AnalysisFailure>, like old: Result<ProbeReport, AnalysisFailure>,
    _ what: String
  ) throws(Evidence) {
    guard case .success(let before) = old else { return }
    let after = try answer(new, what)
    if before.artifacts == after.artifacts { return }
    guard let first = before.artifacts, let second = after.artifacts else {
      throw Evidence(what, expected: "the same as before", found: after.fault ?? "another answer")
    }
    let difference = first.difference(to: second)
    throw Evidence(what, expected: difference.old, found: difference.new)
  }

  private static func sameOnThreads(_ bench: CheckBench) throws(Evidence) -> Skip? {
    guard try bench.descriptor().threads == 1 else { return Skip("it declares one instance a process") }
    if bench.sandbox.layers.contains(.calls) {
      return Skip("workers may start no threads; CODIRA_SANDBOX=no-calls lets this check start some")
    }
    let samples = bench.samples.filter { $0.setup == SampleSetup() }.spread(20)
    if samples.isEmpty { return .samples }
    let files = (0..<5).flatMap { _ in samples.map { ProjectFile(path: $0.path, bytes: $0.bytes) } }
    let alone = try answer(bench.worker().analyzeOnThreads(1, files: files), "one thread")
    let together = try answer(bench.worker().analyzeOnThreads(4, files: files), "four threads at once")
    guard let expected = alone.first, together.count == 4 else { return Skip("this system gives no threads") }
    for (number, answers) in together.enumerated() {
      for (index, pair) in zip(answers ?? [], expected ?? []).enumerated() where pair.0 != pair.1 {
        throw Evidence(
          "\(samples[index % samples.count].title), read by thread \(number + 1) of 4",
          expected: "what one thread alone reports", found: "something else")
      }
      if answers?.count != expected?.count {
        throw Evidence("thread \(number + 1) of 4", expected: "an instance", found: "none")
      }
    }
    return nil
  }
}

import CodiraModel
import CodiraPluginHost

extension ConformanceRule {
  /// What the entry function, the descriptor and `create` do.
  static let interface: [ConformanceRule] = [
    ConformanceRule(
      "loads", .interface, needs: ["shared-object"],
      why: "A plugin with undefined symbols, or one that dies while it loads, serves nobody."
    ) { bench throws(Evidence) in
      do throws(PluginRefusal) {
        _ = try bench.newWorker().finish()
      } catch {
        switch error {
        case .entryReturnedNull, .abiOutsideWindow, .malformedDescriptor: return nil
        default:
          if bench.object?.hasExecutableStack == true || bench.object?.hasTextRelocations == true {
            return Skip("what the file asks for is refused where workers are sandboxed: \(error)")
          }
          throw Evidence(expected: "a descriptor", found: error.description)
        }
      }
      return nil
    },
    ConformanceRule(
      "descriptor", .interface, needs: ["loads"],
      why: "The host reads the descriptor before anything else, and believes no field that cannot be right."
    ) { bench throws(Evidence) in
      do throws(PluginRefusal) {
        _ = try bench.newWorker().finish()
      } catch {
        throw Evidence(expected: "a descriptor as codira_analyzer.h has it", found: error.description)
      }
      return nil
    },
    ConformanceRule(
      "entry-stable", .interface,
      why: "The host may call the entry function more than once, and keeps the pointer it got first."
    ) { bench throws(Evidence) in
      if try bench.entryFacts().isStable { return nil }
      throw Evidence(expected: "the same pointer at every call", found: "another descriptor at a later call")
    },
    ConformanceRule(
      "entry-older-host", .interface,
      why: "A host that is older than the plugin would misread a descriptor it does not know."
    ) { bench throws(Evidence) in
      let own = try bench.descriptor().abiVersion
      guard let version = try bench.entryFacts().versionForOlderHost, version >= own else { return nil }
      throw Evidence(
        expected: "NULL for a host that speaks ABI \(own - 1)", found: "a descriptor of ABI \(version)")
    },
    ConformanceRule(
      "entry-newer-host", .interface,
      why: "A newer host serves older plugins, as long as they let it decide."
    ) { bench throws(Evidence) in
      if try bench.entryFacts().servesNewerHost { return nil }
      throw Evidence(expected: "the same descriptor for a newer host", found: "NULL, or another descriptor")
    },
    ConformanceRule(
      "claims-files", .interface,
      why: "An analyzer that claims no suffix, file name or interpreter is never given a file."
    ) { bench throws(Evidence) in
      let own = try bench.descriptor()
      if !own.suffixes.isEmpty || !own.fileNames.isEmpty || !own.interpreters.isEmpty { return nil }
      throw Evidence(expected: "a suffix, a file name or an interpreter", found: "none of them")
    },
    ConformanceRule(
      "schema-is-json", .interface,
      why: "Users are told by the schema what they may configure."
    ) { bench throws(Evidence) in
      let schema = try bench.descriptor().configurationSchema
      if schema.isEmpty { return nil }
      if case .object? = JSONValue.read(Array(schema.utf8)) { return nil }
      throw Evidence(expected: "an empty text, or a JSON object", found: String(schema.prefix(60)))
    },
    ConformanceRule(
      "unknown-extension", .interface,
      why: "A host asks for extensions that an analyzer has never heard of: only NULL says so."
    ) { bench throws(Evidence) in
      let worker = try bench.worker()
      for name in ["codira.unknown/1", "", "codira.syntax-tree/9"] {
        guard try Self.answer(worker.hasExtension(name)) else { continue }
        throw Evidence(expected: "NULL for the extension `\(name)`", found: "a pointer")
      }
      return nil
    },
    ConformanceRule(
      "no-forbidden-calls", .interface,
      why: "A worker may compute and nothing else: a plugin that asks the system for more is ended."
    ) { bench throws(Evidence) in try noForbiddenCalls(bench) },
    ConformanceRule(
      "create-again", .interface, needs: ["no-forbidden-calls"],
      why:
        "Configuration and project change while a process lives: each time an instance goes and another comes."
    ) { bench throws(Evidence) in try createAgain(bench) },
    ConformanceRule(
      "create-refuses", .interface, needs: ["create-again"],
      why: "A user's mistake in a configuration must end in a sentence, not in a crash."
    ) { bench throws(Evidence) in try createRefuses(bench) },
    ConformanceRule(
      "project-broken", .interface, needs: ["create-again"],
      why:
        "A project file may be empty, half written or binary; the sources beside it are still worth reading."
    ) { bench throws(Evidence) in try projectBroken(bench) },
  ]

  static func answer<Value>(_ result: Result<Value, AnalysisFailure>, _ what: String = "") throws(Evidence)
    -> Value
  {
    switch result {
    case .success(let value): return value
    case .failure(let failure): throw Evidence(what, expected: "an answer", found: "\(failure)")
    }
  }

  private static func noForbiddenCalls(_ bench: CheckBench) throws(Evidence) -> Skip? {
    bench.restart()
    for sample in bench.samples.spread(40) + [bench.anyFile([], "an empty source")] {
      guard case .failure(.forbiddenCall(let name)) = bench.read(sample) else { continue }
      throw Evidence(
        sample.title, expected: "nothing that a worker may not do", found: "the system call \(name)")
    }
    bench.restart()
    return nil
  }

  private static func createAgain(_ bench: CheckBench) throws(Evidence) -> Skip? {
    let worker = try bench.worker()
    let sample = bench.samples.first { $0.setup == SampleSetup() }
    var first: RawArtifacts?
    for round in 1...20 {
      if case .refused(let reason) = try answer(worker.create()) {
        throw Evidence(
          "instance \(round) of one process", expected: "an instance, as before",
          found: reason.isEmpty ? "none, and no reason" : "none: \(reason)")
      }
      if let sample, round == 1 || round == 20 {
        let report = try? worker.analyze(path: sample.path, source: sample.bytes).get()
        if round == 1 { first = report?.artifacts }
        if round == 20, let first, let last = report?.artifacts, last != first {
          let difference = first.difference(to: last)
          throw Evidence(
            "\(sample.title), read by the 20th instance", expected: difference.old, found: difference.new)
        }
      }
      try answer(worker.destroy())
    }
    return nil
  }

  private static func createRefuses(_ bench: CheckBench) throws(Evidence) -> Skip? {
    let nested = String(repeating: "[", count: 50_000)
    let texts = [
      "", "{", "[]", "null", "{\"\": 1}", "{\"unknown\": {\"a\": [1, 2, null]}}", nested, "{\u{0}}",
    ]
    for bytes in texts.map({ Array($0.utf8) }) + [[0xFF, 0xFE, 0x7B]] {
      let worker = try bench.worker()
      let shown = "configuration `\(String(decoding: bytes.prefix(40), as: UTF8.self))`"
      switch worker.create(configuration: bytes) {
      case .success(.refused(let reason)) where reason.isEmpty:
        throw Evidence(shown, expected: "an instance, or a reason", found: "neither")
      case .success: continue
      case .failure(let failure):
        throw Evidence(shown, expected: "an instance, or a reason", found: "\(failure)")
      }
    }
    return nil
  }

  private static func projectBroken(_ bench: CheckBench) throws(Evidence) -> Skip? {
    let interests = try bench.descriptor().projectInterests
    if interests.isEmpty { return Skip("it asks for no project files") }
    var random = CheckRandom(seed: bench.seed)
    let contents: [(String, [UInt8])] = [
      ("empty", []), ("one brace", Array("{".utf8)), ("zeros", [0, 0, 0, 0]),
      ("random bytes", random.bytes(4096)),
      ("deeply nested", Array(String(repeating: "[", count: 20_000).utf8)),
    ]
    for interest in interests {
      for (name, content) in contents {
        let path = interest.match == .name ? interest.pattern : "broken" + interest.pattern
        var sample = bench.samples.first ?? bench.anyFile([], "an empty source")
        sample.setup = SampleSetup(projectFiles: [
          ProjectFile(path: path, bytes: interest.bytes ? content : nil)
        ])
        sample.title = "\(path): \(name)"
        bench.restart()
        if case .failure(let failure) = bench.read(sample), failure != .notMine {
          throw Evidence(sample.title, expected: "an instance that reads sources", found: "\(failure)")
        }
      }
    }
    return nil
  }
}

extension CheckBench {
  func worker() throws(Evidence) -> ProbeWorker {
    do throws(PluginRefusal) { return try newWorker() } catch {
      throw Evidence(expected: "a plugin that loads again", found: error.description)
    }
  }

  func descriptor() throws(Evidence) -> AnalyzerDescriptor { try worker().descriptor }

  func entryFacts() throws(Evidence) -> EntryFacts { try ConformanceRule.answer(worker().entryFacts()) }
}

extension JSONValue {
  /// nil where the text is no JSON.
  static func read(_ bytes: [UInt8]) -> JSONValue? {
    bytes.withUnsafeBytes { content in
      var reader = JSONReader(content)
      guard let value = try? reader.value(), (try? reader.end()) != nil else { return nil }
      return value
    }
  }
}

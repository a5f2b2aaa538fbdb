extension ConformanceRule {
  /// Read from the file's bytes, before anything of it runs.
  static let file: [ConformanceRule] = [
    ConformanceRule(
      "shared-object", .file, needs: [],
      why: "The host loads nothing but a shared object that was built for its machine."
    ) { bench throws(Evidence) in
      do throws(ObjectFile.Fault) {
        _ = try ObjectFile(bench.fileBytes)
      } catch {
        throw Evidence(
          expected: "ELF class 2, byte order 1, machine \(ObjectFile.machine), type 3 (shared object)",
          found: error.detail)
      }
      return nil
    },
    ConformanceRule(
      "one-export", .file, needs: ["shared-object"],
      why: "Whatever else a plugin exports may be taken for a function of another library."
    ) { bench throws(Evidence) in
      // Marks that linkers put into every object.
      let marks: Set = ["_init", "_fini", "_edata", "_end", "__bss_start", "codira_analyzer_entry"]
      let others = bench.object?.exports.filter { !marks.contains($0) } ?? []
      guard let first = others.first else { return nil }
      throw Evidence(
        expected: "codira_analyzer_entry alone", found: "\(others.count) more, the first of them \(first)")
    },
    ConformanceRule(
      "known-libraries", .file, needs: ["shared-object"],
      why: "A library that a user's machine lacks keeps the plugin from loading there."
    ) { bench throws(Evidence) in
      let known = [
        "libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "ld-linux", "libgcc_s.so",
        "libstdc++.so",
        "libtree-sitter.so",
      ]
      for name in bench.object?.needed ?? [] where !known.contains(where: name.hasPrefix) {
        throw Evidence(
          expected: "the C and C++ libraries, and libtree-sitter, which comes with codira",
          found: "it needs \(name)")
      }
      return nil
    },
    ConformanceRule(
      "no-executable-stack", .file, needs: ["shared-object"],
      why: "An object that asks for an executable stack takes a protection from the whole process."
    ) { bench throws(Evidence) in
      guard bench.object?.hasExecutableStack == true else { return nil }
      throw Evidence(
        expected: "a PT_GNU_STACK header without the right to execute", found: "a stack that executes")
    },
    ConformanceRule(
      "no-text-relocations", .file, needs: ["shared-object"],
      why: "Code that is changed while it loads is neither shared between workers nor protected from writing."
    ) { bench throws(Evidence) in
      guard bench.object?.hasTextRelocations == true else { return nil }
      throw Evidence(
        expected: "position-independent code (-fPIC)", found: "relocations in read-only segments")
    },
  ]
}

extension CheckBench {
  /// The plugin as an object; nil where it is none.
  var object: ObjectFile? { try? ObjectFile(fileBytes) }
}

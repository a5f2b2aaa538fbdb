import CodiraIndexer
import Glibc

/// The C compiler of this machine, and the C++ one for scanners that need it.
struct CCompiler {
  private let command: [String]
  private let isCxx: Bool

  static func c(_ environment: Environment) throws(CommandFailure) -> CCompiler {
    guard let command = find(environment, "CC", ["cc", "gcc", "clang"]) else {
      throw CommandFailure(
        .usage, code: "no_compiler", "No C compiler was found: neither $CC nor cc, gcc or clang on PATH.",
        hint: "Install one (Debian: `apt-get install gcc libc6-dev`), or set CC to it.")
    }
    return CCompiler(command: command, isCxx: false)
  }

  static func cxx(_ environment: Environment, for scanner: String) throws(CommandFailure) -> CCompiler {
    guard let command = find(environment, "CXX", ["c++", "g++", "clang++"]) else {
      throw CommandFailure(
        .usage, code: "no_compiler",
        "No C++ compiler was found, which \(scanner) needs: neither $CXX nor c++, g++ or clang++ on PATH.",
        hint:
          "Install one (Debian: `apt-get install g++`), or use a version of the grammar whose scanner is in C."
      )
    }
    return CCompiler(command: command, isCxx: true)
  }

  func compile(_ source: String, to object: String, include folders: [String]) throws(CommandFailure) {
    var words = command + ["-c", "-O2", "-fPIC", "-w", isCxx ? "-std=gnu++14" : "-std=gnu11"]
    words += folders.flatMap { ["-I", $0] }
    try run(words + ["-o", object, source], "compile \(source)")
  }

  /// Links a plugin that exports its entry alone and needs the C library alone.
  func link(_ objects: [String], archive: String, exports: String, to plugin: String) throws(CommandFailure) {
    var words = command + ["-shared", "-s", "-o", plugin] + objects
    words += ["-Wl,-u,codira_analyzer_entry", archive, "-Wl,--gc-sections", "-Wl,-z,defs", "-Wl,--as-needed"]
    words += ["-Wl,--version-script=\(exports)", "-static-libgcc", "-ldl", "-lpthread", "-lm"]
    try run(words, "link \(plugin)")
  }

  private func run(_ words: [String], _ purpose: String) throws(CommandFailure) {
    let outcome: (status: Int32, output: [UInt8], errors: [UInt8])
    do throws(SystemFile.Failure) {
      outcome = try ChildProcess.run(words, environment: ChildProcess.inheritedEnvironment)
    } catch {
      throw CommandFailure(
        .usage, code: "no_compiler", "\(words[0]) does not start.",
        hint: "Set \(isCxx ? "CXX" : "CC") to a compiler that does.")
    }
    guard outcome.status != 0 else { return }
    let said = String(decoding: outcome.errors.prefix(4_000), as: UTF8.self)
    throw CommandFailure(
      .usage, code: "compiler_failed",
      "\(words[0]) could not \(purpose) (status \(outcome.status)):\n\(said.isEmpty ? "it said nothing" : said)"
    )
  }

  /// A variable's words, else the first of the names that PATH has.
  private static func find(_ environment: Environment, _ variable: String, _ names: [String]) -> [String]? {
    let words = environment[variable, orEmpty: ""].split(separator: " ").map(String.init)
    if !words.isEmpty { return words }
    let folders = environment["PATH", orEmpty: "/usr/bin:/bin"].split(separator: ":")
    for name in names {
      if folders.contains(where: { access("\($0)/\(name)", X_OK) == 0 }) { return [name] }
    }
    return nil
  }
}

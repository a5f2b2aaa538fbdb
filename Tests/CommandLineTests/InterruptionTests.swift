import CodiraTestSupport
import Foundation
import Testing

/// What Ctrl-C keeps, and what long work shows, on a terminal and elsewhere.
@Suite struct InterruptionTests {
  /// Python functions enough to encode for a while, and the tiny model.
  private static func repository() throws -> (repository: SampleRepository, environment: [String: String]) {
    let repository = try SampleRepository(indexed: false)
    for file in 0..<20 {
      let functions = (0..<200).map { number in
        "def f\(file)_\(number)(value):\n"
          + (0..<12).map { "    value = value + index[\($0)] * \(number)  # step\n" }.joined()
          + "    return value\n\n"
      }
      try repository.write("shop/long\(file).py", functions.joined())
    }
    return (repository, try TinyModel.environment(in: repository.folder))
  }

  /// Runs `index` and sends it SIGINT as soon as it says that it computes vectors.
  private func interrupted(_ repository: SampleRepository, _ environment: [String: String]) throws -> ToolRun
  {
    let words = environment.map { "\($0.key)=\($0.value)" }
    let script = """
      import signal, subprocess, sys
      signal.pthread_sigmask(signal.SIG_SETMASK, [])  # what runs tests may have blocked it
      run = subprocess.Popen(sys.argv[2:], cwd=sys.argv[1], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
      text = ""
      for line in run.stderr:
          text += line
          if "computing" in line: run.send_signal(signal.SIGINT)
      print(text, end="")
      sys.exit(run.wait())
      """
    let command = ["env"] + words + [Checkout.products.path + "/codira", "index", "--no-git", "--jobs", "1"]
    return try ToolRun(["python3", "-c", script, repository.folder.path] + command)
  }

  @Test func whatIsDoneIsKeptAndCounted() throws {
    let (repository, environment) = try Self.repository()
    let run = try interrupted(repository, environment)
    #expect(run.status == 130, "\(run.output)")
    let pattern =
      /Interrupted: ([0-9,]+) of ([0-9,]+) vectors are there\.\n.*goes on with the other ([0-9,]+)\./
    let match = try #require(run.output.firstMatch(of: pattern), "\(run.output)")
    let counts = [match.1, match.2, match.3].compactMap { Int($0.replacing(",", with: "")) }
    #expect(counts.count == 3 && counts[0] + counts[2] == counts[1])
    let status = try repository.run("status", "--json", environment: environment).json()
    let vectors = try #require(status["vectors"] as? [String: Any])
    #expect(vectors["present"] as? Int == counts[0] && vectors["missing"] as? Int == counts[2])
    let rest = try repository.run("index", "--no-git", "--json", environment: environment).json()
    #expect((rest["vectors"] as? [String: Any])?["computed"] as? Int == counts[2])
  }

  @Test func aTerminalShowsABar() throws {
    let (repository, environment) = try Self.repository()
    let script =
      "import os, pty, sys\nos.chdir(sys.argv[1])\nsys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[2:])))"
    func run(_ more: String...) throws -> ToolRun {
      let words = environment.map { "\($0.key)=\($0.value)" }
      let command =
        ["env"] + words + [Checkout.products.path + "/codira", "index", "--no-git", "--full"] + more
      return try ToolRun(["python3", "-c", script, repository.folder.path] + command)
    }
    let shown = try run("--full-vectors")
    #expect(shown.status == 0, "\(shown.output)")
    #expect(shown.output.contains(/reading ━*╌* [0-9,]+\/[0-9,]+/), "\(shown.output)")
    #expect(shown.output.contains(/embedding ━*╌* 0\/[0-9,]+/), "\(shown.output)")
    #expect(shown.output.contains(/embedding ━{24} [0-9,]+\/[0-9,]+/), "\(shown.output)")
    let quiet = try run("--full-vectors", "--quiet")
    #expect(quiet.status == 0 && !quiet.output.contains("embedding"), "\(quiet.output)")
  }
}

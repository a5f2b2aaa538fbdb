import CodiraPluginHost
import Glibc

/// The program: one run of `CommandRun` over the process's arguments.
@main
enum Main {
  static func main() {
    AnalyzerWorker.runIfRequested()
    // A reader that went away shows as a failed write, which `StandardOutput` takes for success.
    signal(SIGPIPE, SIG_IGN)
    let run = CommandRun(arguments: Array(CommandLine.arguments.dropFirst()))
    exit(run.perform().rawValue)
  }
}

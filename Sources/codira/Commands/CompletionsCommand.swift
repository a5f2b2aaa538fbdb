import ArgumentParser

/// `codira completions SHELL`: the script itself, which the shell reads.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a completion script for bash, zsh or fish.",
    discussion: "For bash: codira completions bash > ~/.local/share/bash-completion/completions/codira")

  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  @Argument(help: "The shell: bash, zsh or fish.") var shell: Shell

  func run() {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    StandardOutput.write(Codira.completionScript(for: kind) + "\n")
  }
}

import CodiraMCP

/// Tasks that a person may pick in a client; each begins with what the index knows.
struct PromptTable {
  let context: CommandContext
  /// Bytes of the index's answer in a prompt.
  let budget: Int

  var prompts: [MCPPrompt] { [explain, locate, review] }

  private var explain: MCPPrompt {
    MCPPrompt(
      name: "explain", title: "Explain a symbol",
      description: "What a symbol does, who relies on it, what to know before changing it.",
      arguments: [.init("symbol", "Name, qualified name or id.", isRequired: true)]
    ) { given in
      let name = given["symbol"] ?? ""
      return """
        Explain `\(name)` of this repository: what it does and why it is there, who relies on it, what its tests \
        hold, and what to know before changing it. Cite places as path:line. Ask `calls` or `references` for what \
        is missing below.

        \(known(["--", name]))
        """
    }
  }

  private var locate: MCPPrompt {
    MCPPrompt(
      name: "locate", title: "Find where to change",
      description: "The places that a task touches, before anything is changed.",
      arguments: [.init("task", "What shall be different.", isRequired: true)]
    ) { given in
      let task = given["task"] ?? ""
      return """
        Find where this repository has to change for the following task; change nothing yet.

        \(task)

        Say which files and functions change and how, which callers are affected, which tests hold the present \
        behaviour and which are missing. Cite places as path:line. Ask `explore` for each part of the task that \
        what stands below does not answer, and grep for exact strings.

        \(known(["--", task]))
        """
    }
  }

  private var review: MCPPrompt {
    MCPPrompt(
      name: "review", title: "Review a change",
      description: "A change against a revision: callers it breaks, tests it needs.",
      arguments: [.init("revision", "What to compare with; HEAD by default.")]
    ) { given in
      let revision = given["revision"].flatMap { $0.isEmpty ? nil : $0 } ?? "HEAD"
      return """
        Review the change that `git diff \(revision)` shows. What the index knows of it stands below: changed \
        lines in their symbols, callers, tests. Ask `calls` with direction `callers` for what was left out, and \
        `explore` where a use is not obvious; look at each caller with the new behaviour in mind. Report, the \
        gravest first and each with path:line: defects, callers that no longer fit, cases that no test exercises, \
        names and comments that no longer say what the code does. Say so where you found none.

        \(known(["--diff", "--", revision]))
        """
    }
  }

  /// A context pack, or why there is none.
  @Sendable private func known(_ words: [String]) -> String {
    do {
      let words = ["--budget=\(budget / ContextFormat.bytesPerToken)"] + words
      var page = TextPage()
      try ContextCommand.parse(words).answer(in: context).page(&page)
      return page.text
    } catch {
      let failure = CommandFailure(error)
      return "The index gives nothing: \(failure.message) \(failure.hint)"
    }
  }
}

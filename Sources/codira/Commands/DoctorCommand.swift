import ArgumentParser
import CodiraModel

/// `codira doctor`: what is wrong with this installation or index, each with its cure.
struct DoctorCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the installation, the model and the index, and say how to cure what is wrong.",
    discussion: "Exits 0 when nothing fails, 1 otherwise. Warnings do not fail.")

  @OptionGroup var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let catalog = try plugins.catalog(in: context)
    let findings =
      try [Finding(.ok, "versions", VersionText.current)]
      + PluginCheck.findings(catalog)
      + PluginCheck.findings(catalog.ownerProblems, context.configuration())
      + ModelCheck.findings(context) + IndexCheck.findings(context) + SystemCheck.findings(context)
    let fails = findings.contains { $0.state == .fail }
    return Answer(status: fails ? .nothing : .done, results: findings.map(\.row)) { page in
      for finding in findings { finding.write(to: &page) }
      page.line()
      let count = { (state: Finding.State) in findings.count { $0.state == state } }
      page.line("\(count(.ok)) ok, \(count(.warn)) to know of, \(count(.fail)) to mend.")
    }
  }
}

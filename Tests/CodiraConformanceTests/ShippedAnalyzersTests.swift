import CodiraConformance
import CodiraTestSupport
import Foundation
import Testing

/// Every analyzer that is built here keeps the rules that others are held to, with its corpus as samples.
@Suite struct ShippedAnalyzersTests {
  private static let folders: [String: String] = [
    "bash": "Bash", "c": "C", "cpp": "Cpp", "go": "Go", "ini": "Ini", "java": "Java", "json": "JSON",
    "markdown": "Markdown", "python": "Python", "rust": "Rust", "text": "Text", "typescript": "TypeScript",
  ]

  @Test(arguments: folders.keys.sorted())
  func keepsTheRules(_ name: String) throws {
    let plugin = Checkout.products.appendingPathComponent("libcodira-\(name).so").path
    let folder = "Plugins/\(Self.folders[name] ?? "")/Tests/Corpus"
    let run = try ToolRun(RuleFixture.command, "plugins", "check", plugin, folder, "--quiet")
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("none is broken"))
  }
}

import CodiraTestSupport
import Foundation
import Testing

/// What language and time zone a user has set changes no byte of an index.
@Suite struct LocaleTests {
  @Test func everyLocaleGivesTheSameIndex() throws {
    let exports = try Self.environments.map { environment in
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-locale-\(UUID())")
      defer { try? FileManager.default.removeItem(at: folder) }
      let tree = folder.appendingPathComponent("tree")
      for (name, text) in Self.files {
        let file = tree.appendingPathComponent(name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      // What the other commands print needs no comparison: they all read what `export` reads.
      return try ["index --no-embeddings --no-git --quiet", "export"].map { arguments in
        let run = try ToolRun(
          "sh", "-c", "cd \"$1\" && \(environment) \"$2\" \(arguments)", "sh", tree.path,
          CampaignTests.program)
        if run.status != 0 { throw ToolRun.Failure(run: run) }
        return run.output
      }[1]
    }
    #expect(exports[0].contains("python `Iğdır`/ISPARTA/`ıi`()."), "\(exports[0])")
    for export in exports { #expect(export == exports[0]) }
  }

  private static let environments = [
    "LC_ALL=C TZ=UTC", "LC_ALL=C.UTF-8 TZ=America/Caracas",
    "LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 LANGUAGE=tr TZ=Asia/Kolkata", "-u LANG LC_ALL=de_DE.ISO-8859-1",
  ].map { "env \($0)" }

  /// Names whose order and case differ from place to place.
  private static let files = [
    "Iğdır/__init__.py": "from .ISPARTA import ıi, II\n",
    "Iğdır/ISPARTA.py":
      "def ıi(): return II()\n\n\ndef II(): ...\n\n\nclass Straße: ...\n\n\nclass STRASSE: ...\n",
    "ä/z.c": "int a_b(void) { return 1; }\nint aB(void) { return a_b(); }\nint AB(void) { return aB(); }\n",
    "Z/ä.c": "int title(void) { return 0; }\nint TITLE(void) { return title(); }\n",
    "i.ini": "[TITLE]\ni = 1\nI = 2\nı = 3\nİ = 4\n",
  ]
}

import CodiraTestSupport
import Foundation
import Testing

/// The example package needs nothing of the embedding library but what is public.
///
/// It is compiled here against the modules that are built anyway, in a second; `make example` builds it with SwiftPM.
@Suite("Examples") struct ExampleTests {
  @Test func textsAreRankedByMeaning() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-example-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try compile("Examples/embed-text/Sources/main.swift", into: folder)
    let model = folder.path + "/tiny"
    _ = try successful(ToolRun("scripts/make-tiny-model", model))
    let lines = ["open a socket", "read a file", "sort numbers"]
    let run = try successful(
      ToolRun([program, model, "read a file"], input: lines.joined(separator: "\n") + "\n"))
    let ranked = run.output.split(separator: "\n").map {
      $0.split(separator: " ", maxSplits: 1).map(String.init)
    }
    #expect(ranked.first == ["1.0", "read a file"])
    #expect(ranked.compactMap(\.last).sorted() == lines.sorted())
    let wrong = try ToolRun([program, folder.path + "/nowhere", "x"])
    #expect(
      wrong.status == 1 && wrong.output.contains("nowhere/config.json does not exist"), "\(wrong.output)")
  }

  private func compile(_ source: String, into folder: URL) throws -> String {
    let products = Checkout.products.path
    let program = folder.path + "/program"
    let script = """
      exec swiftc -swift-version 6 -module-name example "$1" -o "$2" -I "$3/Modules" -I Sources/CEmbedding/include \
        -Xcc -fmodule-map-file="$3/CEmbedding.build/module.modulemap" \
        -Xcc -fmodule-map-file=Sources/CNettle/module.modulemap \
        "$3"/{CodiraEmbedding,CodiraModel,CodiraDigest,CEmbedding}.build/*.o $(pkg-config --libs nettle)
      """
    _ = try successful(ToolRun("bash", "-c", script, "bash", source, program, products))
    return program
  }

  private func successful(_ run: ToolRun) throws -> ToolRun {
    if run.status != 0 { throw ToolRun.Failure(run: run) }
    return run
  }
}

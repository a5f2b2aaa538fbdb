import CodiraModel
import Testing

import CodiraIndexer

@Suite struct TextChunkTests {
  @Test(arguments: [
    ("class Foo extends Bar {", ["Foo"]), ("  def render(view)", ["render"]),
    ("pub fn parse(x: u8) void {", ["parse"]),
    ("data class Point(val x: Int)", ["Point"]), ("func (r *Router) Use(m Middleware) {", ["Use"]),
    ("local function M.go(x)", ["go", "M.go"]), ("defmodule Plug.Conn do", ["Conn", "Plug.Conn"]),
    ("decode :: ByteString -> Maybe a", ["decode"]), ("    public static int Run(string name)", ["Run"]),
    ("pub const Foo = struct {", ["Foo"]), ("namespace Dapper", []), ("// class of its own", []),
    ("    let x = 1", []), ("return value", []), ("", []),
  ])
  func namesAreGuessedFromALine(_ line: String, _ names: [String]) {
    #expect(TextDefinitions.names(in: Array(line.utf8)[...]) == names, "\(line)")
  }

  @Test func chunksCoverEveryLineThatIsNotBlank() {
    var text = ""
    for index in 0..<200 { text += "def method_\(index)\n  do_something_with(\(index))\nend\n\n" }
    let chunks = TextChunks.chunks(of: Array(text.utf8))
    #expect(chunks.count > 5)
    #expect(chunks.flatMap(\.names) == (0..<200).map { "method_\($0)" })
    for (chunk, next) in zip(chunks, chunks.dropFirst()) {
      #expect(chunk.lines.upperBound < next.lines.lowerBound)
      #expect(next.lines.lowerBound - chunk.lines.upperBound <= 2)
      // A part begins where a definition does.
      #expect((chunk.lines.lowerBound - 1).isMultiple(of: 4))
    }
  }

  @Test func dataIsNotCut() {
    #expect(TextChunks.chunks(of: [0x61, 0, 0x62]).isEmpty)
    #expect(TextChunks.chunks(of: Array(String(repeating: "x", count: 5000).utf8)).isEmpty)
    #expect(TextChunks.chunks(of: Array("\n  \n".utf8)).isEmpty)
    #expect(TextChunks.chunks(of: []).isEmpty)
    #expect(TextChunks.chunks(of: Array("one line".utf8)).map(\.lines) == [1...1])
    #expect(!TextFiles.isRead(RepositoryPath(text: "locale/de.po"), size: 10))
    #expect(!TextFiles.isRead(RepositoryPath(text: "js/app.min.js"), size: 10))
    #expect(TextFiles.isRead(RepositoryPath(text: "lib/app.rb"), size: 10))
  }
}

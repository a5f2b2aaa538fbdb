import CodiraAnalyzerKit
import Testing

@Suite struct TextTests {
  @Test func textsCompareByTheirBytes() {
    let arena = Arena()
    #expect(arena.copy("get") == "get")
    #expect(arena.copy("") == .empty)
    #expect(Set<Text>([arena.copy("a"), "a", "b"]).count == 2)
    #expect(arena.join("a", ".", "b") == "a.b")
    #expect(Text("a.b..c").split(at: ".") == ["a", "b", "", "c"])
    #expect(Text(" \t a b\r\n").trimmed == "a b")
    #expect(Text("sessions.py").hasSuffix(".py"))
    #expect(!Text("py").hasSuffix(".py"))
  }

  @Test(arguments: [
    ("sds.c: strings\n\nCopyright (c) 2010\nAll rights", "sds.c: strings"),
    ("Copyright 2010 A. Body", ""),
    ("SPDX-License-Identifier: MIT\nReads files.\n", "Reads files."),
    ("Reads files.\nSPDX-License-Identifier: MIT", "Reads files."),
    ("What a copyright is, and is not.", "What a copyright is, and is not."),
    ("", ""),
  ])
  func aLicenceIsNoDocumentation(header: String, expected: String) {
    let arena = Arena()
    #expect(arena.copy(Array(header.utf8)).withoutLicence.description == expected)
  }

  @Test func chainsGrowUpToTheirLimit() {
    let arena = Arena()
    var chain: Chain? = arena.chain("x a/", "m")
    for _ in 1..<Chain.limit { chain = chain.flatMap { arena.chain($0, then: "n") } }
    #expect(chain?.members.count == Chain.limit)
    #expect(chain.flatMap { arena.chain($0, then: "n") } == nil)
  }

  @Test func anArenaIsUsedAgain() {
    let arena = Arena()
    for _ in 0..<3 {
      let texts = (0..<100_000).map { arena.copy([UInt8(truncatingIfNeeded: $0), 7, 8]) }
      #expect(texts.enumerated().allSatisfy { $1[0] == UInt8(truncatingIfNeeded: $0) && $1.count == 3 })
      arena.reset()
    }
  }
}

import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct PackedReferencesTests {
  private let source = Array("first line\nsecond line\r\nthird\rfourth\n".utf8)
  private var lines: LineTable { source.withUnsafeBytes { LineTable($0) } }
  private let anything = ReferenceRules(ownerFault: { _ in nil }, rootFault: { _ in nil })

  @Test func whatIsPackedComesBack() throws {
    var random = SeededGenerator(state: 7)
    for _ in 0..<200 {
      let references = someReferences(using: &random)
      let packed = PackedReferences(references)
      #expect(packed.count == references.count)
      #expect(try packed.unpack() == references)
      #expect(try PackedReferences(validating: packed.bytes, lines: lines, rules: anything) == packed)
      #expect(PackedReferences(references).bytes == packed.bytes)
    }
  }

  @Test func whatMentionsANameIsFoundByIt() throws {
    var random = SeededGenerator(state: 13)
    for _ in 0..<200 {
      let references = someReferences(using: &random)
      let packed = PackedReferences(references)
      for name in try packed.postingNames() {
        let found = try packed.unpack(mentioning: NameHashes([name]), roles: [.call, .imports])
        let certain = references.filter { reference in
          [.call, .imports].contains(reference.role)
            && (reference.name == name || reference.candidates.contains { lastName(of: $0) == name })
        }
        #expect(found.filter(certain.contains) == certain)
        #expect(found.allSatisfy { [.call, .imports].contains($0.role) })
      }
    }
  }

  @Test(arguments: [
    "[]", "[k]", "()", "*", "new", "#0", "#12", "#p0", "(0)", "#", "(", "", "name", "ne", "news", "[x]",
    "**",
  ])
  func stepsAreToldByTheirBytes(_ member: String) {
    let isReserved = Array(member.utf8).withUnsafeBytes { bytes in Candidate.Step.isReserved(bytes) }
    #expect(Candidate.Step.isReserved(member) == isReserved)
  }

  private func lastName(of candidate: Candidate) -> String {
    candidate.members.last { !Candidate.Step.isReserved($0) } ?? StableID.lastName(of: candidate.root.text)
  }

  @Test func emptyIsNotNothing() throws {
    let packed = try PackedReferences(validating: PackedReferences.empty.bytes, lines: lines, rules: anything)
    #expect(packed.count == 0)
    #expect(try packed.unpack().isEmpty)
    #expect(throws: ReferenceFault.self) {
      try PackedReferences(validating: [], lines: lines, rules: anything)
    }
  }

  @Test func borrowedBytesPackAsValuesDo() throws {
    let reference = Reference(
      owner: StableID("x a."), role: .call, noName: true, name: "f", receiver: "r",
      externalKind: .builtin, external: "print", range: range(0, 5),
      candidates: [Candidate(root: StableID("x b/"), members: ["f", "()"], flags: .openParameters)],
      argumentCount: 1, labels: ["end"], arguments: [[Candidate(root: StableID("int"), flags: .external)]])
    var packer = ReferencePacker()
    packer.begin(
      role: .call, noName: true, hasDetail: true, owner: bytes("x a."), name: bytes("f"),
      receiver: bytes("r"),
      range: range(0, 5))
    packer.beginCandidates(1)
    packer.candidate(root: bytes("x b/"), flags: 1, memberCount: 2)
    packer.string(bytes("f"))
    packer.string(bytes("()"))
    packer.detail(argumentCount: 1, externalKind: .builtin, external: bytes("print"), labelCount: 1)
    packer.string(bytes("end"))
    packer.beginArguments(1)
    packer.beginCandidates(1)
    packer.candidate(root: bytes("int"), flags: 2, memberCount: 0)
    #expect(packer.finish() == PackedReferences([reference]))
  }

  @Test func illFormedTextIsRepairedOnce() throws {
    var packer = ReferencePacker()
    let bad: [UInt8] = [0x61, 0xFF, 0xE2, 0x82, 0x7A]
    for _ in 0..<2 {
      bad.withUnsafeBytes { bad in
        packer.begin(
          role: .call, noName: false, hasDetail: false, owner: bytes("x a."), name: bad, receiver: bad,
          range: range(0, 1))
      }
      packer.beginCandidates(0)
    }
    let packed = packer.finish()
    let repaired = "a\u{FFFD}\u{FFFD}z"
    #expect(try packed.unpack().map(\.name) == [repaired, repaired])
    #expect(try PackedReferences(validating: packed.bytes, lines: lines, rules: anything) == packed)
    #expect(packed.bytes == PackedReferences(try packed.unpack()).bytes)
  }

  @Test func manyStringsKeepTheirPlaces() throws {
    let references = (0..<20_000).map { number in
      Reference(owner: StableID("x a."), role: .call, name: "name\(number)", range: range(0, 1))
    }
    #expect(try PackedReferences(references).unpack() == references)
  }

  @Test func damageIsFoundOrHarmless() throws {
    var random = SeededGenerator(state: 11)
    for _ in 0..<3000 {
      var bytes = PackedReferences(someReferences(using: &random)).bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      do throws(ReferenceFault) {
        let packed = try PackedReferences(validating: bytes, lines: lines, rules: anything)
        let references = try? packed.unpack()
        #expect(references?.count == packed.count)
        _ = try? packed.postingNames()
      } catch { #expect(!error.detail.isEmpty) }
      // What the store returns is not validated again: it may throw, and never crash.
      _ = try? PackedReferences(trusted: bytes, count: 1).unpack()
      _ = try? PackedReferences(trusted: bytes, count: 1).postingNames()
    }
  }

  @Test func rulesAreAskedOnceForEachText() throws {
    let references = (0..<5).map { _ in
      Reference(
        owner: StableID("x a."), role: .call, name: "f", range: range(0, 1),
        candidates: [
          Candidate(root: StableID("x b/")), Candidate(root: StableID("text"), flags: .external),
        ])
    }
    var asked: [String] = []
    let rules = ReferenceRules(
      ownerFault: {
        asked.append("owner \($0)")
        return nil
      },
      rootFault: {
        asked.append("root \($0)")
        return nil
      })
    _ = try PackedReferences(validating: PackedReferences(references).bytes, lines: lines, rules: rules)
    #expect(asked == ["owner x a.", "root x b/"])
  }

  private func range(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(start: lines.position(ofByte: start), end: lines.position(ofByte: end))
  }

  private func bytes(_ text: StaticString) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  private func someReferences(using random: inout SeededGenerator) -> [Reference] {
    let texts = [
      "", "get", "héllo", "a.b", "self.session", "[]", "#1", "名前", "a rather long text of many bytes",
    ]
    func text() -> String { texts.randomElement(using: &random)! }
    func candidates() -> [Candidate] {
      (0..<Int.random(in: 0...2, using: &random)).map { _ in
        Candidate(
          root: StableID("x \(text())"),
          members: (0..<Int.random(in: 0...3, using: &random)).map { _ in text() },
          flags: Candidate.Flags(rawValue: UInt32.random(in: 0...1, using: &random)))
      }
    }
    return (0..<Int.random(in: 0...12, using: &random)).map { _ in
      let ends = [
        Int.random(in: 0...source.count, using: &random), Int.random(in: 0...source.count, using: &random),
      ]
      return Reference(
        owner: StableID("x \(text())"), role: Reference.Role.allCases.randomElement(using: &random)!,
        noName: Bool.random(using: &random), name: text(), receiver: text(),
        externalKind: Reference.External.allCases.randomElement(using: &random)!, external: text(),
        range: range(ends.min()!, ends.max()!), candidates: candidates(),
        argumentCount: Int32.random(in: -1...300, using: &random),
        labels: (0..<Int.random(in: 0...2, using: &random)).map { _ in text() },
        arguments: (0..<Int.random(in: 0...2, using: &random)).map { _ in candidates() })
    }
  }
}

/// The same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
  }
}

import CodiraModel
import Testing

import CodiraStore

@Suite struct RoundTripTests {
  @Test func givesBackWhatWasStored() throws {
    let index = try ScratchIndex()
    let symbols = [Sample.stored(Sample.symbol("get")), Sample.stored(Sample.symbol("set"), body: "x = 1")]
    let references = [Sample.reference("get"), Sample.reference("call", candidate: "réseau")]
    let file = try Sample.file("src/a.toy", symbols: symbols, references: references)
    try index.writer().writeStructure { _ = try $0.put(file) }
    try index.read { (snapshot) throws in
      #expect(try snapshot.generation() == 1)
      let row = try #require(try snapshot.files().first)
      #expect(row.path.text == "src/a.toy" && row.symbolCount == 2 && row.referenceCount == 2)
      let rows = try snapshot.symbols(of: row.id)
      #expect(rows.map(\.symbol) == symbols.map(\.symbol))
      #expect(rows.allSatisfy { $0.file == row.id })
      #expect(try snapshot.references(of: row.id).unpack() == references)
      #expect(try snapshot.documentation(of: row.id) == file.documentation)
      #expect(
        try snapshot.documentation(owner: StableID("toy m/")).map(\.documentation) == file.documentation)
      #expect(try snapshot.diagnostics(of: row.id) == file.diagnostics)
      let payload = try #require(try rows[0].payload.flatMap { try snapshot.payload($0) })
      #expect(Array(payload.text.utf8) == symbols[0].payload?.text)
    }
  }

  @Test func findsSymbolsByNameIdAndParent() throws {
    let index = try ScratchIndex()
    let names = ["Get", "get", "GET", "é", "É", "other"]
    let file = try Sample.file("a.toy", symbols: names.map { Sample.stored(Sample.symbol($0)) })
    try index.writer().writeStructure { _ = try $0.put(file) }
    try index.read { (snapshot) throws in
      #expect(try snapshot.symbols(named: "get").map(\.symbol.name) == ["get"])
      #expect(try snapshot.symbols(foldedName: "gEt").map(\.symbol.name) == ["Get", "get", "GET"])
      #expect(try snapshot.symbols(foldedName: "É").map(\.symbol.name) == ["é", "É"])
      #expect(try snapshot.symbols(named: "nothing").isEmpty)
      #expect(try snapshot.symbols(id: StableID("toy m/other().")).map(\.symbol.name) == ["other"])
      #expect(try snapshot.members(of: StableID("toy m/")).count == names.count)
      #expect(try snapshot.members(of: StableID("toy m/"), named: "GET").map(\.symbol.name) == ["GET"])
    }
  }

  @Test func anOutlineIsTheSymbolWithoutItsTexts() throws {
    let index = try ScratchIndex()
    let symbols = ["one", "two"].map { Sample.stored(Sample.symbol($0)) }
    try index.writer().writeStructure { _ = try $0.put(try Sample.file("a.toy", symbols: symbols)) }
    try index.read { (snapshot) throws in
      let whole = try ["two", "one"].flatMap { try snapshot.symbols(named: $0) }
      let outlines = try snapshot.symbols(rows: [whole[0].id, 1 << 40, whole[1].id], .outline)
      #expect(outlines.map { $0?.id } == [whole[0].id, nil, whole[1].id])
      for (outline, row) in zip(outlines.compactMap { $0?.symbol }, whole.map(\.symbol)) {
        #expect(outline.id == row.id && outline.kind == row.kind && outline.flags == row.flags)
        #expect(outline.name == row.name && outline.range == row.range && outline.nameRange == row.nameRange)
        #expect(outline.documentation.isEmpty && outline.signature.isEmpty)
      }
    }
  }

  @Test func replacingAFileLeavesNothingOfTheOld() throws {
    let index = try ScratchIndex()
    let writer = try index.writer()
    let first = try Sample.file(
      "a.toy", symbols: [Sample.stored(Sample.symbol("walrus"))], references: [Sample.reference("seal")])
    let other = try Sample.file(
      "b.toy", symbols: [Sample.stored(Sample.symbol("penguin"))], references: [Sample.reference("seal")])
    try writer.writeStructure {
      _ = try $0.put(first)
      _ = try $0.put(other)
    }
    let id = try #require(try writer.read { try $0.file(at: RepositoryPath(text: "a.toy")) }).id
    let second = try Sample.file(
      "a.toy", id: id, symbols: [Sample.stored(Sample.symbol("otter"))],
      references: [Sample.reference("heron")])
    try writer.writeStructure { _ = try $0.put(second) }
    try writer.read { (snapshot) throws in
      #expect(try snapshot.generation() == 2)
      #expect(try snapshot.symbols(named: "walrus").isEmpty)
      #expect(try snapshot.matches(of: "walrus").isEmpty)
      #expect(try snapshot.matches(of: "otter").count == 1)
      #expect(try snapshot.files(mentioning: "seal") == [id + 1])
      #expect(try snapshot.files(mentioning: "heron") == [id])
    }
    try writer.writeStructure { try $0.remove(file: id) }
    try writer.read { (snapshot) throws in
      #expect(try snapshot.files().map(\.path.text) == ["b.toy"])
      #expect(try snapshot.files(mentioning: "heron").isEmpty)
      #expect(try snapshot.matches(of: "otter").isEmpty)
      #expect(try snapshot.matches(of: "penguin").count == 1)
    }
  }

  @Test func postingsAreCompleteOverManyNames() throws {
    let index = try ScratchIndex()
    let writer = try index.writer()
    let names = (0..<5000).map { "name\($0)" }
    try writer.writeStructure { structure in
      for file in 0..<10 {
        let own = names.enumerated().filter { $0.offset % 10 >= file }.map { Sample.reference($0.element) }
        _ = try structure.put(try Sample.file("f\(file).toy", references: own))
      }
    }
    try writer.read { (snapshot) throws in
      for (index, name) in names.enumerated() {
        #expect(try snapshot.files(mentioning: name) == (1...Int64(index % 10 + 1)).map { $0 })
      }
    }
  }

  @Test func vectorsBelongToTextsAndSets() throws {
    let index = try ScratchIndex()
    let writer = try index.writer()
    let symbols = ["a", "b", "c"].map { Sample.stored(Sample.symbol($0), body: $0) }
    try writer.writeStructure { _ = try $0.put(try Sample.file("a.toy", symbols: symbols)) }
    let set = try writer.activateVectorSet(identity: "one", dimension: 2, instructions: "any")
    #expect(try writer.read { try $0.vectorStatus() } == VectorStatus(present: 0, missing: 3))
    let payloads = try writer.read { try $0.payloadsWithoutVector(in: set.id) }.map(\.payload)
    try writer.storeVectors(payloads.prefix(2).map { ($0, [Float($0), 1]) }, in: set.id)
    #expect(try writer.read { try $0.vectorStatus() } == VectorStatus(present: 2, missing: 1))
    try writer.read { (snapshot) throws in
      var seen: [Int64] = []
      try snapshot.forEachVector(in: set.id) { payload, bytes in
        seen.append(payload)
        #expect(bytes.loadUnaligned(as: Float.self) == Float(payload))
        #expect(bytes.count == 8)
      }
      #expect(seen == Array(payloads.prefix(2)))
    }
    let other = try writer.activateVectorSet(identity: "two", dimension: 2, instructions: "any")
    #expect(try writer.read { try $0.payloadsWithoutVector(in: other.id) }.count == 3)
    #expect(try writer.read { try $0.countGarbage() } == .init(payloads: 0, vectors: 2, sets: 1))
    #expect(try writer.collectGarbage() == .init(payloads: 0, vectors: 2, sets: 1))
  }
}

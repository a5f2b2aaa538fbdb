import CodiraModel
import Foundation
import Testing

import CodiraStore

@Suite struct AccessTests {
  @Test func whatIsNotThereSaysSo() throws {
    let index = try ScratchIndex()
    #expect(throws: StoreError.notFound(path: index.location.directory)) { try IndexReader(index.location) }
  }

  @Test func theFolderIsHiddenFromGitAndTheFilePrivate() throws {
    let index = try ScratchIndex()
    _ = try index.writer()
    let ignore = try String(contentsOfFile: index.location.directory + "/.gitignore", encoding: .utf8)
    #expect(ignore == "*\n!.gitignore\n!config.toml\n")
    let mode =
      try FileManager.default.attributesOfItem(atPath: index.location.database)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func oneWriterAtATime() throws {
    let index = try ScratchIndex()
    let first = try index.writer()
    #expect(throws: StoreError.locked(path: index.location.directory, owner: getpid())) {
      try IndexWriter(index.location, lockTimeout: 0.05)
    }
    withExtendedLifetime(first) {}
  }

  @Test func aFailedStructureLeavesThePreviousGeneration() throws {
    struct Stop: Error {}
    let index = try ScratchIndex()
    let writer = try index.writer()
    try writer.writeStructure { _ = try $0.put(try Sample.file("a.toy")) }
    #expect(throws: Stop.self) {
      try writer.writeStructure { structure in
        _ = try structure.put(try Sample.file("b.toy"))
        throw Stop()
      }
    }
    try writer.read { (snapshot) throws in
      #expect(try snapshot.generation() == 1)
      #expect(try snapshot.files().map(\.path.text) == ["a.toy"])
    }
  }

  @Test func aReaderKeepsItsGenerationWhileAnotherIsWritten() throws {
    let index = try ScratchIndex()
    let writer = try index.writer()
    try writer.writeStructure { _ = try $0.put(try Sample.file("a.toy")) }
    let reader = try IndexReader(index.location)
    try reader.read { (snapshot) throws in
      #expect(try snapshot.generation() == 1)
      try writer.writeStructure { _ = try $0.put(try Sample.file("b.toy")) }
      #expect(try snapshot.files().count == 1)
      #expect(try snapshot.generation() == 1)
    }
    #expect(try reader.read { try $0.generation() } == 2)
  }

  @Test func otherSchemasAndOtherFilesAreTold() throws {
    let index = try ScratchIndex()
    try index.writer().checkpoint()
    try sql(index, "PRAGMA user_version = 99")
    let newer = StoreError.newerSchema(path: index.location.database, found: 99, supported: Schema.version)
    #expect(throws: newer) { try IndexReader(index.location) }
    #expect(throws: newer) { try index.writer() }
    try sql(index, "PRAGMA user_version = 0")
    #expect(
      throws: StoreError.olderSchema(path: index.location.database, found: 0, supported: Schema.version)
    ) {
      try IndexReader(index.location)
    }
    try sql(index, "PRAGMA application_id = 7")
    #expect(throws: StoreError.notAnIndex(path: index.location.database)) { try IndexReader(index.location) }
    try Data("no database at all, only some words".utf8).write(
      to: URL(fileURLWithPath: index.location.database))
    #expect(throws: StoreError.notAnIndex(path: index.location.database)) { try IndexReader(index.location) }
  }

  @Test func anOlderIndexKeepsItsVectors() throws {
    let index = try ScratchIndex()
    let stored = Sample.stored(Sample.symbol("read"), body: "return 1")
    let file = try Sample.file("a.toy", symbols: [stored])
    let set: VectorSet
    do {
      let writer = try index.writer()
      _ = try writer.writeStructure { _ = try $0.put(file) }
      set = try writer.activateVectorSet(identity: "toy", dimension: 2, instructions: "")
      let payload = try #require(try writer.read { try $0.payloadsWithoutVector(in: set.id).first })
      try writer.storeVectors([(payload: payload.payload, vector: [1, 0])], in: set.id)
    }
    try sql(index, "DELETE FROM grdb_migrations WHERE identifier IN ('2', '3')")
    try sql(index, "DROP TABLE chunks")
    try sql(index, "DROP TABLE unit_text")
    try sql(index, "PRAGMA user_version = 1")
    let writer = try index.writer()
    #expect(try writer.read { try $0.files().count } == 0)
    _ = try writer.writeStructure { _ = try $0.put(file) }
    #expect(try writer.read { try $0.payloadsWithoutVector(in: set.id).count } == 0)
    #expect(try writer.read { try $0.symbols(named: "read").count } == 1)
  }

  /// A kill in the first moments of a database leaves a journal that must be rolled back.
  @Test func aCreationThatWasKilledIsUndone() throws {
    let index = try ScratchIndex()
    try FileManager.default.createDirectory(
      atPath: index.location.directory, withIntermediateDirectories: true)
    try python(
      index,
      """
      import os
      c.execute(f"PRAGMA application_id = {sys.argv[2]}")
      c.execute("PRAGMA cache_size = 1")
      c.execute("CREATE TABLE t (x)")
      c.commit()
      c.execute("BEGIN")
      for _ in range(200): c.execute("INSERT INTO t VALUES (zeroblob(5000))")
      os._exit(0)
      """, "\(0x434F_4449)")
    #expect(FileManager.default.fileExists(atPath: index.location.rollbackJournal))
    #expect(
      throws: StoreError.olderSchema(path: index.location.database, found: 0, supported: Schema.version)
    ) {
      try IndexReader(index.location)
    }
    #expect(!FileManager.default.fileExists(atPath: index.location.rollbackJournal))
  }

  @Test func queriesAreNeverSyntaxErrors() throws {
    let index = try ScratchIndex()
    let symbols = [Sample.stored(Sample.symbol("readHTTPHeader"), body: "parse ( \"quoted\" )")]
    try index.writer().writeStructure { _ = try $0.put(try Sample.file("a.toy", symbols: symbols)) }
    try index.read { (snapshot) throws in
      for word in ["\"", "AND", "a\"b", "NEAR(", "*", "col:", "-", "", "(", "é\u{0}x"] {
        _ = try snapshot.matches(of: word)
      }
      for word in ["header", "HTTP", "readhttpheader", "quoted"] {
        #expect(try snapshot.matches(of: word).count == 1, "\(word)")
      }
    }
  }

  @Test(arguments: [
    ("getOrCreate", "get Or Create"), ("HTTPServer2", "HTTP Server2"), ("snake_case_x", "snake case x"),
    ("__init__", "init"), ("x", "x"), ("", ""), ("ÄpfelÖl", "Äpfel Öl"), ("A", "A"),
    ("parseXML", "parse XML"),
  ])
  func splitsIdentifiers(name: String, words: String) {
    #expect(SearchText.words(name).joined(separator: " ") == words)
    #expect(SearchText.lowerWords(name).joined(separator: " ") == words.lowercased())
  }

  private func sql(_ index: ScratchIndex, _ text: String) throws {
    try python(index, "c.execute(sys.argv[2]); c.commit()", text)
  }

  /// Runs `code`, which has the database open as `c`.
  private func python(_ index: ScratchIndex, _ code: String, _ argument: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\n" + code,
      index.location.database, argument,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}

import CodiraEmbedding
import CodiraModel
import Foundation

/// What the tests read: the tables of reference results, and the two models.
enum Fixtures {
  /// A text with the reference's token ids and, where the table has it, its vector.
  struct Row: Sendable {
    var text = ""
    var ids: [Int32] = []
    var vector: [Float] = []
  }

  struct ModelAbsent: Error, CustomStringConvertible {
    let description: String
  }

  /// The default model: at `CODIRA_TEST_MODEL`, else where scripts/fetch-model puts it.
  static func miniLM() throws -> EmbeddingModel {
    let path = ProcessInfo.processInfo.environment["CODIRA_TEST_MODEL"] ?? "\(root)/models/all-MiniLM-L6-v2"
    guard FileManager.default.fileExists(atPath: path) else {
      throw ModelAbsent(description: "\(path) does not exist: run scripts/fetch-model")
    }
    return try EmbeddingModel(directory: path)
  }

  static func tiny() throws -> EmbeddingModel { try EmbeddingModel(directory: tinyDirectory.get()) }

  /// Copies the tiny model to a new directory that a test may change.
  static func copyTinyModel(to path: String) throws {
    try FileManager.default.copyItem(atPath: tinyDirectory.get(), toPath: path)
  }

  /// A tiny model of another architecture.
  static func architecture(_ name: String) throws -> EmbeddingModel {
    try EmbeddingModel(directory: "\(architectures.get())/\(name)")
  }

  /// Copies one of them to a new directory that a test may change.
  static func copyArchitecture(_ name: String, to path: String) throws {
    try FileManager.default.copyItem(atPath: "\(architectures.get())/\(name)", toPath: path)
  }

  /// The directory of a small tokenizer.
  static func tokenizer(_ name: String) -> String {
    "\(root)/Tests/CodiraEmbeddingTests/Fixtures/tokenizers/\(name)"
  }

  private static let tinyDirectory = Result { try written(by: "make-tiny-model", to: "tiny") }
  private static let architectures = Result {
    try written(by: "make-tiny-architectures", to: "architectures")
  }

  /// What a script writes into a new directory.
  private static func written(by script: String, to name: String) throws -> String {
    let path = temporaryDirectory() + "/" + name
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "\(root)/scripts/\(script)", path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ModelAbsent(description: "scripts/\(script) failed: is python3 installed?")
    }
    return path
  }

  /// A new directory that goes when the test program ends.
  static func temporaryDirectory() -> String {
    let path = "\(scratch.path)/\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  static func rows(_ name: String) throws -> [Row] {
    let data = [UInt8](
      try Data(contentsOf: URL(fileURLWithPath: "\(root)/Tests/CodiraEmbeddingTests/Fixtures/\(name)")))
    return try data.withUnsafeBufferPointer { bytes throws(JSONError) in
      var reader = JSONReader(UnsafeRawBufferPointer(bytes))
      var rows: [Row] = []
      try reader.array { reader throws(JSONError) in rows.append(try row(&reader)) }
      return rows
    }
  }

  private static func row(_ reader: inout JSONReader) throws(JSONError) -> Row {
    var row = Row()
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "text": row.text = try reader.string()
      case "ids": try reader.array { reader throws(JSONError) in row.ids.append(Int32(try reader.integer())) }
      default:
        try reader.array { reader throws(JSONError) in row.vector.append(Float(try reader.number())) }
      }
    }
    return row
  }

  private static let root: String = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.path
  }()

  private static let scratch: URL = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-embedding-\(getpid())")
    atexit { try? FileManager.default.removeItem(at: Fixtures.scratch) }
    return folder
  }()
}

/// The cosine of the angle between two vectors.
func cosine(_ left: some Collection<Float>, _ right: some Collection<Float>) -> Double {
  func dot(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
}

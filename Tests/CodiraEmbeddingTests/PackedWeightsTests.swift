import CodiraEmbedding
import Foundation
import Testing

/// The file of packed weights beside a model of the store: derived data, which never decides a vector.
@Suite struct PackedWeightsTests {
  private let texts = ["def read_file(path)", "open a socket and wait for it"]

  private func vectors(
    _ installed: ModelStore.Installed, _ precision: Precision, keepsPacked: Bool = false
  ) throws -> [UInt32] {
    let model = try EmbeddingModel(directory: installed.directory)
    let embedder = try TextEmbedder(
      installed, model: model, precision: precision, threads: 2, keepsPacked: keepsPacked)
    return embedder.embed(texts).map(\.bitPattern)
  }

  private func packedFiles(_ installed: ModelStore.Installed) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: installed.directory).filter { $0.hasPrefix("packed") }
      .map { "\(installed.directory)/\($0)" }
  }

  private func install() throws -> ModelStore.Installed {
    let root = Fixtures.temporaryDirectory()
    try Fixtures.copyTinyModel(to: "\(root)/source")
    return try ModelStore(root: "\(root)/store").install(from: "\(root)/source", name: "tiny")
  }

  @Test(arguments: [Precision.int8, .bfloat16])
  func mappedWeightsGiveTheSameBytes(precision: Precision) throws {
    let installed = try install()
    let expected = TextEmbedder(
      model: try EmbeddingModel(directory: installed.directory), precision: precision
    ).embed(texts).map(\.bitPattern)
    #expect(try vectors(installed, precision) == expected)
    #expect(try packedFiles(installed).isEmpty)
    #expect(try vectors(installed, precision, keepsPacked: true) == expected)
    #expect(try packedFiles(installed).count == 1)
    #expect(try vectors(installed, precision) == expected)
  }

  /// What the file holds is used: weights that are all zero give other vectors.
  @Test func theFileIsRead() throws {
    let installed = try install()
    let expected = try vectors(installed, .int8, keepsPacked: true)
    let path = try #require(try packedFiles(installed).first)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes.replaceSubrange(4096..., with: Data(count: bytes.count - 4096))
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect(try vectors(installed, .int8) != expected)
  }

  /// A file of other weights, of another version, cut short or too long is as good as none.
  @Test(arguments: ["model ", "version ", "bytes ", "cut", "longer", "empty"])
  func aFileOfOtherWeightsIsNotRead(change: String) throws {
    let installed = try install()
    let expected = try vectors(installed, .int8, keepsPacked: true)
    let path = try #require(try packedFiles(installed).first)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes.replaceSubrange(4096..., with: Data(count: bytes.count - 4096))
    switch change {
    case "cut": bytes.removeLast()
    case "longer": bytes.append(0)
    case "empty": bytes.removeAll()
    default:
      let place = try #require(bytes.firstRange(of: Data(change.utf8))).upperBound
      bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect(try vectors(installed, .int8) == expected)
    #expect(try vectors(installed, .int8, keepsPacked: true) == expected)
  }

  @Test func float32HasNoFile() throws {
    let installed = try install()
    _ = try vectors(installed, .float32, keepsPacked: true)
    #expect(try packedFiles(installed).isEmpty)
  }
}

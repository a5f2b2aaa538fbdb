import CodiraTestSupport
import Foundation
import Testing

/// The settings that decide a vector: an index computes with them, a question is encoded as the index was.
@Suite struct VectorSettingTests {
  private func index(
    _ repository: SampleRepository, _ environment: [String: String], _ settings: [String: String]
  ) throws -> CommandOutcome {
    try repository.run(
      "index", "--no-git", "--json", environment: environment.merging(settings) { $1 })
  }

  private func set(_ repository: SampleRepository, _ environment: [String: String]) throws -> [String: Any] {
    let found = try repository.run("embeddings", "add numbers", "--json", environment: environment).json()
    #expect((found["results"] as? [Any])?.isEmpty == false)
    let sets = try repository.run("embeddings", "--json", environment: environment).json()["results"]
    return try #require((sets as? [[String: Any]])?.first { $0["active"] as? Bool == true })
  }

  private func computed(_ outcome: CommandOutcome) throws -> Int {
    try #require((try outcome.json()["vectors"] as? [String: Any])?["computed"] as? Int)
  }

  @Test func everyPrecisionIsAnIndexOfItsOwn() throws {
    let repository = try SampleRepository(indexed: false)
    let environment = try TinyModel.environment(in: repository.folder)
    let first = try computed(index(repository, environment, [:]))
    #expect(first > 5)
    #expect((try set(repository, environment)["identity"] as? String)?.contains("precision=int8") == true)
    for precision in ["float32", "bfloat16"] {
      let setting = ["CODIRA_EMBEDDING_PRECISION": precision]
      #expect(try computed(index(repository, environment, setting)) == first)
      #expect(
        (try set(repository, environment)["identity"] as? String)?.contains("precision=\(precision)") == true)
    }
    #expect(try computed(index(repository, environment, [:])) == 0, "vectors of int8 are still there")
  }

  @Test func vectorsMayBeShorter() throws {
    let repository = try SampleRepository(indexed: false)
    let environment = try TinyModel.environment(in: repository.folder)
    let setting = ["CODIRA_EMBEDDING_DIMENSION": "8"]
    #expect(try computed(index(repository, environment, setting)) > 5)
    #expect(try set(repository, environment)["dimension"] as? Int == 8)
    #expect(try computed(index(repository, environment, setting)) == 0)
  }

  @Test(arguments: [
    ("-1", "CODIRA_EMBEDDING_DIMENSION=-1: expected a whole number"),
    ("100000", "dimension 100000 is not supported"),
  ])
  func vectorsCannotBeLongerThanTheModels(dimension: String, message: String) throws {
    let repository = try SampleRepository(indexed: false)
    let environment = try TinyModel.environment(in: repository.folder)
    let outcome = try index(repository, environment, ["CODIRA_EMBEDDING_DIMENSION": dimension])
    #expect(outcome.status == 2)
    #expect(outcome.output.contains(message), "\(outcome.output)")
  }
}

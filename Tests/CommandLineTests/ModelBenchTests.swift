import CodiraTestSupport
import Foundation
import Testing

/// `codira model bench`: a row for each precision, and what an index will take.
@Suite struct ModelBenchTests {
  private func rows(
    _ repository: SampleRepository, _ environment: [String: String]
  ) throws -> (answer: [String: Any], rows: [[String: Any]]) {
    let outcome = try repository.run(
      "model", "bench", TinyModel.name, "--seconds", "0.05", "--threads", "2", "--json",
      environment: environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let answer = try outcome.json()
    #expect(try JSONSchema("answers").violations(of: "model_bench", by: answer) == [])
    return (answer, answer["results"] as? [[String: Any]] ?? [])
  }

  private func estimate(_ row: [String: Any]) throws -> (basis: String, texts: Int, tokens: Int) {
    let estimate = try #require(row["estimate"] as? [String: Any])
    return (
      try #require(estimate["basis"] as? String), try #require(estimate["texts"] as? Int),
      try #require(estimate["tokens"] as? Int)
    )
  }

  @Test func everyPrecisionIsMeasured() throws {
    let repository = try SampleRepository(indexed: false)
    let environment = try TinyModel.environment(in: repository.folder)
    let (answer, rows) = try rows(repository, environment)
    let wrong = try repository.run("config", "list", environment: ["CODIRA_EMBEDDING_PRECISION": "none"])
    let choices = try #require(wrong.errors.firstMatch(of: /expected one of ([a-z0-9, ]+)\./)).1
    #expect(rows.map { $0["precision"] as? String } == choices.split(separator: ", ").map(String.init))
    #expect(answer["threads"] as? Int == 2 && answer["model"] as? String == TinyModel.name)
    #expect(rows.allSatisfy { ($0["tokens_per_second"] as? Double ?? 0) > 1000 })
    let text = try repository.run(
      "model", "bench", "--seconds", "0.05", environment: environment
    ).output
    #expect(text.contains("tokens/s") && text.contains("guess from the sizes of the files"), "\(text)")
  }

  @Test func theEstimateIsOfWhatIsMissing() throws {
    let repository = try SampleRepository(indexed: false)
    let environment = try TinyModel.environment(in: repository.folder)
    let files = try estimate(rows(repository, environment).rows[0])
    #expect(files.basis == "files" && files.tokens > 50)
    _ = try repository.run("index", "--no-git", "--no-embeddings", environment: environment)
    let status = try repository.run("status", "--json", environment: environment).json()
    let before = try estimate(rows(repository, environment).rows[0])
    #expect(before.basis == "index" && before.texts > 5 && before.tokens > before.texts * 3)
    #expect((status["vectors"] as? [String: Any])?["missing"] as? Int == before.texts)
    _ = try repository.run("index", "--no-git", environment: environment)
    let after = try rows(repository, environment).rows
    let configured = try #require(
      after.first { $0["precision"] as? String == (try? precision(repository, environment)) })
    #expect(try estimate(configured).texts == 0)
  }

  private func precision(_ repository: SampleRepository, _ environment: [String: String]) throws -> String {
    try repository.run("config", "get", "embedding.precision", environment: environment).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

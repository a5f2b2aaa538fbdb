import ArgumentParser
import CodiraEmbedding
import CodiraIndexer
import CodiraModel
import CodiraStore
import Glibc

/// `codira model bench`: how fast a model is on this machine, and what an index of this repository will take.
struct ModelBenchCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast a model is here, and estimate what an index will take.",
    discussion: """
      Encodes texts of its own that resemble symbols, with every precision. The estimate for the repository \
      is of the texts that have no vector yet; where there is no index, of the sizes of the files.
      """)

  @Argument(help: "The model's name; by default the configured one.") var name: String?
  @Option(help: "Seconds to measure each precision.") var seconds = 2.0
  @Option(help: "Threads that encode; 0: one a processor.") var threads = 0
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    guard seconds > 0, seconds <= 600 else { throw ValidationError("--seconds is more than 0, at most 600.") }
    guard (0...1024).contains(threads) else { throw ValidationError("--threads is a number from 0 to 1024.") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let name = try name ?? context.configuration().string(.model)
    let threads = threads > 0 ? threads : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let installed = try context.modelStore.resolve(name)
    let opening = ContinuousClock.now
    let model = try EmbeddingModel(directory: installed.directory)
    let opened = opening.duration(to: .now) / .seconds(1)
    let rows = try Precision.allCases.map { precision in
      context.console.note("measuring \(precision.rawValue)")
      return Row(
        speed: EncoderSpeed(model, precision, threads: threads, seconds: seconds),
        forecast: try forecast(installed, model, precision, context))
    }
    let extras: JSONObject = [
      "model": .string(name), "fingerprint": .string(installed.fingerprint.hex),
      "instructions": .string(rows[0].speed.instructions), "threads": .int(threads),
      "open_milliseconds": .double(opened * 1000),
    ]
    let query: JSONObject = ["name": .optional(self.name), "seconds": .double(seconds)]
    return Answer(query: query, results: rows.map { .object($0.record) }, extras: extras) { page in
      page.line(
        "\(TerminalText.escape(name)) on \(CountText.count(threads, "thread")), "
          + "\(rows[0].speed.instructions) instructions, opened in \(Row.milliseconds(opened))")
      page.table([Row.head] + rows.map(\.cells), indent: 2)
      for line in Self.notes(rows) { page.paragraph(line) }
    }
  }

  /// nil where the caller's folder cannot be indexed at all.
  private func forecast(
    _ installed: ModelStore.Installed, _ model: EmbeddingModel, _ precision: Precision,
    _ context: CommandContext
  ) throws -> IndexForecast? {
    let workspace = try context.workspace.get()
    do {
      let identity = EmbeddingSource.identity(
        of: installed, model, precision, dimension: try context.configuration().vectorDimension)
      return try context.index().read { try IndexForecast($0, identity: identity.text, model: model) }
    } catch StoreError.notFound {
      let configuration = try context.configuration()
      let place = RepositoryScan.Place(
        root: workspace.root, usesGit: configuration.boolean(.usesGit), force: false,
        indexDirectory: workspace.indexFolder)
      return try? IndexForecast(place, largestFile: Int64(configuration.integer(.largestFile)))
    }
  }

  private static func notes(_ rows: [Row]) -> [String] {
    guard let forecast = rows.compactMap(\.forecast).first else { return [] }
    switch forecast.basis {
    case .index where rows.allSatisfy({ $0.forecast?.texts == 0 }):
      return ["No text of the index lacks a vector."]
    case .index:
      return [
        "The last columns: the texts of the index that have no vector of this kind, and about how long they take."
      ]
    case .files:
      return ["The last columns are a guess from the sizes of the files: there is no index yet."]
    }
  }
}

/// One precision's speed and what it means for this repository.
private struct Row {
  let speed: EncoderSpeed
  let forecast: IndexForecast?

  /// The estimated seconds that the forecast takes at this speed.
  var seconds: Double? { forecast.map { Double($0.tokens) / speed.tokensPerSecond } }

  var record: JSONObject {
    var record: JSONObject = [
      "precision": .string(speed.precision.rawValue), "tokens_per_second": .double(speed.tokensPerSecond),
      "texts_per_second": .double(speed.textsPerSecond),
      "question_milliseconds": .double(speed.question * 1000),
      "first_vector_milliseconds": .double(speed.firstVector * 1000), "estimate": .null,
    ]
    if let forecast, let seconds {
      record["estimate"] = [
        "basis": .string(forecast.basis.rawValue), "texts": .int(forecast.texts),
        "tokens": .int(forecast.tokens),
        "seconds": .double(seconds),
      ]
    }
    return record
  }

  static let head = [
    "precision", "tokens/s", "texts/s", "question", "first vector", "to encode", "takes about",
  ]

  var cells: [String] {
    [
      speed.precision.rawValue, CountText.number(Int(speed.tokensPerSecond)),
      CountText.number(Int(speed.textsPerSecond)), Self.milliseconds(speed.question),
      Self.milliseconds(speed.firstVector), forecast.map { CountText.count($0.texts, "text") } ?? "",
      seconds.map { CountText.about($0) } ?? "",
    ]
  }

  static func milliseconds(_ seconds: Double) -> String { "\((seconds * 10_000).rounded() / 10) ms" }
}

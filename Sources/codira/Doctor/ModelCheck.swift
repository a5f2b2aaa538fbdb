import CodiraEmbedding

/// Whether the model that the configuration names is installed and undamaged, by its hashes.
enum ModelCheck {
  static func findings(_ context: CommandContext) throws -> [Finding] {
    let name = try context.configuration().string(.model)
    do throws(EmbeddingError) {
      let model = try context.modelStore.verify(name)
      return [Finding(.ok, "model", "\(name) is installed and intact (\(model.directory))")]
    } catch {
      let cure = error.remedy.map { "Run `\($0)`." } ?? ""
      if case .absent = error {
        return [Finding(.warn, "model", "\(error); until then search finds words, not meanings", cure: cure)]
      }
      return [Finding(.fail, "model", "\(error)", cure: cure)]
    }
  }
}

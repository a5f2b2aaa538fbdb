import CodiraStore

/// Whether the index of this repository can be read and its pages agree with each other.
enum IndexCheck {
  static func findings(_ context: CommandContext) throws -> [Finding] {
    let folder = try context.workspace.get().indexFolder
    do {
      let reader = try IndexReader(IndexLocation(directory: folder))
      let (problems, hasSoundCodes) = try reader.read { snapshot in
        let codes = try snapshot.activeVectorSet().flatMap { try snapshot.storedVectorCodes(of: $0) }
        return (try snapshot.integrityProblems(), codes?.isIntact ?? true)
      }
      if !hasSoundCodes {
        return [
          Finding(
            .fail, "index", "\(folder): the file that vectors are searched in was changed",
            cure: "Remove \(folder)/vectors-* and run `codira index`.")
        ]
      }
      if problems.isEmpty { return [Finding(.ok, "index", "\(folder) is sound")] }
      return problems.map {
        Finding(.fail, "index", "\(folder): \($0)", cure: "Remove \(folder)/index.db and run `codira index`.")
      }
    } catch StoreError.notFound {
      return [Finding(.ok, "index", "there is none in \(folder) yet; `codira index` makes one")]
    } catch {
      let failure = CommandFailure(error)
      return [Finding(.fail, "index", failure.message, cure: failure.hint)]
    }
  }
}

/// What `plugins build` needs of the installation: the archive that every no-code analyzer links, and the headers that
/// grammars include.
struct NoCodeKit {
  let archive: String
  let headers: String
  /// Grammars to try it with.
  let samples: String

  /// Beside this program in an installation, or in a checkout's build folder.
  static func find() throws(CommandFailure) -> NoCodeKit {
    let folder = PluginOptions.executableFolder
    let places = [
      NoCodeKit(
        archive: folder + "/../lib/codira/libcodira-queries.a",
        headers: folder + "/../share/codira/queries/include",
        samples: folder + "/../share/codira/queries/samples"),
      NoCodeKit(
        archive: folder + "/libcodira-queries.a", headers: folder + "/queries-include",
        samples: folder + "/queries-samples"),
    ]
    guard let kit = places.first(where: { PlainFile.exists($0.archive) && PlainFile.isFolder($0.headers) })
    else {
      throw CommandFailure(
        .usage, code: "no_file", "The library of no-code analyzers is missing: \(places[0].archive).",
        hint: "Install codira again; in a checkout run `make build` or `scripts/queries`.")
    }
    return kit
  }
}

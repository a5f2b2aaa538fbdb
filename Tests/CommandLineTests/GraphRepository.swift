/// A small repository with a call chain, an override, a test and two layers.
struct GraphRepository {
  let repository: SampleRepository

  init() throws {
    repository = try SampleRepository(indexed: false)
    try write(
      "store.py",
      """
      class Store:
          def save(self, item):
              return item

      class Memory(Store):
          def save(self, item):
              return check(item)

      def check(item):
          return bool(item)

      """)
    try write(
      "use.py",
      """
      from store import Memory
      import extra

      def keep(item):
          memory = Memory()
          return memory.save(item)

      def guess(thing):
          return thing.save(1)

      def wait():
          return extra.later()

      """)
    try write("test_use.py", "from use import keep\n\ndef test_keep():\n    assert keep(1)\n")
    try index()
  }

  func write(_ path: String, _ text: String) throws { try repository.write(path, text) }

  func index() throws { _ = try repository.run("index", "--no-embeddings", "--no-git") }

  /// The answer to one line of arguments under `--json`.
  func ask(_ words: String) throws -> [String: Any] {
    try repository.run(words.split(separator: " ").map(String.init) + ["--json"]).json()
  }

  /// One member of every result, as text.
  func results(_ words: String, _ member: String) throws -> [String] {
    (try ask(words)["results"] as? [[String: Any]] ?? []).map { "\($0[member] ?? "")" }
  }
}

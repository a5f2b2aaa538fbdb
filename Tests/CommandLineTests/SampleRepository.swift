import CodiraTestSupport
import Foundation

/// A small repository in a folder of its own, removed when the last user lets go.
final class SampleRepository {
  let folder: URL

  init(indexed: Bool = true) throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    folder = base.appendingPathComponent("codira-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("shop"), withIntermediateDirectories: true)
    try write("shop/__init__.py", "")
    try write(
      "shop/cart.py",
      """
      \"\"\"Carts of a shop.\"\"\"
      from shop.price import total

      class Cart:
          \"\"\"What a customer wants to buy.\"\"\"

          def add(self, item):
              \"\"\"Put an item into the cart.\"\"\"
              self.items.append(item)

          def checkout(self):
              return total(self.items)

      def run():
          cart = Cart()
          cart.add(1)
          return cart.checkout()

      """)
    try write(
      "shop/price.py",
      """
      def total(items):
          \"\"\"The sum of all prices.\"\"\"
          return sum(items)

      def unused():
          pass

      class Other:
          def add(self, item):
              pass

      """)
    try write("settings.ini", "[server]\nport = 80\n")
    if indexed { _ = try run("index", "--no-embeddings", "--no-git") }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(path))
  }

  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandOutcome {
    try CommandOutcome(arguments, in: folder, environment: environment)
  }

  func run(_ arguments: [String]) throws -> CommandOutcome { try CommandOutcome(arguments, in: folder) }
}

import CodiraModel
import CodiraPluginHost
import CodiraTestSupport
import Foundation

/// The plugin of a release, compiled with the header of that release as both are kept in `Frozen/`.
enum FrozenPlugin {
  static let folder = "Tests/AnalyzerABITests/Frozen/1"

  static let worker = Checkout.products.appendingPathComponent("codira").path

  /// A folder that this process alone may write.
  private static let products: URL = {
    var template = Array((NSTemporaryDirectory() + "/codira-frozen-XXXXXX").utf8CString)
    let made = realpath(mkdtemp(&template), nil)!
    defer { free(made) }
    return URL(fileURLWithPath: String(cString: made))
  }()

  /// The shared object of `source`, with the header of that text: those of the release unless said otherwise.
  static func build(source: String? = nil, header: String? = nil) throws -> String {
    let place = products.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (name, text) in [("plugin.c", source), ("codira_analyzer.h", header)] {
      let text = try text ?? Checkout.text("\(folder)/\(name)")
      try Data(text.utf8).write(to: place.appendingPathComponent(name))
    }
    let object = place.appendingPathComponent("libcodira-frozen.so").path
    let run = try ToolRun(
      "cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-shared", "-fPIC",
      "-fvisibility=hidden", "-I\(place.path)", "-o", object, place.appendingPathComponent("plugin.c").path)
    guard run.status == 0 else { throw ToolRun.Failure(run: run) }
    return object
  }

  /// The plugin of the release with a descriptor that `change`, a statement about `changed.known`, made another one.
  static func build(changing change: String) throws -> String {
    let plugin = try Checkout.text("\(folder)/plugin.c")
    return try build(
      source: """
        #define codira_analyzer_entry entry_of_the_release
        \(plugin)
        #undef codira_analyzer_entry
        CODIRA_EXPORT const codira_analyzer *codira_analyzer_entry(uint32_t host_abi);
        static struct { codira_analyzer known; char later[64]; } changed;
        CODIRA_EXPORT const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
          const codira_analyzer *first = entry_of_the_release(host_abi);
          if (first == NULL) return NULL;
          changed.known = *first;
          \(change);
          return &changed.known;
        }
        """)
  }

  static func catalog(_ path: String) -> PluginCatalog {
    PluginCatalog(
      locations: [PluginLocation(.explicit, path)], limits: AnalyzerLimits(cpuSeconds: 10), executable: worker
    )
  }
}

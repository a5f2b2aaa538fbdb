/// What makes one instance of an analyzer: the plugin, its configuration, its view of the project.
///
/// Workers are kept for the setup they were started with, known by identity: make one for a plugin and a run.
package final class AnalyzerSetup: Sendable {
  package let plugin: Plugin
  /// A JSON object that satisfies the plugin's schema.
  package let configuration: String
  /// Sorted by path.
  package let projectFiles: [ProjectFile]

  package init(plugin: Plugin, configuration: String = "{}", projectFiles: [ProjectFile] = []) {
    self.plugin = plugin
    self.configuration = configuration
    self.projectFiles = projectFiles
  }
}

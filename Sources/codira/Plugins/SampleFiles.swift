import CodiraConformance
import CodiraModel
import CodiraPluginHost

/// The samples that a check was given: files, corpus files, and folders of both.
struct SampleFiles {
  private(set) var samples: [CheckSample] = []
  private let descriptor: AnalyzerDescriptor?
  /// More would take minutes and tell nothing new.
  private static let limit = 300
  private static let longest = 1 << 20

  init(_ places: [String], for plugin: String) throws {
    descriptor = try? NamedPlugin.load(plugin).descriptor
    for place in places {
      if PlainFile.isFolder(place) {
        try addFolder(place)
      } else {
        guard let bytes = try PlainFile.read(place) else {
          throw CommandFailure(.usage, code: "no_file", "There is no file or folder \(place).")
        }
        add(bytes, path: SourceFile.relative(place), title: place, setup: SampleSetup())
      }
    }
  }

  /// The folder's files as if it were a repository: those that the analyzer owns, those that it asks for as project
  /// files, and corpus files.
  private mutating func addFolder(_ folder: String) throws {
    let paths = CorpusFiles.everyFile(folder).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    var project: [ProjectFile] = []
    for path in paths {
      guard let interest = descriptor?.projectInterests.first(where: { $0.matches(path) }) else { continue }
      project.append(ProjectFile(path: path, bytes: interest.bytes ? try PlainFile.read(prefix + path) : nil))
    }
    let owned = paths.filter { isOwned($0) || $0.hasSuffix(".txt") }
    for path in owned where samples.count < Self.limit {
      guard let bytes = try PlainFile.read(prefix + path), bytes.count <= Self.longest else { continue }
      if !isOwned(path), !Self.isCorpus(path, bytes) { continue }
      add(bytes, path: path, title: prefix + path, setup: SampleSetup(projectFiles: project))
    }
  }

  private mutating func add(_ bytes: [UInt8], path: String, title: String, setup: SampleSetup) {
    if Self.isCorpus(path, bytes) {
      let sample = descriptor.map(CorpusRunner.samplePath) ?? "sample"
      samples += CheckSample.corpus(title, String(decoding: bytes, as: UTF8.self), path: sample)
    } else {
      samples.append(CheckSample(path: path, bytes: bytes, title: title, setup: setup))
    }
  }

  private static func isCorpus(_ path: String, _ bytes: [UInt8]) -> Bool {
    path.hasSuffix(".txt") && bytes.starts(with: "=== ".utf8)
  }

  private func isOwned(_ path: String) -> Bool {
    guard let descriptor else { return false }
    let name = String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    return descriptor.fileNames.contains(name)
      || descriptor.suffixes.contains { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
  }
}

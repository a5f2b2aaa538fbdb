import CodiraDigest
import CodiraIndexer
import CodiraModel
import CodiraPluginHost
import Synchronization

/// An analyzer of a language made for tests, `.toy`, that lives in the test's own process.
///
/// `def NAME` at a line's start begins a function that lasts to the next one; `call NAME` inside it is a
/// reference; `#` begins a comment; `!fail` fails the file; `!slow` times out; `!foreign` says it is not a
/// toy; `!broken` is a syntax error. Ids begin with the words of every `root.toyproject` in the repository.
struct ToyAnalyzer: Sendable {
  var version = "1"
  /// What its shared object would hash to.
  var build = "a"
  /// Another version may compose signatures in another way, which changes what is embedded.
  var signature = "def"
  var suffix = ".toy"

  /// Counts the files it was asked about.
  final class Counter: Sendable {
    let files = Atomic<Int>(0)
    var value: Int { files.load(ordering: .relaxed) }
  }

  func inventory(_ counter: Counter = Counter(), extra: [ToyAnalyzer] = []) -> AnalyzerInventory {
    let all = [self] + extra
    return AnalyzerInventory(
      analyzers: all.map { toy in
        AnalyzerInventory.Analyzer(
          descriptor: toy.descriptor, digest: SHA256.hash(Array(toy.build.utf8)))
      },
      prepare: { place, project in
        let prefix = project.map { String(decoding: $0.bytes ?? [], as: UTF8.self).filter(\.isLetter) }
          .joined()
        return { path, source in
          counter.files.add(1, ordering: .relaxed)
          return all[place].analyze(path, source, prefix: prefix)
        }
      })
  }

  var descriptor: AnalyzerDescriptor {
    AnalyzerDescriptor(
      abiVersion: 1, id: "toy\(suffix == ".toy" ? "" : suffix.dropFirst())", version: version,
      languages: ["toy"],
      suffixes: [suffix], fileNames: ["Toyfile"], interpreters: ["toy"],
      projectInterests: [.init(pattern: "root.toyproject", match: .name, bytes: true)])
  }

  func analyze(
    _ path: RepositoryPath, _ source: [UInt8], prefix: String
  ) -> Result<FileArtifacts, AnalysisFailure> {
    let text = String(decoding: source, as: UTF8.self)
    if text.contains("!fail") { return .failure(.failed(message: "it says !fail")) }
    if text.contains("!slow") { return .failure(.timedOut(cpuSeconds: 1)) }
    if text.contains("!foreign") { return .failure(.notMine) }
    var reading = Reading(module: "toy \(prefix)`\(path.text)`/", signature: signature)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { reading.read(line) }
    reading.close()
    return .success(
      FileArtifacts(
        isPartial: text.contains("!broken"), symbols: reading.symbols,
        references: PackedReferences(reading.references)))
  }
}

private struct Reading {
  let module: String
  let signature: String
  var symbols: [Symbol] = []
  var references: [Reference] = []
  private var seen: [String: Int] = [:]
  private var offset: UInt32 = 0
  private var line: UInt32 = 1

  init(module: String, signature: String) {
    self.module = module
    self.signature = signature
  }

  mutating func read(_ text: Substring) {
    let length = UInt32(text.utf8.count)
    let place = SourceRange(
      start: SourcePosition(offset: offset, line: line, column: 1),
      end: SourcePosition(offset: offset + length, line: line, column: 1 + length))
    let words = text.split(separator: " ")
    if words.first == "def", words.count > 1 {
      close()
      begin(String(words[1]), place)
    } else if !symbols.isEmpty, !text.hasPrefix("#") {
      symbols[symbols.count - 1].payload.append(ByteSpan(start: offset, end: offset + length))
      if words.first == "call", words.count > 1 {
        references.append(
          Reference(owner: symbols[symbols.count - 1].id, role: .call, name: String(words[1]), range: place))
      }
    }
    offset += length + 1
    line += 1
  }

  private mutating func begin(_ name: String, _ place: SourceRange) {
    let count = seen[name, default: 0]
    seen[name] = count + 1
    let mark = count == 0 ? "" : ";+\(count)"
    symbols.append(
      Symbol(
        id: StableID("\(module)\(name)(\(mark))."), kind: .function, name: name, qualifiedName: name,
        signature: "\(signature) \(name)", range: place, nameRange: place,
        payload: [ByteSpan(start: place.start.offset, end: place.end.offset)]))
  }

  mutating func close() {
    guard let last = symbols.indices.last else { return }
    symbols[last].range.end = SourcePosition(offset: offset, line: line, column: 1)
  }
}

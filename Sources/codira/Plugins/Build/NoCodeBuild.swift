import CodiraIndexer
import CodiraModel
import CodiraPluginHost
import Glibc

/// Compiles, links and tries a no-code analyzer; the file that is asked for appears when all of that is done.
struct NoCodeBuild {
  private let sources: NoCodeSources
  private let kit: NoCodeKit
  private let environment: Environment

  init(_ sources: NoCodeSources, environment: Environment) throws(CommandFailure) {
    self.sources = sources
    self.environment = environment
    kit = try NoCodeKit.find()
  }

  func write(to target: String) throws -> Plugin {
    let slash = target.lastIndex(of: "/")
    let folder = slash.map { String(target[..<$0]) } ?? "."
    let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
    var template = Array("\(folder)/.\(name).XXXXXX".utf8CString)
    guard PlainFile.isFolder(folder.isEmpty ? "/" : folder), mkdtemp(&template) != nil else {
      throw CommandFailure(
        .usage, code: "not_writable", "Cannot write into \(folder): \(String(cString: strerror(errno))).",
        hint: "Name another file with `--output`.")
    }
    let scratch = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { _ = try? ChildProcess.run(["rm", "-rf", "--", scratch], environment: []) }
    let plugin = scratch + "/libcodira-\(sources.rules.id).so"
    try compile(scratch, plugin)
    chmod(plugin, 0o644)
    let built = try BuiltPlugin.check(plugin, sources)
    guard rename(plugin, target) == 0 else {
      throw CommandFailure(
        .usage, code: "not_writable", "Cannot write \(target): \(String(cString: strerror(errno))).")
    }
    return built
  }

  private func compile(_ scratch: String, _ plugin: String) throws(CommandFailure) {
    let compiler = try CCompiler.c(environment)
    // The grammar's own headers go before those of the installation.
    let folders = [sources.grammar.folder, kit.headers]
    var objects = [scratch + "/data.o", scratch + "/parser.o"]
    let data = scratch + "/data.c"
    let exports = scratch + "/exports.map"
    try save(DataSource.text(sources), to: data)
    try save(Array("{\n  global: codira_analyzer_entry;\n  local: *;\n};\n".utf8), to: exports)
    try compiler.compile(data, to: objects[0], include: [])
    try compiler.compile(sources.grammar.parser, to: objects[1], include: folders)
    var linker = compiler
    if let scanner = sources.grammar.scanner {
      if sources.grammar.isScannerCxx { linker = try CCompiler.cxx(environment, for: scanner) }
      objects.append(scratch + "/scanner.o")
      try linker.compile(scanner, to: objects[2], include: folders)
    }
    try linker.link(objects, archive: kit.archive, exports: exports, to: plugin)
  }

  private func save(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    var written = 0
    while descriptor >= 0, written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0, errno != EINTR { break }
      written += max(count, 0)
    }
    let reason = errno
    if descriptor >= 0 { close(descriptor) }
    guard descriptor >= 0, written == bytes.count else {
      throw CommandFailure(
        .usage, code: "not_writable", "Cannot write \(path): \(String(cString: strerror(reason))).")
    }
  }
}

/// The C source that holds rules and queries as bytes.
enum DataSource {
  static func text(_ sources: NoCodeSources) -> [UInt8] {
    var text = Array(
      """
      #include <stddef.h>
      extern const void *\(sources.grammar.symbol)(void);
      static const char rules[] =
      """.utf8)
    let json = Array(sources.json.text.utf8)
    for start in stride(from: 0, to: json.count, by: 64) {
      text += Array("\n\"".utf8)
      for byte in json[start..<min(start + 64, json.count)] { append(byte, to: &text) }
      text.append(UInt8(ascii: "\""))
    }
    text += Array(
      """
      ;
      const struct {
        const char *rules;
        size_t length;
        const void *(*language)(void);
      } codira_embedded_data = {rules, sizeof rules - 1, \(sources.grammar.symbol)};

      """.utf8)
    return text
  }

  /// A byte in a C string: as itself where that is safe, else as three octal digits.
  private static func append(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"), ..<0x20, 0x7F...:
      let digits = String(byte, radix: 8)
      text += Array(("\\" + String(repeating: "0", count: 3 - digits.count) + digits).utf8)
    default: text.append(byte)
    }
  }
}

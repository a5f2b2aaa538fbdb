import CCodiraAnalyzer
import CodiraModel

/// The descriptor of the one analyzer in this shared object; nil where it cannot serve that host.
public func analyzerEntry<A: Analyzer>(
  _ type: A.Type, hostABI: UInt32
) -> UnsafePointer<codira_analyzer>? {
  guard hostABI >= CODIRA_ABI_VERSION else { return nil }
  if let descriptor { return descriptor }
  factory = { (configuration, project) throws(AnalyzerError) in
    try A(configuration: configuration, project: project)
  }
  let table = UnsafeMutablePointer<codira_analyzer>.allocate(capacity: 1)
  table.initialize(to: StaticDescriptor(A.description).value)
  descriptor = UnsafePointer(table)
  return descriptor
}

// One analyzer a shared object, one thread: nothing else ever touches these.
private nonisolated(unsafe) var descriptor: UnsafePointer<codira_analyzer>?
private nonisolated(unsafe) var factory: (Text, Project) throws(AnalyzerError) -> any Analyzer = {
  (_, _) throws(AnalyzerError) in throw AnalyzerError("the analyzer was created before its entry was called")
}

/// An analyzer and the memory it works in: what the host holds as `codira_instance`.
private final class Instance {
  let analyzer: any Analyzer
  let output = Output()
  private var buffer: [UInt8] = []

  init(_ analyzer: any Analyzer) { self.analyzer = analyzer }

  func analyze(_ source: codira_source, _ sink: UnsafePointer<codira_sink>) -> Int32 {
    let bytes = UnsafeRawBufferPointer(start: source.bytes, count: source.byte_count)
    if Source.isUTF16(bytes) { return Int32(CODIRA_RESULT_NOT_MINE) }
    output.start(bytes)
    if !output.hasLoneCarriageReturn { return analyze(source, bytes, parsing: bytes, sink) }
    replaceLoneCarriageReturns(bytes)
    return buffer.withUnsafeBytes { analyze(source, bytes, parsing: $0, sink) }
  }

  /// Analyzes for what happens on the way alone.
  func analyze(_ source: codira_source) {
    var sink = codira_sink()
    sink.size = MemoryLayout<codira_sink>.size
    sink.symbol = { _, _ in }
    sink.reference = { _, _ in }
    sink.documentation = { _, _ in }
    sink.diagnostic = { _, _ in }
    sink.message = { _, _ in }
    sink.should_stop = { _ in 0 }
    _ = withUnsafePointer(to: sink) { analyze(source, $0) }
  }

  private func analyze(
    _ source: codira_source, _ bytes: UnsafeRawBufferPointer, parsing: UnsafeRawBufferPointer,
    _ sink: UnsafePointer<codira_sink>
  ) -> Int32 {
    let source = Source(path: Text(raw: source.path), bytes: bytes, bytesForParsing: parsing, sink: sink)
    switch analyzer.analyze(source, into: output) {
    case .done:
      output.send(sink)
      return Int32(output.isPartial ? CODIRA_RESULT_PARTIAL : CODIRA_RESULT_OK)
    case .notMine: return Int32(CODIRA_RESULT_NOT_MINE)
    case .stopped: return fail("stopped by the host", sink)
    case .failed(let message): return fail(message, sink)
    }
  }

  private func fail(_ message: String, _ sink: UnsafePointer<codira_sink>) -> Int32 {
    sink.pointee.message(sink.pointee.context, output.arena.copy(message).raw)
    return Int32(CODIRA_RESULT_FAILED)
  }

  /// Grammars know LF and CRLF alone; a CR of the same length in its place keeps every offset.
  private func replaceLoneCarriageReturns(_ bytes: UnsafeRawBufferPointer) {
    buffer.removeAll(keepingCapacity: true)
    buffer.append(contentsOf: bytes)
    for index in buffer.indices where buffer[index] == 0x0D {
      if index + 1 == buffer.count || buffer[index + 1] != 0x0A { buffer[index] = 0x0A }
    }
  }
}

/// Builds a descriptor whose strings and lists live as long as the process.
private struct StaticDescriptor {
  var value = codira_analyzer()

  init(_ description: AnalyzerDescription) {
    value.size = MemoryLayout<codira_analyzer>.size
    value.abi_version = CODIRA_ABI_VERSION
    value.capabilities = description.capabilities.reduce(0) { $0 | $1.bit }
    value.traits = description.traits.rawValue
    value.threads = UInt32(CODIRA_THREADS_ONE_INSTANCE)
    value.grammar_abi = description.grammarABI
    value.largest_file = description.largestFile
    value.id = leak(description.id)
    value.version = leak(description.version)
    value.grammar_name = leak(description.grammarName)
    value.grammar_version = leak(description.grammarVersion)
    value.configuration_schema = leak(description.configurationSchema)
    setLists(description)
    setFunctions()
  }

  private mutating func setLists(_ description: AnalyzerDescription) {
    value.languages = leak(description.languages.map(leak))
    value.language_count = UInt32(description.languages.count)
    value.suffixes = leak(description.suffixes.map(leak))
    value.suffix_count = UInt32(description.suffixes.count)
    precondition(
      description.suffixLanguages.isEmpty || description.suffixLanguages.count == description.suffixes.count,
      "there must be one language for each suffix, or none at all")
    value.suffix_languages = leak(description.suffixLanguages.map(leak))
    value.file_names = leak(description.fileNames.map(leak))
    value.file_name_count = UInt32(description.fileNames.count)
    value.interpreters = leak(description.interpreters.map(leak))
    value.interpreter_count = UInt32(description.interpreters.count)
    value.project_interests = leak(
      description.interests.map {
        codira_project_interest(pattern: leak($0.pattern), match: $0.match.rawValue, bytes: $0.bytes ? 1 : 0)
      })
    value.project_interest_count = UInt32(description.interests.count)
    value.conversions = leak(
      description.conversions.map {
        codira_conversion(from: leak($0.from), to: leak($0.to), phase: $0.phase, reserved: 0)
      })
    value.conversion_count = UInt32(description.conversions.count)
  }

  private mutating func setFunctions() {
    value.create = { _, configuration, project, reason in
      do throws(AnalyzerError) {
        let instance = Instance(try factory(Text(raw: configuration), Project(project)))
        return OpaquePointer(Unmanaged.passRetained(instance).toOpaque())
      } catch {
        reason?.pointee = leak(error.reason)
        return nil
      }
    }
    value.analyze = { instance, source, sink in
      guard let instance, let source, let sink else { return Int32(CODIRA_RESULT_FAILED) }
      return Unmanaged<Instance>.fromOpaque(UnsafeRawPointer(instance)).takeUnretainedValue()
        .analyze(source.pointee, sink)
    }
    value.destroy = { instance in
      guard let instance else { return }
      Unmanaged<Instance>.fromOpaque(UnsafeRawPointer(instance)).release()
    }
    value.extension = { name in
      guard let name, String(cString: name) == CODIRA_EXTENSION_SYNTAX_TREE else { return nil }
      return UnsafeRawPointer(syntaxTreeExtension)
    }
  }
}

/// The syntax tree of a source: what the analyzer parses when it analyzes it, its artifacts thrown away.
private nonisolated(unsafe) let syntaxTreeExtension: UnsafePointer<codira_syntax_tree> = {
  let table = UnsafeMutablePointer<codira_syntax_tree>.allocate(capacity: 1)
  table.initialize(
    to: codira_syntax_tree(
      size: MemoryLayout<codira_syntax_tree>.size,
      write: { instance, source, context, emit in
        guard let instance, let source, let emit else { return 0 }
        let reader = Unmanaged<Instance>.fromOpaque(UnsafeRawPointer(instance)).takeUnretainedValue()
        guard let text = SyntaxTreeText.recording({ reader.analyze(source.pointee) }) else { return 0 }
        text.withUnsafeBytes { bytes in
          emit(
            context,
            codira_string(data: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length: bytes.count))
        }
        return 1
      }))
  return UnsafePointer(table)
}()

private func leak(_ text: String) -> codira_string {
  var text = text
  return text.withUTF8 { bytes in
    guard !bytes.isEmpty else { return codira_string(data: nil, length: 0) }
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    bytes.withMemoryRebound(to: CChar.self) { copy.initialize(from: $0.baseAddress!, count: $0.count) }
    return codira_string(data: copy, length: bytes.count)
  }
}

private func leak<Value>(_ values: [Value]) -> UnsafePointer<Value>? {
  guard !values.isEmpty else { return nil }
  let copy = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
  values.withUnsafeBufferPointer { copy.initialize(from: $0.baseAddress!, count: $0.count) }
  return UnsafePointer(copy)
}

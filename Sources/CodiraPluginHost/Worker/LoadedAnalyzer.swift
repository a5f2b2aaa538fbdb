import CCodiraAnalyzer
import CodiraModel
import Glibc

/// A plugin loaded into this worker process: the only place that loads one.
struct LoadedAnalyzer {
  /// With every field that this header has.
  let descriptor: UnsafePointer<codira_analyzer>
  /// What the entry gave.
  let given: UnsafePointer<codira_analyzer>
  let entry: Entry

  typealias Entry = @convention(c) (UInt32) -> UnsafePointer<codira_analyzer>?

  init(path: String) throws(PluginRefusal) {
    guard let object = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw .loaderFailed(message: dlerror().map { String(cString: $0) } ?? "no reason given")
    }
    guard let symbol = dlsym(object, entrySymbol) else { throw .noEntrySymbol }
    let entry = unsafeBitCast(symbol, to: Entry.self)
    guard let descriptor = entry(CODIRA_ABI_VERSION) else { throw .entryReturnedNull }
    // Size and version stand first in every ABI; nothing else may be read before they are known.
    let version = descriptor.pointee.abi_version
    guard version >= CODIRA_ABI_OLDEST, version <= CODIRA_ABI_VERSION else {
      throw .abiOutsideWindow(found: version, oldest: CODIRA_ABI_OLDEST, newest: CODIRA_ABI_VERSION)
    }
    let expected = codira_analyzer.firstSize
    guard descriptor.pointee.size >= expected else {
      throw .malformedDescriptor(
        field: "size", detail: "is \(descriptor.pointee.size), ABI \(version) has \(expected) bytes")
    }
    self.descriptor = descriptor.grown(from: descriptor.pointee.size)
    given = descriptor
    self.entry = entry
    try checkFunctions()
  }

  private func checkFunctions() throws(PluginRefusal) {
    let functions: [(String, Bool)] = [
      ("create", descriptor.pointee.create == nil), ("analyze", descriptor.pointee.analyze == nil),
      ("destroy", descriptor.pointee.destroy == nil),
    ]
    for (field, isMissing) in functions where isMissing {
      throw .malformedDescriptor(field: field, detail: "is NULL")
    }
  }
}

extension LoadedAnalyzer {
  /// Entries that any list of a descriptor may have.
  private static let longestList: UInt32 = 4096

  /// The descriptor as frame content, in the order of `DescriptorDecoder`; strings as the plugin has them.
  func encodedDescriptor() throws(PluginRefusal) -> [UInt8] {
    let value = descriptor.pointee
    var writer = ByteWriter(capacity: 1024)
    writer.write(WireKind.descriptor.rawValue)
    for number in [value.abi_version, value.capabilities, value.traits, value.threads, value.grammar_abi] {
      writer.write(number)
    }
    writer.write(value.largest_file)
    try writer.write(value.id, "id")
    try writer.write(value.version, "version")
    try writer.write(value.grammar_name, "grammar_name")
    try writer.write(value.grammar_version, "grammar_version")
    try writer.write(value.configuration_schema, "configuration_schema")
    try writer.write(value.languages, value.language_count, "languages")
    try writer.write(value.suffixes, value.suffix_count, "suffixes")
    try writer.write(value.file_names, value.file_name_count, "file_names")
    try writer.write(value.interpreters, value.interpreter_count, "interpreters")
    let interests = try list(value.project_interests, value.project_interest_count, "project_interests")
    writer.write(interests.count)
    for interest in interests {
      try writer.write(interest.pattern, "project_interests")
      writer.write(interest.match)
      writer.write(interest.bytes)
    }
    let conversions = try list(value.conversions, value.conversion_count, "conversions")
    writer.write(conversions.count)
    for conversion in conversions {
      try writer.write(conversion.from, "conversions")
      try writer.write(conversion.to, "conversions")
      writer.write(conversion.phase)
    }
    let hasSuffixLanguages = value.suffix_languages != nil
    try writer.write(value.suffix_languages, hasSuffixLanguages ? value.suffix_count : 0, "suffix_languages")
    return writer.bytes
  }

  /// The elements of a list of the descriptor, if it can be one.
  fileprivate static func list<Element>(
    _ start: UnsafePointer<Element>?, _ count: UInt32, _ field: String
  ) throws(PluginRefusal) -> UnsafeBufferPointer<Element> {
    guard count <= longestList else {
      throw .malformedDescriptor(
        field: field, detail: "has \(count) entries, at most \(longestList) are served")
    }
    guard start != nil || count == 0 else {
      throw .malformedDescriptor(field: field, detail: "is NULL and has \(count) entries")
    }
    return UnsafeBufferPointer(start: start, count: Int(count))
  }

  private func list<Element>(
    _ start: UnsafePointer<Element>?, _ count: UInt32, _ field: String
  ) throws(PluginRefusal) -> UnsafeBufferPointer<Element> {
    try Self.list(start, count, field)
  }
}

extension codira_string {
  /// The bytes, borrowed as long as the string.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: data, count: length) }

  init(_ bytes: UnsafeRawBufferPointer) {
    self.init(data: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length: bytes.count)
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ text: codira_string, _ field: String) throws(PluginRefusal) {
    guard text.length >= 0, text.length <= Wire.descriptorLimit / 2, text.data != nil || text.length == 0
    else {
      throw .malformedDescriptor(
        field: field, detail: "is a string of \(UInt(bitPattern: text.length)) bytes")
    }
    write(text.bytes)
  }

  fileprivate mutating func write(
    _ texts: UnsafePointer<codira_string>?, _ count: UInt32, _ field: String
  ) throws(PluginRefusal) {
    let texts = try LoadedAnalyzer.list(texts, count, field)
    write(texts.count)
    for text in texts { try write(text, field) }
  }
}

import CCodiraAnalyzer
import CodiraModel

/// Reads and judges a descriptor that a worker, or the cache, gives.
enum DescriptorDecoder {
  /// Reads what stands behind the kind, and checks every field.
  static func read(_ reader: inout ByteReader) throws(PluginRefusal) -> AnalyzerDescriptor {
    let descriptor: AnalyzerDescriptor
    do throws(ByteReaderError) {
      descriptor = try layout(&reader)
    } catch {
      throw .malformedDescriptor(field: "frame", detail: "lacks \(error.expected) at byte \(error.offset)")
    }
    try check(descriptor)
    return descriptor
  }

  /// The inverse of `read`.
  static func write(_ value: AnalyzerDescriptor, to writer: inout ByteWriter) {
    for number in [
      value.abiVersion, value.capabilities, value.traits.rawValue, value.threads, value.grammarABI,
    ] { writer.write(number) }
    writer.write(value.largestFile)
    for text in [
      value.id, value.version, value.grammarName, value.grammarVersion, value.configurationSchema,
    ] { writer.write(text) }
    for list in [value.languages, value.suffixes, value.fileNames, value.interpreters] {
      writer.write(list.count)
      for text in list { writer.write(text) }
    }
    writer.write(value.projectInterests.count)
    for interest in value.projectInterests {
      writer.write(interest.pattern)
      writer.write(interest.match.rawValue)
      writer.write(UInt32(interest.bytes ? 1 : 0))
    }
    writer.write(value.conversions.count)
    for conversion in value.conversions {
      writer.write(conversion.from)
      writer.write(conversion.to)
      writer.write(conversion.phase)
    }
    writer.write(value.suffixLanguages.count)
    for text in value.suffixLanguages { writer.write(text) }
  }

  private static func layout(_ reader: inout ByteReader) throws(ByteReaderError) -> AnalyzerDescriptor {
    var value = AnalyzerDescriptor(abiVersion: try reader.readUInt32(), id: "", version: "")
    value.capabilities = try reader.readUInt32()
    value.traits = AnalyzerDescriptor.Traits(rawValue: try reader.readUInt32())
    value.threads = try reader.readUInt32()
    value.grammarABI = try reader.readUInt32()
    value.largestFile = try reader.readUInt64()
    value.id = try reader.readString()
    value.version = try reader.readString()
    value.grammarName = try reader.readString()
    value.grammarVersion = try reader.readString()
    value.configurationSchema = try reader.readString()
    value.languages = try reader.readStrings()
    value.suffixes = try reader.readStrings()
    value.fileNames = try reader.readStrings()
    value.interpreters = try reader.readStrings()
    for _ in 0..<(try reader.readCount(minimumSize: 3)) {
      let pattern = try reader.readString()
      guard let match = AnalyzerDescriptor.ProjectInterest.Match(rawValue: try reader.readUInt32()) else {
        throw ByteReaderError(expected: "a known match of project_interests", offset: reader.offset)
      }
      value.projectInterests.append(
        .init(pattern: pattern, match: match, bytes: try reader.readUInt32() != 0))
    }
    for _ in 0..<(try reader.readCount(minimumSize: 3)) {
      value.conversions.append(
        .init(from: try reader.readString(), to: try reader.readString(), phase: try reader.readUInt32()))
    }
    value.suffixLanguages = try reader.readStrings()
    return value
  }

  private static func check(_ value: AnalyzerDescriptor) throws(PluginRefusal) {
    guard value.abiVersion >= CODIRA_ABI_OLDEST, value.abiVersion <= CODIRA_ABI_VERSION else {
      throw .abiOutsideWindow(
        found: value.abiVersion, oldest: CODIRA_ABI_OLDEST, newest: CODIRA_ABI_VERSION)
    }
    func require(_ holds: Bool, _ field: String, _ detail: String) throws(PluginRefusal) {
      if !holds { throw .malformedDescriptor(field: field, detail: detail) }
    }
    try require(isIdentifier(value.id), "id", "is `\(value.id)`, not lower-case letters, digits and `-`")
    try require(isLine(value.version), "version", "is `\(value.version)`, not a short line of text")
    try require(value.capabilities < 256, "capabilities", "has the unknown bits of \(value.capabilities)")
    try require(value.traits.rawValue < 8, "traits", "has the unknown bits of \(value.traits.rawValue)")
    try require(value.threads <= 1, "threads", "is \(value.threads), which nothing stands for")
    try require(!value.languages.isEmpty, "languages", "is empty")
    try require(value.languages.allSatisfy(isLine), "languages", "holds an empty or long name")
    try require(
      value.suffixes.allSatisfy { isLine($0) && $0.utf8.first == UInt8(ascii: ".") && !$0.contains("/") },
      "suffixes", "holds one that is not a dot and a name: \(value.suffixes)")
    try require(
      value.suffixLanguages.isEmpty || value.suffixLanguages.count == value.suffixes.count,
      "suffix_languages", "has \(value.suffixLanguages.count) entries for \(value.suffixes.count) suffixes")
    try require(
      value.suffixLanguages.allSatisfy(value.languages.contains), "suffix_languages",
      "holds one that is not among languages: \(value.suffixLanguages)")
    for (names, field) in [(value.fileNames, "file_names"), (value.interpreters, "interpreters")] {
      try require(
        names.allSatisfy { isLine($0) && !$0.contains("/") }, field, "holds no plain file name: \(names)")
    }
    try require(
      value.projectInterests.allSatisfy { isLine($0.pattern) && !$0.pattern.contains("/") },
      "project_interests", "holds an empty, long or many-component pattern")
  }

  private static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return letters.contains(first)
      && text.utf8.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-") }
  }

  /// Text for one line: not empty, not long, without control characters and marks that reorder text.
  private static func isLine(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 255
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar.value {
        case 0..<32, 127..<160, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
      }
  }
}

extension ByteReader {
  mutating func readStrings() throws(ByteReaderError) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try readCount()) { texts.append(try readString()) }
    return texts
  }
}

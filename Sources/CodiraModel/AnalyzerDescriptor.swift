/// What an analyzer says of itself, copied out of its shared object.
package struct AnalyzerDescriptor: Hashable, Sendable {
  package struct Traits: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Supertypes are linearized by C3, not nearest first.
    package static let c3 = Traits(rawValue: 1)
    /// Calling a type constructs it; elsewhere such a call is a type use.
    package static let constructorCalls = Traits(rawValue: 2)
    /// Callables of one name may differ by their parameters.
    package static let overloads = Traits(rawValue: 4)
  }

  /// A file that identities depend on, wherever it lies in the repository.
  package struct ProjectInterest: Hashable, Sendable {
    package enum Match: UInt32, Sendable { case name = 0, suffix }

    package var pattern: String
    package var match: Match
    /// With its content, or the path alone.
    package var bytes: Bool

    package init(pattern: String, match: Match, bytes: Bool) {
      self.pattern = pattern
      self.match = match
      self.bytes = bytes
    }
  }

  /// An implicit conversion the language allows when it chooses an overload.
  package struct Conversion: Hashable, Sendable {
    package var from: String
    package var to: String
    package var phase: UInt32

    package init(from: String, to: String, phase: UInt32) {
      self.from = from
      self.to = to
      self.phase = phase
    }
  }

  package var abiVersion: UInt32
  package var id: String
  package var version: String
  package var languages: [String]
  package var suffixes: [String]
  /// For each suffix one of `languages`; empty: all are the first.
  package var suffixLanguages: [String] = []
  package var fileNames: [String]
  package var interpreters: [String]
  package var projectInterests: [ProjectInterest]
  package var conversions: [Conversion]
  package var capabilities: UInt32
  package var traits: Traits
  package var threads: UInt32
  package var grammarName: String
  package var grammarVersion: String
  package var grammarABI: UInt32
  package var configurationSchema: String
  /// Bytes; 0: the host's limit alone.
  package var largestFile: UInt64

  package init(
    abiVersion: UInt32, id: String, version: String, languages: [String] = [], suffixes: [String] = [],
    fileNames: [String] = [], interpreters: [String] = [], projectInterests: [ProjectInterest] = [],
    conversions: [Conversion] = [], capabilities: UInt32 = 0, traits: Traits = [], threads: UInt32 = 0,
    grammarName: String = "", grammarVersion: String = "", grammarABI: UInt32 = 0,
    configurationSchema: String = "", largestFile: UInt64 = 0
  ) {
    self.abiVersion = abiVersion
    self.id = id
    self.version = version
    self.languages = languages
    self.suffixes = suffixes
    self.fileNames = fileNames
    self.interpreters = interpreters
    self.projectInterests = projectInterests
    self.conversions = conversions
    self.capabilities = capabilities
    self.traits = traits
    self.threads = threads
    self.grammarName = grammarName
    self.grammarVersion = grammarVersion
    self.grammarABI = grammarABI
    self.configurationSchema = configurationSchema
    self.largestFile = largestFile
  }

  /// The language of a file that this analyzer reads, by the file's name.
  package func language(ofFileNamed name: some StringProtocol) -> String {
    let first = languages.first ?? id
    guard suffixLanguages.count == suffixes.count, !fileNames.contains(String(name)) else { return first }
    let longest = suffixes.indices.filter { name.hasSuffix(suffixes[$0]) }
      .max { suffixes[$0].utf8.count < suffixes[$1].utf8.count }
    return longest.map { suffixLanguages[$0] } ?? first
  }

  package func supports(_ kind: OntologyKind) -> Bool { capabilities & kind.bit != 0 }
}

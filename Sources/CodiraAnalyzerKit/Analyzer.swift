import CCodiraAnalyzer
import CodiraModel

/// A language analyzer: what it says of itself, how an instance starts, and how it reads one file.
///
///     @c(codira_analyzer_entry)
///     public func entry(hostABI: UInt32) -> UnsafePointer<codira_analyzer>? {
///       analyzerEntry(MyAnalyzer.self, hostABI: hostABI)
///     }
///
/// A plugin is the shared object that exports that function and nothing else. Its instances live on one thread.
public protocol Analyzer: AnyObject {
  static var description: AnalyzerDescription { get }

  /// A new instance for one repository. `configuration` is a JSON object.
  init(configuration: Text, project: Project) throws(AnalyzerError)

  /// Reads one source into `output`, which the kit then sends.
  func analyze(_ source: Source, into output: Output) -> AnalysisResult
}

/// Why an analyzer cannot work here.
public struct AnalyzerError: Error {
  public let reason: String

  public init(_ reason: String) { self.reason = reason }
}

public enum AnalysisResult: Equatable, Sendable {
  /// Read; partial where a diagnostic said that something is broken.
  case done
  /// Another analyzer's file after all.
  case notMine
  /// The host asked to stop.
  case stopped
  case failed(String)
}

/// What an analyzer says of itself; see `codira_analyzer` in the C header for each field.
public struct AnalyzerDescription {
  public struct Interest {
    public enum Match: UInt32, Sendable { case name = 0, suffix }

    public var pattern: String
    public var match: Match
    public var bytes: Bool

    /// A file the analyzer wants to know of, with its content or its path alone.
    public init(_ pattern: String, _ match: Match = .name, bytes: Bool = false) {
      self.pattern = pattern
      self.match = match
      self.bytes = bytes
    }
  }

  public struct Conversion {
    public var from: String
    public var to: String
    public var phase: UInt32

    public init(from: String, to: String, phase: UInt32) {
      self.from = from
      self.to = to
      self.phase = phase
    }
  }

  public struct Traits: OptionSet, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let c3 = Traits(rawValue: CODIRA_TRAIT_C3)
    public static let constructorCalls = Traits(rawValue: CODIRA_TRAIT_CONSTRUCTOR_CALLS)
    public static let overloads = Traits(rawValue: CODIRA_TRAIT_OVERLOADS)
  }

  /// Also the first word of its stable ids.
  public var id: String
  public var version: String
  public var languages: [String]
  public var suffixes: [String] = []
  /// For each suffix one of `languages`; empty: all are the first.
  public var suffixLanguages: [String] = []
  public var fileNames: [String] = []
  public var interpreters: [String] = []
  public var interests: [Interest] = []
  public var conversions: [Conversion] = []
  public var capabilities: [OntologyKind] = []
  public var traits: Traits = []
  public var grammarName = ""
  public var grammarVersion = ""
  public var grammarABI: UInt32 = 0
  public var configurationSchema = ""
  public var largestFile: UInt64 = 0

  public init(id: String, version: String, languages: [String]) {
    self.id = id
    self.version = version
    self.languages = languages
  }
}

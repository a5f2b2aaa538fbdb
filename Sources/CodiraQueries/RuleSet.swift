import CodiraAnalyzerKit
import CodiraModel

/// What `analyzer.toml` says, with every default filled in: `codira plugins build` checked it and wrote it as JSON.
struct RuleSet {
  struct Definition {
    var name: String
    var kind: SymbolKind
    /// Its kind where it stands in a type.
    var memberKind: SymbolKind
    var descriptor: DescriptorKind
    var overload: Overload
    /// Equal ids in a file are one symbol, not redefinitions.
    var isMerged: Bool
    /// It belongs to the module wherever it stands.
    var isModuleLevel: Bool
    var role: String?
    var visibility: Visibility?
    var flags: SymbolFlags
  }

  enum Overload: String { case none, count, types }

  struct NameRule {
    var pattern: BytePattern
    var visibility: Visibility
  }

  enum ModuleSource: String { case path, package, none }

  var description: AnalyzerDescription
  /// What is wrong with a pattern in it.
  private(set) var problem: String?
  var queries: [(file: String, text: String)] = []
  var definitions: [Definition] = []
  /// Containers that are no symbols.
  var scopes: [(name: String, descriptor: DescriptorKind)] = []
  var references: [(name: String, role: ReferenceRole, isKnownOnly: Bool)] = []

  // Modules and names.
  var moduleSource = ModuleSource.path
  var roots: [Text] = []
  var indexNames: [Text] = []
  var isGlobal = false
  var separators: [Text] = []
  var join: Text = "."
  var selfNames: [Text] = []
  var qualifier = DescriptorKind.type
  var globalNames: BytePattern?

  // Comments, visibility, tests.
  var commentNodes: [String] = []
  var lineMarkers: [Text] = []
  var blockMarkers: [(open: Text, close: Text)] = []
  var documentationMarkers: [Text] = []
  var defaultVisibility = Visibility.unknown
  var nameRules: [NameRule] = []
  var testPaths: [BytePattern] = []
  var testNames: [BytePattern] = []

  // References.
  var constructors: [Text] = []
  var implicitReceiver = false
  var builtins: Set<Text> = []
  var importSeparators: [Text] = []

  var id: String { description.id }

  init(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
    var reader = JSONReader(bytes)
    let root = RuleReader(try reader.value())
    try reader.end()
    description = root.description
    for query in root["queries"].list { queries.append((query["file"].string, query["text"].string)) }
    for (name, rule) in root["definitions"].members { definitions.append(Definition(name, rule)) }
    for (name, rule) in root["scopes"].members { scopes.append((name, rule["descriptor"].descriptor)) }
    for (name, rule) in root["references"].members {
      let role = ReferenceRole.allCases.first { $0.name == rule["role"].string } ?? .call
      references.append((name, role, rule["known"].bool))
    }
    readModule(root["module"])
    readNames(root["names"])
    readComments(root["comments"])
    readVisibility(root["visibility"])
    for pattern in root["tests"]["paths"].strings { testPaths += [compiled(pattern)].compactMap(\.self) }
    for pattern in root["tests"]["names"].strings { testNames += [compiled(pattern)].compactMap(\.self) }
    constructors = root["calls"]["constructors"].texts
    implicitReceiver = root["calls"]["implicit_receiver"].bool
    builtins = Set(root["calls"]["builtin"].texts)
    importSeparators = root["imports"]["separators"].texts
  }

  private mutating func readModule(_ rule: RuleReader) {
    moduleSource = ModuleSource(rawValue: rule["from"].string) ?? .path
    roots = rule["roots"].texts
    indexNames = rule["index"].texts
    isGlobal = rule["definitions"].string == "global"
  }

  private mutating func readNames(_ rule: RuleReader) {
    separators = rule["separators"].texts
    join = rule["join"].text
    selfNames = rule["self"].texts
    qualifier = rule["qualifier"].descriptor
    let global = rule["global"].string
    if !global.isEmpty { globalNames = compiled(global) }
  }

  private mutating func readComments(_ rule: RuleReader) {
    commentNodes = rule["nodes"].strings
    lineMarkers = rule["line"].texts
    blockMarkers = rule["block"].list.map { ($0.texts.first ?? .empty, $0.texts.last ?? .empty) }
    documentationMarkers = rule["documentation"].texts
  }

  private mutating func readVisibility(_ rule: RuleReader) {
    defaultVisibility = rule["default"].visibility ?? .unknown
    for row in rule["names"].list {
      guard let pattern = compiled(row["match"].string) else { continue }
      nameRules.append(NameRule(pattern: pattern, visibility: row["visibility"].visibility ?? .unknown))
    }
  }

  /// A pattern; one that is none is noted, and matches nothing.
  private mutating func compiled(_ pattern: String) -> BytePattern? {
    do throws(BytePatternError) { return try BytePattern(pattern) } catch {
      problem = "analyzer.toml has the pattern `\(pattern)`, where \(error.reason)"
      return nil
    }
  }
}

extension RuleSet.Definition {
  init(_ name: String, _ rule: RuleReader) {
    self.name = name
    kind = rule["kind"].kind ?? .function
    memberKind = rule["member_kind"].kind ?? kind
    descriptor = rule["descriptor"].descriptor
    overload = RuleSet.Overload(rawValue: rule["overload"].string) ?? .none
    isMerged = rule["repeated"].string == "merge"
    isModuleLevel = rule["scope"].string == "module"
    let role = rule["role"].string
    self.role = role.isEmpty ? nil : role
    visibility = rule["visibility"].visibility
    flags = rule["flags"].strings.reduce(into: []) { flags, word in
      if let flag = SymbolFlags.named.first(where: { $0.name == word }) { flags.insert(flag.flag) }
    }
  }
}

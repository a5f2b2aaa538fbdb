import CodiraModel
import CodiraPluginHost

/// One plugin, its file and its place among the others.
struct PluginDetails {
  let entry: PluginEntry
  /// Whether it lies where plugins are looked for.
  let isCandidate: Bool
  let file: PluginFile
  /// The candidates with its id that are not this file.
  let rivals: [PluginEntry]
  /// What it claims together with others.
  let conflicts: [PluginConflict]

  init(entry: PluginEntry, isCandidate: Bool, catalog: PluginCatalog) {
    self.entry = entry
    self.isCandidate = isCandidate
    file = PluginFile(path: entry.path)
    let id = entry.analyzerID
    rivals = catalog.entries.filter { $0.analyzerID == id && $0.path != entry.path && $0.plugin != nil }
    conflicts = catalog.conflicts.filter { conflict in
      let isInvolved = id.map { conflict.owner == $0 || conflict.others.contains($0) } ?? false
      return isInvolved && entry.plugin?.descriptor.claims(conflict.claim) == true
    }
  }

  /// Whether it is used, and what decided that.
  var verdict: String {
    if !isCandidate {
      if case .refused(let refusal, _) = entry.state { return "refused: \(refusal)." }
      let used = rivals.first { $0.word == "loaded" }
      return "It loads, and is not installed: `codira plugins install \(entry.path)` installs it"
        + (used.map { " before \($0.path)." } ?? ".")
    }
    guard let reason = entry.reason else {
      let others = rivals.filter { $0.word == "shadowed" }.map(\.path)
      return "used"
        + (others.isEmpty ? "." : ": it comes before " + others.joined(separator: " and before ") + ".")
    }
    return "\(entry.word): \(reason)"
  }

  var row: JSONObject {
    var row = entry.row
    row["origin"] = isCandidate ? .string(entry.origin.rawValue) : .some(.null)
    row["installed"] = .bool(isCandidate)
    row["verdict"] = .string(verdict)
    row["digest"] = .optional(file.digest?.hex)
    row["bytes"] = file.size.map(JSONValue.int) ?? .null
    row["trusted"] = .bool(file.distrust == nil)
    row["distrust"] = .optional(file.distrust?.description)
    row["host_abi"] = ["oldest": .int(Int(HostInterface.oldest)), "newest": .int(Int(HostInterface.newest))]
    row["exports"] = file.exports.map(Self.list) ?? .null
    row["libraries"] = file.libraries.map(Self.list) ?? .null
    row["rivals"] = .array(
      rivals.map {
        ["path": .string($0.path), "status": .string($0.status), "version": .optional($0.version)]
      })
    row["conflicts"] = .array(conflicts.map(\.row))
    row["descriptor"] = entry.plugin.map { .object($0.descriptor.row) } ?? .null
    return row
  }

  private static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}

extension PluginEntry {
  var version: String? { plugin?.descriptor.version }
}

extension AnalyzerDescriptor {
  /// The descriptor as it stands, names instead of bits.
  var row: JSONObject {
    var kinds: JSONObject = [:]
    for kind in OntologyKind.allCases { kinds[kind.rawValue] = .bool(supports(kind)) }
    return [
      "capabilities": .object(kinds), "traits": .array(traits.names.map(JSONValue.string)),
      "threads": .string(threadsName),
      "largest_file": largestFile == 0 ? .null : .int(Int(clamping: largestFile)),
      "grammar_name": .optional(grammarName.isEmpty ? nil : grammarName),
      "grammar_version": .optional(grammarVersion.isEmpty ? nil : grammarVersion),
      "grammar_abi": grammarABI == 0 ? .null : .int(Int(grammarABI)),
      "configuration_schema": ConfigurationOutline(schema: configurationSchema).value,
      "project_interests": .array(
        projectInterests.map { interest in
          [
            "pattern": .string(interest.pattern),
            "match": .string(interest.match == .name ? "name" : "suffix"),
            "content": .bool(interest.bytes),
          ]
        }),
      "conversions": .int(conversions.count),
    ]
  }

  var threadsName: String { threads == 1 ? "independent" : "one_instance" }
}

extension AnalyzerDescriptor.Traits {
  /// Their words, in the order of the bits.
  var names: [String] {
    let all: [(AnalyzerDescriptor.Traits, String)] = [
      (.c3, "c3"), (.constructorCalls, "constructor_calls"), (.overloads, "overloads"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }

  /// What each means for answers.
  static func meaning(of name: String) -> String {
    switch name {
    case "c3": "supertypes are linearized by C3, not nearest first"
    case "constructor_calls": "calling a type constructs it"
    default: "callables of one name may differ by their parameters"
    }
  }
}

import CTreeSitter

/// The words of a grammar that an analyzer knows, as enumerations over their names.
///
///     enum Python: Grammar {
///       enum Kind: String, CaseIterable { case other = "", error = "ERROR", call, identifier, async = "'async'" }
///       enum Field: String, CaseIterable { case none = "", function, arguments }
///       static var language: OpaquePointer { tree_sitter_python() }
///     }
///
/// A raw value is the name of a named node, or an anonymous token in single quotes. Anonymous tokens that are not
/// listed are left out of the tree; named nodes that are not listed are `other`. At most 255 cases each, and the
/// cases with the raw value "" must be there.
public protocol Grammar {
  associatedtype Kind: RawRepresentable<String> & CaseIterable & Equatable
  associatedtype Field: RawRepresentable<String> & CaseIterable & Equatable

  static var language: OpaquePointer { get }

  /// Named nodes that are comments: kept apart from the tree, in `SyntaxTree.comments`.
  static var comments: [String] { get }
}

extension Grammar {
  public static var comments: [String] { ["comment", "line_comment", "block_comment"] }
}

/// From the numbers of tree-sitter's symbols and fields to those of the analyzer's enumerations.
struct GrammarTable {
  enum Treatment: UInt8 { case keep, drop, comment }

  private(set) var kinds: [UInt8]
  private(set) var treatments: [Treatment]
  private(set) var fields: [UInt8]
  let errorKind: UInt8

  init<G: Grammar>(_ grammar: G.Type, _ language: OpaquePointer) {
    let kindNumbers = numbers(of: G.Kind.self)
    let fieldNumbers = numbers(of: G.Field.self)
    guard let other = kindNumbers[""], let none = fieldNumbers[""] else {
      preconditionFailure("a grammar's enumerations need a case with the raw value \"\"")
    }
    let comments = Set(G.comments)
    errorKind = kindNumbers["ERROR"] ?? other
    kinds = []
    treatments = []
    for symbol in 0..<ts_language_symbol_count(language) {
      let name = ts_language_symbol_name(language, TSSymbol(symbol)).map { String(cString: $0) } ?? ""
      let isNamed = ts_language_symbol_type(language, TSSymbol(symbol)) == TSSymbolTypeRegular
      let number = kindNumbers[isNamed ? name : "'\(name)'"]
      kinds.append(number ?? other)
      treatments.append(
        isNamed ? (comments.contains(name) ? .comment : .keep) : number == nil ? .drop : .keep)
    }
    fields = [none]
    let fieldCount = ts_language_field_count(language)
    for field in 1..<(fieldCount + 1) {
      let name = ts_language_field_name_for_id(language, TSFieldId(field)).map { String(cString: $0) } ?? ""
      fields.append(fieldNumbers[name] ?? none)
    }
  }
}

/// The number of each case in memory, by its name.
private func numbers<Name: RawRepresentable<String> & CaseIterable>(of type: Name.Type) -> [String: UInt8] {
  precondition(MemoryLayout<Name>.size == 1, "\(type) must have 2 to 255 plain cases")
  var numbers: [String: UInt8] = [:]
  for name in Name.allCases { numbers[name.rawValue] = unsafeBitCast(name, to: UInt8.self) }
  return numbers
}

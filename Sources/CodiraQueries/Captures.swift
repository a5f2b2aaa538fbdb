import CodiraAnalyzerKit
import CodiraModel

/// A definition, or a container that is none, as a pattern found it.
struct FoundDefinition {
  enum Rule { case definition(Int), scope(Int) }

  var rule: Rule
  /// Of several patterns that find one name the first counts.
  var order: Int
  var span: ByteSpan
  var name: ByteSpan
  var parent: ByteSpan?
  var bodyStart: UInt32?
  var documentation: ByteSpan?
  var parameters: ByteSpan?
  /// The pattern asked for parameters: none were found means none there are.
  var asksForParameters: Bool
  var source: ByteSpan?
  var isRelative = false
  /// The pattern said by which name; an import that has none binds none.
  var isNamed: Bool
  var visibility: Visibility?
  var flags: SymbolFlags = []
  /// Where the node around it ends.
  var end: UInt32
}

/// A reference as a pattern found it.
struct FoundReference {
  var rule: Int
  var order: Int
  var name: ByteSpan
  var receiver: ByteSpan?
  var argumentCount: Int32
}

/// A parameter in some list.
struct FoundParameter {
  enum Form { case plain, optional, rest }

  var form: Form
  var span: ByteSpan
  var type: ByteSpan?
}

/// Everything that the patterns found in one file, in source order, each place once.
struct Captures {
  var definitions: [FoundDefinition] = []
  var references: [FoundReference] = []
  var parameters: [FoundParameter] = []
  var sections: [FoundSection] = []
  /// Names that are given a visibility elsewhere than at their definition.
  var named: [(name: ByteSpan, visibility: Visibility)] = []
  var exclusions: [ByteSpan] = []
  var exports: [ByteSpan] = []
  var module: ByteSpan?
  /// Names that a parameter or an assignment binds in the definition around it.
  var locals: [ByteSpan] = []
}

/// A word after which definitions have another visibility, up to the end of the node around it.
struct FoundSection {
  var start: UInt32
  var end: UInt32
  var visibility: Visibility
}

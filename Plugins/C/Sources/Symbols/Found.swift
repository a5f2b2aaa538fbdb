import CodiraAnalyzerKit

/// A definition or declaration as it was found, before those of one name are put together.
struct Found {
  var kind: SymbolKind
  var descriptor: DescriptorKind
  var name: Text
  var nameStart: UInt32
  var nameEnd: UInt32
  var start: UInt32
  var end: UInt32
  /// What it lies in, by its place in the list; -1: the file.
  var container: Int32 = -1
  /// Its definition may stand elsewhere.
  var isDeclaration = false
  /// A variable without initializer: gives way to a definition of its name.
  var isTentative = false
  var isStatic = false
  var flags: SymbolFlags = []
  var parametersMin: Int32 = 0
  var parametersMax: Int32 = -1
  var type: TypeFact?
  /// A typedef that is another name for that type.
  var isAlias = false
  /// A macro that writes its own name in another way.
  var isRespelling = false
  var signature = Text.empty
  var hasPayload = true
  /// Documentation may stand behind it on its line.
  var hasTrailingComment = false
  /// Where its comment ends: above its declaration.
  var commentPlace: UInt32
}

/// What is known of a type: a name, and how a value of it is made of values of that name.
struct TypeFact {
  /// A stable id, or the text of a type that C itself has.
  var root: Text
  var isExternal: Bool
  /// `[]` and `()` from the value inwards: `char *(*f)(void)` is `()`, `[]` and then `char`.
  var path: [Text]

  static let element: Text = "[]"
  static let call: Text = "()"
}

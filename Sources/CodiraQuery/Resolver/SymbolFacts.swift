import CodiraModel

/// A symbol as one file states it.
package struct StatedSymbol: Hashable, Sendable {
  package var symbol: Symbol
  /// Tells files apart; means nothing else.
  package var file: Int64

  package init(_ symbol: Symbol, file: Int64) {
    self.symbol = symbol
    self.file = file
  }
}

/// What the resolver asks of an index.
///
/// Answers come in a fixed order, so that resolutions do too.
package protocol SymbolFacts {
  /// Every row of an id, whatever file states it.
  func rows(of id: StableID) throws -> [StatedSymbol]
  /// Rows of exactly this name whose parent is `parent`, which need not have a row itself.
  func members(of parent: StableID, named name: String) throws -> [StatedSymbol]
  /// Children of the kind `constructor`.
  func constructors(of type: StableID) throws -> [StatedSymbol]
  /// Children of the kind `extension`.
  func extensions(of type: StableID) throws -> [StatedSymbol]
  /// Children with the flag `wildcard`: what brings names into a namespace.
  func wildcards(of namespace: StableID) throws -> [StatedSymbol]
  /// Callables of exactly this name in one language.
  func callables(named name: String, language: Substring) throws -> [StatedSymbol]
  /// The `inherits` and `implements` references that `id` owns in one file, in the file's order.
  func supertypes(of id: StableID, in file: Int64) throws -> [Reference]
  func traits(of language: Substring) throws -> AnalyzerDescriptor.Traits
  func conversions(of language: Substring) throws -> [AnalyzerDescriptor.Conversion]
}

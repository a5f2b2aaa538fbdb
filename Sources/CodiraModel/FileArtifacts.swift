/// Everything an analyzer reported of one file, validated.
package struct FileArtifacts: Equatable, Sendable {
  /// Recovered from syntax errors; the diagnostics say where.
  package var isPartial: Bool
  package var symbols: [Symbol]
  package var references: PackedReferences
  package var documentation: [Documentation]
  package var diagnostics: [Diagnostic]

  package init(
    isPartial: Bool = false, symbols: [Symbol] = [], references: PackedReferences = .empty,
    documentation: [Documentation] = [], diagnostics: [Diagnostic] = []
  ) {
    self.isPartial = isPartial
    self.symbols = symbols
    self.references = references
    self.documentation = documentation
    self.diagnostics = diagnostics
  }
}

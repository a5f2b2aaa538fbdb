import CodiraModel

extension Resolver {
  /// Places that a reference of that role can mean, by what they are.
  ///
  /// Where a type has a field and a method of one name, a call means the method. What is passed, kept or given back as
  /// a callable is no constant, and no variable or field but one that is known to hold something to be called.
  func fitting(_ places: [Place], _ role: Reference.Role) -> [Place] {
    switch role {
    case .call where places.count > 1:
      let owners = Set(places.filter { table[$0.symbol].isCallable }.flatMap { parents(table[$0.symbol]) })
      return places.filter { place in
        let entry = table[place.symbol]
        return entry.kind != .field || owners.isDisjoint(with: parents(entry))
      }
    case .callableValue: return places.filter { mayBeCalled(table[$0.symbol]) }
    default: return places
    }
  }

  /// What the rows of a symbol belong to.
  private func parents(_ entry: SymbolTable<Facts>.Entry) -> [StableID] { entry.rows.map(\.symbol.parent) }

  private func mayBeCalled(_ entry: SymbolTable<Facts>.Entry) -> Bool {
    switch entry.kind {
    case .constant, .enumerator, .variable, .field:
      entry.rows.contains { row in
        row.symbol.valueTypes.contains { $0.path.first == Candidate.Step.call }
      }
    default: true
    }
  }
}

import CodiraModel

/// What became of a symbol when its file was read again.
///
/// The numbers are stored.
package enum SymbolChange: UInt8, CaseIterable, Sendable {
  case added = 1
  case samePayload
  case changedPayload

  /// The word used on the command line and in JSON.
  package var name: String {
    switch self {
    case .added: "added"
    case .samePayload: "same_payload"
    case .changedPayload: "changed_payload"
    }
  }
}

/// The difference between the symbols a file had and those it has, by stable id.
package struct SymbolPlan: Equatable, Sendable {
  /// One entry a new symbol, in its order.
  package var changes: [SymbolChange]
  /// For each new symbol the index of the old one of the same id.
  package var previous: [Int?]
  package var removed: Int

  package struct Item: Hashable, Sendable {
    package var id: StableID
    /// nil for a symbol that is not embedded.
    package var payload: ContentHash?

    package init(id: StableID, payload: ContentHash?) {
      self.id = id
      self.payload = payload
    }
  }

  package init(old: [Item], new: [Item]) {
    var places: [ArraySlice<UInt8>: Int] = [:]
    for (index, item) in old.enumerated() { places[Array(item.id.text.utf8)[...]] = index }
    changes = []
    previous = []
    removed = old.count
    for item in new {
      let place = places[Array(item.id.text.utf8)[...]]
      previous.append(place)
      guard let place else {
        changes.append(.added)
        continue
      }
      removed -= 1
      changes.append(old[place].payload == item.payload ? .samePayload : .changedPayload)
    }
  }

  package func count(_ change: SymbolChange) -> Int { changes.count { $0 == change } }
}

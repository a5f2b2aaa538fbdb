import CodiraModel

extension Resolver {
  /// Walks a candidate from its root, member by member.
  ///
  /// `receiver` stands for a root that is "whatever the member was asked of"; `members` counts what led here.
  func chain(
    _ candidate: Candidate, file: Int64, receiver: Int?, members: Int, nesting: Int
  ) throws -> Outcome {
    if candidate.flags.contains(.external) {
      return Outcome(isExternal: true, outside: candidate.members.isEmpty ? [candidate.root.text] : [])
    }
    guard members + candidate.members.count <= Candidate.Step.limit else { return .cut }
    let question = Question.chain(
      candidate, file: try stating(candidate.root, file),
      receiver: candidate.flags.contains(.receiver) ? receiver : nil)
    return try answer(question, members: members, nesting: nesting) {
      var outcome = try root(
        candidate, file: file, receiver: receiver, members: members, nesting: nesting + 1)
      if !candidate.members.isEmpty { outcome.outside = [] }
      for (index, member) in candidate.members.enumerated() where !outcome.isEmpty {
        var next = try walk(outcome, member, members: members + index + 1, nesting: nesting + 1)
        next.memberDepth += index + 1
        // What is not known of a step before the last says nothing of the last.
        if index + 1 < candidate.members.count { next.isLacking = false }
        // What has no row is named by the last step alone: a result, an element.
        if index + 1 < candidate.members.count || !Candidate.Step.isReserved(member) { next.outside = [] }
        next.noteCost(outcome)
        outcome = next
      }
      return outcome
    }
  }

  /// The alternatives of a list, in order of preference, up to one that leaves the repository for certain.
  func chains(
    _ candidates: [Candidate], file: Int64, receiver: Int?, members: Int, nesting: Int
  ) throws -> Outcome {
    var result = Outcome()
    for candidate in candidates {
      let outcome = try chain(candidate, file: file, receiver: receiver, members: members, nesting: nesting)
      result.isParallel = result.isParallel || outcome.isParallel
      result.places += outcome.places.filter { !result.places.contains($0) }
      result.noteFailure(outcome)
      if outcome.isExternal, outcome.isEmpty { break }
    }
    return result
  }

  /// Follows what a symbol stands for; an import that leads nowhere leads nowhere, anything else is itself.
  func follow(_ symbol: Int, members: Int, nesting: Int) throws -> Outcome {
    let entry = table[symbol]
    let place = Place(symbol: symbol)
    guard entry.rows.contains(where: { !$0.symbol.aliases.isEmpty }) else { return .at(place) }
    return try answer(.follow(symbol), members: members, nesting: nesting) {
      var result = Outcome()
      for row in entry.rows {
        result.unite(
          try chains(
            row.symbol.aliases, file: row.file, receiver: nil, members: members, nesting: nesting + 1))
      }
      if result.isEmpty, entry.kind != .import {
        var itself = Outcome.at(place)
        itself.noteCost(result)
        return itself
      }
      return result
    }
  }

  private func root(
    _ candidate: Candidate, file: Int64, receiver: Int?, members: Int, nesting: Int
  ) throws -> Outcome {
    if candidate.flags.contains(.receiver) {
      return receiver.map { .at(Place(symbol: $0, isValue: true)) } ?? .unknown
    }
    let symbol = try table.index(of: candidate.root, from: file)
    let entry = table[symbol]
    if candidate.flags.contains(.openParameters), candidate.members.isEmpty, let parent = entry.id.parent {
      let container = try table.index(of: parent, from: file)
      let overloads = try own(
        container, named: StableID.lastName(of: entry.id.text), members: members, nesting: nesting)
      if !overloads.isEmpty { return overloads }
    }
    if entry.kind != nil { return try follow(symbol, members: members, nesting: nesting) }
    // Nobody wrote this id down. Its members may be there all the same.
    let mayHaveMembers = entry.id.isNamespaceShaped || entry.id.isLanguageRoot
    if mayHaveMembers, !candidate.members.isEmpty { return .at(Place(symbol: symbol)) }
    return Outcome(isMissing: true, outside: [StableID.lastName(of: entry.id.text)])
  }

  /// The file where it decides which row of `id` counts, else a constant, so that answers are shared.
  private func stating(_ id: StableID, _ file: Int64) throws -> Int64 {
    guard !id.isEmpty else { return -1 }
    let symbol = try table.index(of: id, from: file)
    return table[symbol].rows.contains { $0.file == file } ? file : -1
  }
}

extension StableID {
  /// The id without its last descriptor; nil where it has none.
  var parent: StableID? {
    guard let (language, descriptors) = try? parse(), !descriptors.isEmpty else { return nil }
    return StableID(language: language, Array(descriptors.dropLast()))
  }
}

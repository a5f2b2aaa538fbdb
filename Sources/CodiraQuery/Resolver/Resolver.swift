import CodiraModel

/// Follows references to their targets: a pure function over stored facts, without knowledge of any language.
///
///     let resolver = Resolver(facts)
///     let resolution = try resolver.resolve(reference, in: file)
///
/// Candidates are tried in order. Answers are remembered, but only those that no cycle and no limit cut, so
/// that no resolution depends on what was asked before it. A value of this class serves one thread.
package final class Resolver<Facts: SymbolFacts> {
  /// What is asked again and again, by kind of question.
  enum Question: Hashable {
    case follow(Int)
    case member(Int, String)
    case valueMember(Int, receiver: Int?, String)
    case values(Int, receiver: Int?, [String])
    case chain(Candidate, file: Int64, receiver: Int?)
    case supertypes(Int)
  }

  /// Answers nested in each other at most: a guard for the stack, far above what code needs.
  static var nestingLimit: Int { 128 }

  let facts: Facts
  var table: SymbolTable<Facts>
  private var memory: [Question: Outcome] = [:]
  /// Answers that hold for the reference at hand alone.
  private var scratch: [Question: Outcome] = [:]
  private var open: Set<Question> = []
  private var traits: [Substring: AnalyzerDescriptor.Traits] = [:]
  var linearizations: [Int: Linearization] = [:]
  var scratchLinearizations: [Int: Linearization] = [:]
  var conversions: [Substring: Conversions] = [:]
  var wildcardMemory: [Int: [Int]] = [:]

  package init(_ facts: Facts) {
    self.facts = facts
    table = SymbolTable(facts)
  }

  /// Where `reference` of the file `file` leads.
  package func resolve(_ reference: Reference, in file: Int64) throws -> Resolution {
    if !scratch.isEmpty { scratch.removeAll(keepingCapacity: true) }
    if !scratchLinearizations.isEmpty { scratchLinearizations.removeAll(keepingCapacity: true) }
    let language = reference.owner.languagePrefix
    var failure = Outcome()
    for candidate in reference.candidates {
      let outcome = try chain(candidate, file: file, receiver: nil, members: 0, nesting: 0)
      let targets = try targets(of: outcome, for: reference, in: file)
      if !targets.isEmpty { return try resolution(targets, of: reference, language) }
      failure.noteFailure(outcome)
      if !outcome.isEmpty, !outcome.isMissing { failure.isLacking = true }
      if outcome.isExternal { break }
    }
    if failure.isExternal || failure.isMissing || reference.externalKind != .none
      || !reference.external.isEmpty
    {
      return Resolution(.external, role: reference.role)
    }
    if failure.isLacking || reference.noName || reference.role != .call {
      return Resolution(.unresolved, role: reference.role)
    }
    return try resolveByName(reference, in: file, language)
  }

  /// Asks once: an answer is remembered, a question inside itself is cut.
  func answer(
    _ question: Question, members: Int, nesting: Int, _ work: () throws -> Outcome
  ) rethrows -> Outcome {
    if let known = memory[question], members + known.memberDepth <= Candidate.Step.limit,
      nesting + known.nesting <= Self.nestingLimit
    {
      return known
    }
    if let known = scratch[question] { return known }
    guard nesting < Self.nestingLimit, open.insert(question).inserted else { return .cut }
    defer { open.remove(question) }
    var outcome = try work()
    outcome.nesting += 1
    if outcome.isCut { scratch[question] = outcome } else { memory[question] = outcome }
    return outcome
  }

  func isOpen(_ question: Question) -> Bool { open.contains(question) }

  func traits(of language: Substring) throws -> AnalyzerDescriptor.Traits {
    if let known = traits[language] { return known }
    let known = try facts.traits(of: language)
    traits[language] = known
    return known
  }

  // MARK: From places to targets

  /// The symbols among the places that the reference can mean.
  private func targets(of outcome: Outcome, for reference: Reference, in file: Int64) throws -> Set<StableID>
  {
    let named = outcome.places.filter { place in
      guard place.path == nil, let kind = table[place.symbol].kind else { return false }
      if kind.isNamespace, reference.role != .imports { return false }
      return !(place.isValue && reference.role == .call && table[place.symbol].isType)
    }
    let wantsType = [.typeUse, .inherits, .implements].contains(reference.role)
    let fitting = named.filter { table[$0.symbol].isType == wantsType }
    var chosen = fitting.isEmpty || reference.role == .imports ? named : fitting
    chosen = self.fitting(chosen, reference.role)
    let traits = try traits(of: reference.owner.languagePrefix)
    if [.call, .callableValue].contains(reference.role), traits.contains(.overloads) {
      let callables = chosen.filter { table[$0.symbol].isCallable }
      if !callables.isEmpty {
        chosen = callables
      } else if reference.role == .call, traits.contains(.constructorCalls) {
        // A called type means one of its constructors.
        chosen = try chosen.flatMap { try table[$0.symbol].isType ? constructors(of: $0).places : [$0] }
      }
    }
    if reference.role == .call, !chosen.isEmpty { chosen = try applicable(chosen, to: reference, in: file) }
    return Set(chosen.map { table[$0.symbol].id })
  }

  private func resolution(
    _ targets: Set<StableID>, of reference: Reference, _ language: Substring
  ) throws -> Resolution {
    var role = reference.role
    if role == .call, !targets.isEmpty, try !traits(of: language).contains(.constructorCalls) {
      // The index first: it may add the entry that is then read.
      let entries = try targets.map { try table.index(of: $0, from: -1) }
      if entries.allSatisfy({ table[$0].isType }) { role = .typeUse }
    }
    return Resolution(targets: targets, single: .exact, role: role)
  }

  private func resolveByName(
    _ reference: Reference, in file: Int64, _ language: Substring
  ) throws -> Resolution {
    let callables = try facts.callables(named: reference.name, language: language).filter { row in
      (row.file == file || !row.symbol.flags.contains(.local)) && row.symbol.takes(reference.argumentCount)
    }
    return Resolution(targets: Set(callables.map(\.symbol.id)), single: .name, role: reference.role)
  }
}

extension Symbol {
  /// Whether a call of so many arguments may mean it; -1: unknown.
  func takes(_ count: Int32) -> Bool {
    count < 0 || (parametersMin <= count && (parametersMax < 0 || count <= parametersMax))
  }
}

extension StableID {
  /// The text before the first space.
  var languagePrefix: Substring {
    let end = text.utf8.firstIndex(of: UInt8(ascii: " ")) ?? text.endIndex
    return text[..<end]
  }

  /// A language's root that belongs to no file: `c `.
  var isLanguageRoot: Bool { text.utf8.last == UInt8(ascii: " ") }

  var isNamespaceShaped: Bool { text.utf8.last == UInt8(ascii: "/") }
}

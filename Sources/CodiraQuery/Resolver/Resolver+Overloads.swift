import CodiraModel

/// A language's implicit conversions, by name.
struct Conversions {
  private var phases: [[String]: UInt32] = [:]
  private var names: Set<String> = []

  init(_ conversions: [AnalyzerDescriptor.Conversion]) {
    for conversion in conversions {
      phases[[conversion.from, conversion.to]] = conversion.phase
      names.formUnion([conversion.from, conversion.to])
    }
  }

  func phase(from: String, to: String) -> UInt32? { phases[[from, to]] }

  /// Whether both are types whose every conversion is in the table, so that none between them is none at all.
  func knows(_ left: String, _ right: String) -> Bool { names.contains(left) && names.contains(right) }
}

extension Resolver {
  /// The callables among `places` that the call may mean: those that take its argument count and types, the
  /// best in every position alone where types decide.
  ///
  /// A language without overloads keeps all where the count fits none: the count may be wrong, the name is not.
  func applicable(_ places: [Place], to call: Reference, in file: Int64) throws -> [Place] {
    let language = call.owner.languagePrefix
    let overloads = try traits(of: language).contains(.overloads)
    guard overloads || places.count > 1 else { return places }
    let fitting = places.filter { place in
      let entry = table[place.symbol]
      return !entry.isCallable || entry.rows.contains { $0.symbol.takes(call.argumentCount) }
    }
    guard overloads else { return fitting.isEmpty ? places : fitting }
    guard !call.arguments.isEmpty else { return fitting }
    let arguments = try call.arguments.map { try argumentType($0, in: file) }
    let conversions = try conversionTable(language)
    let graded = try fitting.compactMap { place -> Graded? in
      let parameters = parameters(of: place)
      guard !parameters.isEmpty else { return Graded(place: place, parameters: [], fits: []) }
      let fits = try arguments.enumerated().map { index, argument in
        try fit(argument, parameters[min(index, parameters.count - 1)], conversions)
      }
      return fits.contains(.cannot) ? nil : Graded(place: place, parameters: parameters, fits: fits)
    }
    let best = graded.filter { one in graded.allSatisfy { $0.place == one.place || one.beats($0) } }
    return (best.count == 1 ? best : graded).map(\.place)
  }

  /// Whether a nearer type has the same name for the same parameters.
  func isOverridden(_ place: Place, by nearer: [Place]) -> Bool {
    let own = parameters(of: place)
    return nearer.contains {
      table[$0.symbol].isCallable == table[place.symbol].isCallable && parameters(of: $0) == own
    }
  }

  private enum ArgumentType {
    case unknown
    case symbol(Int)
    case external(String)
  }

  private enum Fit: Equatable {
    case equal
    case subtype(Int)
    case convertible(UInt32)
    case unknown
    case cannot

    /// Less is better; nil where nothing is known.
    var rank: Int? {
      switch self {
      case .equal: 0
      case .subtype(let distance): distance
      case .convertible(let phase): 1000 + Int(phase)
      case .unknown, .cannot: nil
      }
    }
  }

  private struct Graded {
    let place: Place
    let parameters: [String]
    let fits: [Fit]

    /// At least as good in every position that differs, better in one; what is unknown never decides.
    func beats(_ other: Graded) -> Bool {
      var isBetter = false
      for (index, fit) in fits.enumerated() where index < other.fits.count {
        let own = parameters[min(index, parameters.count - 1)]
        let others = other.parameters[min(index, other.parameters.count - 1)]
        if own == others { continue }
        if fit == .equal {
          isBetter = true
          continue
        }
        guard let mine = fit.rank, let theirs = other.fits[index].rank, mine <= theirs else { return false }
        isBetter = isBetter || mine < theirs
      }
      return isBetter
    }
  }

  private func argumentType(_ candidates: [Candidate], in file: Int64) throws -> ArgumentType {
    if let first = candidates.first, first.flags.contains(.external) {
      let text = first.root.text
      return text.hasPrefix(";") ? .unknown : .external(Self.lastComponent(StableID.lastName(of: text)))
    }
    let outcome = try chains(candidates, file: file, receiver: nil, members: 0, nesting: 0)
    guard let place = outcome.places.first, !outcome.isParallel, place.path == nil else { return .unknown }
    if table[place.symbol].isType { return .symbol(place.symbol) }
    let type = try values(place.symbol, receiver: place.receiver, [], members: 0, nesting: 0)
    guard let value = type.places.first, !type.isParallel, value.path == nil, table[value.symbol].isType
    else {
      return .unknown
    }
    return .symbol(value.symbol)
  }

  private func fit(_ argument: ArgumentType, _ parameter: String, _ conversions: Conversions) throws -> Fit {
    switch argument {
    case .unknown: return .unknown
    case .external(let name):
      if name == parameter { return .equal }
      if let phase = conversions.phase(from: name, to: parameter) { return .convertible(phase) }
      return conversions.knows(name, parameter) ? .cannot : .unknown
    case .symbol(let symbol):
      let line = try linearization(of: symbol, members: 0, nesting: 0)
      for (distance, level) in line.levels.enumerated()
      where level.contains(where: { StableID.lastName(of: table[$0].id.text) == parameter }) {
        return distance == 0 ? .equal : .subtype(distance)
      }
      let name = StableID.lastName(of: table[symbol].id.text)
      if let phase = conversions.phase(from: name, to: parameter) { return .convertible(phase) }
      return line.isMissing ? .unknown : .cannot
    }
  }

  private func conversionTable(_ language: Substring) throws -> Conversions {
    if let known = conversions[language] { return known }
    let table = Conversions(try facts.conversions(of: language))
    conversions[language] = table
    return table
  }

  /// Parameter types as the id writes them, each by the last component of its name.
  private func parameters(of place: Place) -> [String] {
    guard let last = try? table[place.symbol].id.parse().descriptors.last else { return [] }
    var parameters: [String] = []
    var current = ""
    var depth = 0
    for character in last.overload {
      switch character {
      case "<", "(", "[": depth += 1
      case ">", ")", "]": depth -= 1
      case "," where depth == 0:
        parameters.append(Self.lastComponent(current))
        current = ""
        continue
      default: break
      }
      current.append(character)
    }
    if !current.isEmpty { parameters.append(Self.lastComponent(current)) }
    return parameters
  }

  private static func lastComponent(_ type: String) -> String {
    var type = type[...]
    if type.hasSuffix("...") { type = type.dropLast(3) }
    if let generic = type.firstIndex(of: "<") { type = type[..<generic] }
    let start = type.lastIndex { $0 == "." || $0 == ":" || $0 == "/" }
    return String(start.map { type[type.index(after: $0)...] } ?? type)
  }
}

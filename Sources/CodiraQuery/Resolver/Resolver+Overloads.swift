import CodiraModel

extension Resolver {
  /// The callables among `places` that the call may mean: those that take its argument count and types, and of
  /// those the ones that none beats.
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
    guard !call.arguments.isEmpty else { return call.argumentCount == 0 ? fixedFirst(fitting) : fitting }
    let conversions = try conversionTable(language)
    if !conversions.forms.isEmpty {
      return fitting.count < 2 ? fitting : try chosenByForm(fitting, call, in: file, conversions)
    }
    let arguments = try call.arguments.map { try argumentType($0, in: file) }
    var graded: [Graded] = []
    for place in fitting {
      if let one = try grade(place, arguments, conversions) { graded.append(one) }
    }
    return graded.filter { one in !graded.contains { $0.beats(one) } }.map(\.place)
  }

  /// Whether a nearer type has the same name for the same parameters.
  func isOverridden(_ place: Place, by nearer: [Place]) -> Bool {
    let own = parameters(of: place).types
    return nearer.contains {
      table[$0.symbol].isCallable == table[place.symbol].isCallable && parameters(of: $0).types == own
    }
  }

  /// Without arguments, one that takes none comes before one that takes any number.
  func fixedFirst(_ places: [Place]) -> [Place] {
    let fixed = places.filter { !parameters(of: $0).isVariadic }
    return fixed.isEmpty ? places : fixed
  }

  private func grade(_ place: Place, _ arguments: [ArgumentType], _ conversions: Conversions) throws
    -> Graded?
  {
    let parameters = parameters(of: place)
    var types = parameters.types
    guard !types.isEmpty else { return Graded(place: place) }
    func fits(_ types: [String]) throws -> [Fit] {
      try arguments.enumerated().map { try fit($1, types[min($0, types.count - 1)], conversions) }
    }
    guard parameters.isVariadic else {
      let fits = try fits(types)
      return fits.contains(.cannot) ? nil : Graded(place: place, parameters: types, fits: fits)
    }
    // The last parameter as the list that it is, then as any number of its elements.
    let last = types.removeLast()
    if arguments.count == types.count + 1 {
      let fits = try fits(types + [last + "[]"])
      if !fits.contains(.cannot), fits.last != .unknown {
        return Graded(place: place, parameters: types + [last + "[]"], fits: fits)
      }
    }
    let fits = try fits(types + [last])
    return fits.contains(.cannot)
      ? nil : Graded(place: place, parameters: types + [last], fits: fits, isSpread: true)
  }

  struct Graded {
    let place: Place
    var parameters: [String] = []
    var fits: [Fit] = []
    /// Its last parameter takes several arguments, or none: found last of all.
    var isSpread = false

    /// The phase a language would find it in at the earliest.
    private var phase: UInt32 { isSpread ? .max : fits.compactMap(\.phase).max() ?? 0 }

    /// Whether a language prefers this one: found in an earlier phase, else better in one position and worse in none.
    ///
    /// What is unknown never decides.
    func beats(_ other: Graded) -> Bool {
      if place == other.place { return false }
      if !fits.isEmpty, !fits.contains(.unknown), phase < other.phase { return true }
      if phase > other.phase || isSpread != other.isSpread { return false }
      var isBetter = false
      for (index, fit) in fits.enumerated() where index < other.fits.count {
        let own = parameters[min(index, parameters.count - 1)]
        let others = other.parameters[min(index, other.parameters.count - 1)]
        if own == others { continue }
        if fit.isEqual, !other.fits[index].isEqual {
          isBetter = true
          continue
        }
        guard let mine = fit.rank, let theirs = other.fits[index].rank, mine <= theirs else { return false }
        isBetter = isBetter || mine < theirs
      }
      return isBetter
    }
  }

  private struct Parameters {
    /// Each by the last component of its name.
    var types: [String] = []
    var isVariadic = false
  }

  /// Parameter types as the id writes them.
  private func parameters(of place: Place) -> Parameters {
    guard let last = try? table[place.symbol].id.parse().descriptors.last else { return Parameters() }
    var types = TypeText.list(last.overload)
    let isVariadic = types.last?.hasSuffix("...") ?? false
    if isVariadic { types.append(String(types.removeLast().dropLast(3))) }
    return Parameters(types: types.map(TypeText.lastComponent), isVariadic: isVariadic)
  }
}

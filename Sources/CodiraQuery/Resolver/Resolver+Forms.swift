import CodiraModel

/// An argument of a language that writes how a type is passed: `?&`, `const ?*`.
struct Passed {
  var type: ArgumentType
  var form: String
  /// A list, a pointer: `type` is what it is made of.
  var isNameless = false
}

/// Overloads of languages whose conversion tables have forms: rows to a text with `?` in it.
///
/// A parameter's form stands in the callable's id, its type in the value types `#p0`, `#p1`, …; what the id writes
/// behind the parameters is compared with the receiver.
extension Resolver {
  func chosenByForm(
    _ places: [Place], _ call: Reference, in file: Int64, _ conversions: Conversions
  ) throws -> [Place] {
    let receivers = call.arguments.filter { $0.first?.isReserved(Argument.receiver) == true }
    let receiver = receivers.first?.first.map { String($0.root.text.dropFirst(Argument.receiver.count)) }
    let arguments = try call.arguments.filter { $0.first?.isReserved(Argument.receiver) != true }.map {
      try passed($0, in: file)
    }
    var graded: [Graded] = []
    for place in places {
      if let one = try grade(place, arguments, receiver, conversions) { graded.append(one) }
    }
    // Nothing fits: what is known of the arguments is wrong.
    if graded.isEmpty { return places }
    let best = graded.filter { one in !graded.contains { $0.beats(one) } }.map(\.place)
    return arguments.isEmpty && receiver == nil ? fixedFirst(best) : best
  }

  private func passed(_ candidates: [Candidate], in file: Int64) throws -> Passed {
    guard let first = candidates.first, first.isReserved(Argument.form) else {
      return Passed(type: try argumentType(candidates, in: file), form: "?")
    }
    let form = String(first.root.text.dropFirst(Argument.form.count))
    let rest = Array(candidates.dropFirst())
    let type = try argumentType(rest, in: file)
    guard type == .unknown else { return Passed(type: type, form: form) }
    // A value that has no name itself: what it is made of, as behind a pointer.
    let inner = try argumentType(
      rest.compactMap { candidate in
        guard !candidate.flags.contains(.external) else { return nil }
        return Candidate(
          root: candidate.root, members: candidate.members + [Candidate.Step.element], flags: candidate.flags)
      }, in: file)
    return Passed(type: inner, form: form, isNameless: inner != .unknown)
  }

  private func grade(
    _ place: Place, _ arguments: [Passed], _ receiver: String?, _ conversions: Conversions
  ) throws -> Graded? {
    let entry = table[place.symbol]
    guard entry.isCallable, let row = entry.rows.first,
      let last = try? entry.id.parse().descriptors.last
    else { return Graded(place: place) }
    let written = TypeText.list(last.overload)
    let isVariadic = row.symbol.parametersMax < 0
    let count = isVariadic ? written.count : min(Int(row.symbol.parametersMax), written.count)
    var fits: [Fit] = []
    for (index, argument) in arguments.enumerated() {
      guard index < count, written[index] != "..." else {
        fits.append(.convertible(Conversions.Conversion(phase: 98, order: 0)))
        continue
      }
      let fit = try fit(argument, index, written[index], place, conversions)
      if fit == .cannot { return nil }
      fits.append(fit)
    }
    var parameters = Array(written.prefix(count).prefix(arguments.count))
    while parameters.count < arguments.count { parameters.append("...") }
    let behind = written.dropFirst(count).joined(separator: ",")
    parameters.append(behind)
    let side = behind.isEmpty ? Argument.nothing : behind
    if let receiver, let order = conversions.conversion(from: Argument.receiver + receiver, to: side) {
      fits.append(order.phase == 0 ? .equal : .near(Int(order.phase)))
    } else {
      fits.append(.unknown)
    }
    return Graded(place: place, parameters: parameters, fits: fits)
  }

  private func fit(
    _ argument: Passed, _ index: Int, _ written: String, _ place: Place, _ conversions: Conversions
  ) throws -> Fit {
    let (form, name) = conversions.taken(apart: written)
    if argument.type == .unknown { return .unknown }
    let isPointed = conversions.passes(argument.form, to: "?") == nil
    let parameter = try parameterType(index, form, name, place, conversions)
    if case .external(let null) = argument.type, null.utf8.first == 0x3B {
      if conversions.passes(null, to: form) != nil {
        return .convertible(Conversions.Conversion(phase: 0, order: 0))
      }
      if case .external(let target) = parameter.type, conversions.isClosed(target) { return .cannot }
      return .unknown
    }
    if parameter.type == .unknown { return .unknown }
    if argument.isNameless || parameter.isNameless {
      return try namelessFit(argument, parameter, form, conversions)
    }
    switch try fit(argument.type, parameter.type, conversions) {
    case .equal:
      guard let order = conversions.passes(argument.form, to: form) else { return .cannot }
      return order == 0 ? .equal : .near(order)
    case .subtype(let distance):
      return conversions.passes(argument.form, to: form) == nil ? .cannot : .subtype(distance)
    case .convertible(let conversion)
    where conversion.phase == 0 && conversions.passes(argument.form, to: form) != nil:
      return .convertible(conversion)
    case .convertible(let conversion) where !isPointed:
      return conversions.passes("", to: form) == nil ? .cannot : .convertible(conversion)
    default: break
    }
    switch (argument.type, parameter.type) {
    case (.external(let source), .symbol) where isPointed || conversions.isClosed(source):
      // Only what the parameter's type defines converts to it.
      guard let order = conversions.passes("", to: form) else { return isPointed ? .unknown : .cannot }
      return .convertible(Conversions.Conversion(phase: 97, order: order))
    case (.symbol, .external(let target)) where !isPointed && conversions.isClosed(target):
      // Only what the argument's type defines converts it.
      return .convertible(Conversions.Conversion(phase: 97, order: 0))
    default: break
    }
    // Of a pointer by its form, or by form and name.
    guard case .external(let target) = parameter.type else { return .unknown }
    if case .external(let source) = argument.type {
      let whole = argument.form.split(separator: "?", omittingEmptySubsequences: false).joined(
        separator: source)
      if let known = conversions.conversion(from: whole, to: target) { return .convertible(known) }
    }
    if let known = conversions.conversion(from: argument.form, to: target) { return .convertible(known) }
    return isPointed && conversions.isClosed(target) ? .cannot : .unknown
  }

  /// One of them is a list or a pointer without a name of its own.
  private func namelessFit(
    _ argument: Passed, _ parameter: Passed, _ form: String, _ conversions: Conversions
  ) throws -> Fit {
    let isPointer = conversions.passes("", to: form) == nil && conversions.passes("?", to: form) == nil
    guard argument.isNameless, argument.form == "?" else { return .unknown }
    guard parameter.isNameless || isPointer else { return .unknown }
    let inner = try fit(argument.type, parameter.type, conversions)
    return inner == .equal || inner == .cannot || inner.isEqual ? inner : .unknown
  }

  private func parameterType(
    _ index: Int, _ form: String, _ name: String, _ place: Place, _ conversions: Conversions
  ) throws -> Passed {
    let step = Candidate.Step.parameter(index)
    let isPointer = conversions.passes("", to: form) == nil && conversions.passes("?", to: form) == nil
    let path = isPointer ? [step, Candidate.Step.element] : [step]
    let outcome = try values(place.symbol, receiver: place.receiver, path, members: 0, nesting: 0)
    if outcome.isEmpty {
      let type = outsideType(outcome)
      return Passed(type: type, form: form)
    }
    guard let first = outcome.places.first else { return Passed(type: .unknown, form: form) }
    if first.path != nil {
      // A list by its name, which its arguments stand behind.
      return Passed(type: .external(TypeText.lastComponent(name)), form: form)
    }
    let type = try typeOfValue(first)
    return Passed(type: type, form: form)
  }

  private func fit(_ argument: ArgumentType, _ parameter: ArgumentType, _ conversions: Conversions) throws
    -> Fit
  {
    switch (argument, parameter) {
    case (.external(let from), .external(let to)):
      if from == to { return .equal }
      if let known = conversions.conversion(from: from, to: to) { return .convertible(known) }
      return conversions.isClosed(from) && conversions.isClosed(to) ? .cannot : .unknown
    case (.symbol(let from), .symbol(let to)):
      let line = try linearization(of: from, members: 0, nesting: 0)
      for (distance, level) in line.levels.enumerated() where level.contains(to) {
        return distance == 0 ? .equal : .subtype(distance)
      }
      let target = table[to].id
      for (distance, level) in line.levels.enumerated()
      where level.contains(where: { table[$0].id == target }) {
        return distance == 0 ? .equal : .subtype(distance)
      }
      return .unknown
    default: return .unknown
    }
  }
}

extension Candidate {
  fileprivate func isReserved(_ prefix: String) -> Bool {
    flags.contains(.external) && root.text.hasPrefix(prefix)
  }
}

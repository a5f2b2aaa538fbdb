/// Something a chain has reached: a symbol, or a part of a value's type that has no name.
struct Place: Hashable {
  /// An entry of the resolver's symbol table.
  var symbol: Int
  /// What the member was asked of, for results that are "whatever it was asked of".
  var receiver: Int?
  /// Not the symbol itself but what stands at this path of its value type, where only deeper parts have names.
  var path: [String]?
  /// A value of that type, not the type.
  var isValue = false
}

/// What one step of a chain gave.
struct Outcome {
  /// In order of preference.
  var places: [Place] = []
  /// All places hold at once (overloads, rows that disagree), instead of the first that fits.
  var isParallel = false
  /// The chain leaves the repository, and the analyzer said so.
  var isExternal = false
  /// The chain reached an id without a row, or a supertype without one.
  var isMissing = false
  /// What was asked is known, and has no such member.
  var isLacking = false
  /// Names of what has no row here, where a candidate is that and nothing further.
  var outside: [String] = []

  // Bookkeeping of the memory of answers.
  /// A cycle or a limit cut it: it holds for this question only.
  var isCut = false
  /// Members walked below it, and answers nested in it.
  var memberDepth = 0
  var nesting = 0

  static let external = Outcome(isExternal: true)
  static let missing = Outcome(isMissing: true)
  static let lacking = Outcome(isLacking: true)
  static let unknown = Outcome()
  static let cut = Outcome(isCut: true)

  static func at(_ place: Place) -> Outcome { Outcome(places: [place]) }

  var isEmpty: Bool { places.isEmpty }

  /// Takes over how `other` was come by, not where it led.
  mutating func noteCost(_ other: Outcome) {
    isCut = isCut || other.isCut
    memberDepth = max(memberDepth, other.memberDepth)
    nesting = max(nesting, other.nesting)
  }

  /// Takes over why `other` led nowhere.
  mutating func noteFailure(_ other: Outcome) {
    isExternal = isExternal || other.isExternal
    isMissing = isMissing || other.isMissing
    isLacking = isLacking || other.isLacking
    for name in other.outside where !outside.contains(name) { outside.append(name) }
    noteCost(other)
  }

  /// Adds places that hold beside those here.
  mutating func unite(_ other: Outcome) {
    if places.isEmpty { isParallel = other.isParallel }
    let new = other.places.filter { !places.contains($0) }
    if !places.isEmpty, !new.isEmpty { isParallel = true }
    places += new
    noteFailure(other)
  }
}

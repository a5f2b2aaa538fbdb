import CodiraModel

/// A language's implicit conversions, by the names of types.
struct Conversions {
  struct Conversion {
    var phase: UInt32
    /// Its place among the conversions of the same type: earlier ones are preferred.
    var order: Int
  }

  private var table: [[String]: Conversion] = [:]
  private var closed: Set<String> = []
  private var known: Set<String> = []

  init(_ conversions: [AnalyzerDescriptor.Conversion]) {
    var orders: [String: Int] = [:]
    for row in conversions {
      if row.from == row.to {
        closed.insert(row.from)
        known.insert(row.from)
        continue
      }
      if row.to.isEmpty {
        known.insert(row.from)
        continue
      }
      let order = orders[row.from, default: 0]
      orders[row.from] = order + 1
      if table[[row.from, row.to]] == nil {
        table[[row.from, row.to]] = Conversion(phase: row.phase, order: order)
      }
    }
  }

  /// What the table says of the two, nil where it says nothing.
  func conversion(from: String, to: String) -> Conversion? { table[[from, to]] }

  /// From whatever no other row names.
  func conversion(to: String) -> Conversion? {
    table[["", to]].map { Conversion(phase: $0.phase, order: Int.max / 2) }
  }

  /// Whether every conversion to that type is listed.
  func isClosed(_ name: String) -> Bool { closed.contains(name) }

  /// Whether every conversion of that type is listed.
  func knowsAll(from name: String) -> Bool { known.contains(name) }

  /// Whether nothing but another array converts to an array.
  var closesArrays: Bool { closed.contains("[]") }
}

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
  /// How a type may be written around its name, the longest first.
  private(set) var forms: [TypeForm] = []
  /// How well a value of one form goes to a parameter of another; less is better.
  private var passing: [[String]: Int] = [:]

  init(_ conversions: [AnalyzerDescriptor.Conversion]) {
    var orders: [String: Int] = [:]
    for row in conversions {
      if let form = TypeForm(row.to) {
        if !forms.contains(form) { forms.append(form) }
        passing[[row.from, row.to]] = Int(row.phase)
        continue
      }
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
    forms.sort { $0.length > $1.length }
  }

  /// How well a value written as `from` goes to a parameter written as `to`; nil: not at all.
  func passes(_ from: String, to: String) -> Int? { passing[[from, to]] }

  /// A written type as its form and the name in it.
  func taken(apart type: String) -> (form: String, name: String) {
    for form in forms {
      if let name = form.name(in: type) { return (form.text, name) }
    }
    return ("?", type)
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

/// How a type is written around its name, which `?` stands for: `const ?&`.
struct TypeForm: Equatable {
  let text: String
  private let head: Substring
  private let tail: Substring

  /// nil for a name.
  init?(_ text: String) {
    guard let mark = text.firstIndex(of: "?") else { return nil }
    self.text = text
    head = text[..<mark]
    tail = text[text.index(after: mark)...]
  }

  var length: Int { head.utf8.count + tail.utf8.count }

  func name(in type: String) -> String? {
    guard type.utf8.count > length, type.hasPrefix(head), type.hasSuffix(tail) else { return nil }
    return String(type.dropFirst(head.count).dropLast(tail.count))
  }
}

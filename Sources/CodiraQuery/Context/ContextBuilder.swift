import CodiraModel
import CodiraStore

/// Chooses what goes into a context pack: the targets' source, then who calls and tests them, then what they call.
///
/// A target that does not fit is shown by the lines that declare its members, or by its head. No line of a file is
/// shown twice.
package struct ContextBuilder {
  /// At most this many callers, tests and callees.
  private static let edgeLimit = 12
  /// Shares of the budget that a first target, all targets, and then callers and tests may have used up, and that a
  /// further target may take that is not shown whole.
  private static let shares = (first: 0.5, targets: 0.7, users: 0.9, cut: 0.2)

  private let view: IndexView
  private let budget: Int
  private let cost: (ContextItem, _ isFirstOfRole: Bool) -> Int
  private var pack = ContextPack()
  private var shown: [Int64: Set<Int>] = [:]

  /// `cost` says what an item takes of the budget, in a unit of the caller's.
  package init(
    _ view: IndexView, budget: Int, cost: @escaping (_ item: ContextItem, _ isFirstOfRole: Bool) -> Int
  ) {
    self.view = view
    self.budget = budget
    self.cost = cost
  }

  /// A pack around places, best first.
  package mutating func pack(_ targets: [ContextTarget]) throws -> ContextPack {
    var shownTargets: [ContextTarget] = []
    var waiting: [ContextTarget] = []
    for target in targets {
      let isFirst = shownTargets.isEmpty
      let isShown =
        add(target, upTo: isFirst ? Self.shares.first : Self.shares.targets)
        || (isFirst && add(target, upTo: 1))
      if isShown { shownTargets.append(target) } else { waiting.append(target) }
    }
    let around = Self.symbols(of: shownTargets.isEmpty ? targets : shownTargets).prefix(3)
    try addUsers(of: around)
    try addCallees(of: around)
    return try finished(waiting)
  }

  /// A pack around changes: each has its share of the budget, all of them have their users shown, and the tests that
  /// `impact` reaches by longer ways come after those that call them.
  package mutating func pack(changes targets: [ContextTarget], impact: Impact?) throws -> ContextPack {
    var waiting: [ContextTarget] = []
    for (index, target) in targets.enumerated() {
      let share = Self.shares.targets * Double(index + 1) / Double(targets.count)
      if !add(target, upTo: share) { waiting.append(target) }
    }
    try addUsers(of: Self.symbols(of: targets).prefix(Self.changeLimit))
    for affected in impact?.affected.filter({ $0.isTest && $0.depth > 1 }) ?? [] {
      let test = affected.symbol
      let line = Int(test.symbol.nameRange.start.line)
      guard let item = item(.test, test, test.file, line, affected.certainty) else { continue }
      if !offer(item, upTo: Int(Double(budget) * Self.shares.users)) { pack.leftOut[.test, default: 0] += 1 }
    }
    return try finished(waiting)
  }

  /// Changed symbols whose users are shown.
  private static let changeLimit = 40

  private static func symbols(of targets: [ContextTarget]) -> [FoundSymbol] {
    var ids: Set<StableID> = []
    return targets.compactMap(\.symbol).filter { ids.insert($0.symbol.id).inserted }
  }

  /// The pack with those of the waiting targets that still fit.
  private mutating func finished(_ waiting: [ContextTarget]) throws -> ContextPack {
    for target in waiting where !add(target, upTo: 1) { pack.leftOut[.target, default: 0] += 1 }
    pack.items = ContextItem.Role.allCases.flatMap { role in pack.items.filter { $0.role == role } }
    return pack
  }

  // MARK: Targets

  /// Whether something of it is shown now, or was before.
  private mutating func add(_ target: ContextTarget, upTo share: Double) -> Bool {
    guard let source = view.source(of: target.file), let range = view.lines(of: target) else { return false }
    let known = shown[target.file.id] ?? []
    let changes = Set(target.changes)
    let all = range.filter { !known.contains($0) }
    if all.isEmpty || (!changes.isEmpty && changes.isSubset(of: known)) { return true }
    func item(_ numbers: [Int]) -> ContextItem {
      ContextItem(
        role: .target, file: target.file, symbol: target.symbol,
        lines: numbers.map {
          SourceLine(number: $0, text: source.line($0), isChanged: changes.contains($0))
        },
        omitted: all.count - numbers.count, certainty: .exact)
    }
    let allowance = Int(Double(budget) * share)
    if offer(item(all), upTo: allowance) { return true }
    let candidates = part(of: target, in: range).filter { !known.contains($0) }
    let cutAllowance = min(
      allowance, pack.cost + Int(Double(budget) * (pack.items.isEmpty ? 1 : Self.shares.cut)))
    // The longest head of it that fits.
    var low = 0
    var high = candidates.count
    while low < high {
      let middle = (low + high + 1) / 2
      if fits(item(Array(candidates.prefix(middle))), upTo: cutAllowance) {
        low = middle
      } else {
        high = middle - 1
      }
    }
    guard low > 0 else { return false }
    let end = Self.cut(candidates.prefix(low).map(source.line), isWhole: low == candidates.count)
    return offer(item(Array(candidates.prefix(end))), upTo: cutAllowance)
  }

  /// The lines to show of a target that does not fit: those near what changed, those that declare members, or those
  /// near what matters most.
  private func part(of target: ContextTarget, in range: ClosedRange<Int>) -> [Int] {
    func near(_ lines: [Int], _ distance: Int, head: Int) -> [Int] {
      range.filter { line in
        line < range.lowerBound + head || lines.contains { abs($0 - line) <= distance }
      }
    }
    if !target.changes.isEmpty { return near(target.changes, 2, head: 1) }
    if let members = target.symbol.flatMap({ members(of: $0, in: range) }) { return members }
    return target.focus.isEmpty ? Array(range) : near(target.focus, 6, head: 3)
  }

  /// The lines of a type or module that declare something; nil for what has no members.
  private func members(of target: FoundSymbol, in range: ClosedRange<Int>) -> [Int]? {
    let symbol = target.symbol
    guard symbol.kind.isType || symbol.kind.isNamespace || symbol.kind == .section,
      let outline = try? view.outline(of: target.file)
    else { return nil }
    let moved = range.lowerBound - Int(symbol.range.start.line)
    let inside = outline.map(\.found.symbol).filter {
      $0.id != symbol.id && symbol.range.start.offset <= $0.range.start.offset
        && $0.range.end.offset <= symbol.range.end.offset
    }
    guard let first = inside.first else { return nil }
    let head = range.lowerBound..<max(range.lowerBound + 1, Int(first.range.start.line) + moved)
    let declared = inside.map { Int($0.nameRange.start.line) + moved }.filter(range.contains)
    return Set(head.prefix(20)).union(declared).sorted()
  }

  /// How many of the lines to keep so that the text does not end inside a statement's block where that can be helped:
  /// up to the last line in the second half that is blank or indented least.
  private static func cut(_ lines: [String], isWhole: Bool) -> Int {
    guard !isWhole, lines.count > 4 else { return lines.count }
    func indent(_ line: String) -> Int {
      line.allSatisfy(\.isWhitespace) ? 0 : line.prefix { $0 == " " || $0 == "\t" }.count
    }
    let half = lines.count / 2
    return (half..<lines.count).reversed().min { indent(lines[$0]) < indent(lines[$1]) } ?? lines.count
  }

  // MARK: What is around them

  private mutating func addUsers(of targets: some Collection<FoundSymbol>) throws {
    for target in targets {
      let edges = try view.edges().edges(
        reaching: [GraphNode(target.symbol)], roles: [.call, .callableValue, .inherits, .implements]
      ).edges.filter { $0.resolution.certainty <= .name && $0.owner?.symbol.id != target.symbol.id }
      let tests = edges.filter { $0.owner?.symbol.flags.contains(.test) ?? false }
      let others = edges.filter { !($0.owner?.symbol.flags.contains(.test) ?? false) }
      for (edges, role) in [(others, ContextItem.Role.caller), (tests, .test)] { add(edges, role) }
    }
  }

  private mutating func add(_ edges: [Edge], _ role: ContextItem.Role) {
    let sure = edges.filter { $0.resolution.certainty == .exact }
    let named = edges.filter { $0.resolution.certainty != .exact }
    for (index, edge) in (sure + named).enumerated() {
      let line = Int(edge.reference.range.start.line)
      guard let item = item(role, edge.owner, edge.file, line, edge.resolution.certainty) else { continue }
      if index >= Self.edgeLimit || !offer(item, upTo: Int(Double(budget) * Self.shares.users)) {
        pack.leftOut[role, default: 0] += 1
      }
    }
  }

  private mutating func addCallees(of targets: some Collection<FoundSymbol>) throws {
    var count = 0
    var seen: Set<StableID> = []
    for target in targets {
      for edge in try view.edges().edges(from: target.symbol.id, roles: [.call]) {
        guard edge.resolution.targets.count == 1,
          let callee = try view.edges().symbol(edge.resolution.targets[0]),
          seen.insert(callee.symbol.id).inserted, let range = view.lines(of: ContextTarget(callee))
        else { continue }
        let line = range.lowerBound + Int(callee.symbol.nameRange.start.line - callee.symbol.range.start.line)
        guard let item = item(.callee, callee, callee.file, line, edge.resolution.certainty) else { continue }
        count += 1
        if count > Self.edgeLimit || !offer(item, upTo: budget) { pack.leftOut[.callee, default: 0] += 1 }
      }
    }
  }

  /// One line of a file; nil where it is shown already, or the file is no longer what was indexed.
  private func item(
    _ role: ContextItem.Role, _ symbol: FoundSymbol?, _ file: FileRow, _ line: Int,
    _ certainty: Resolution.Certainty
  ) -> ContextItem? {
    guard view.freshness(of: file) == .current || role == .callee, !(shown[file.id]?.contains(line) ?? false),
      let source = view.source(of: file), line <= source.lineCount
    else { return nil }
    return ContextItem(
      role: role, file: file, symbol: symbol, lines: [SourceLine(number: line, text: source.line(line))],
      omitted: 0, certainty: certainty)
  }

  // MARK: The budget

  private func price(_ item: ContextItem) -> Int { cost(item, !pack.items.contains { $0.role == item.role }) }

  private func fits(_ item: ContextItem, upTo limit: Int) -> Bool { pack.cost + price(item) <= limit }

  private mutating func offer(_ item: ContextItem, upTo limit: Int) -> Bool {
    let price = price(item)
    guard pack.cost + price <= limit else { return false }
    pack.cost += price
    pack.items.append(item)
    shown[item.file.id, default: []].formUnion(item.lines.map(\.number))
    return true
  }
}

import CodiraAnalyzerKit

/// Decides which branches of `#if` the grammar sees.
///
/// A branch that never holds in the language (`#if 0`, `__cplusplus`) is dropped. Of the others all are seen where each
/// is whole in itself (declarations, statements, list elements), else the first alone: half an `if` in two
/// branches would break everything behind it.
package struct Conditionals {
  private struct Branch {
    var start: Int
    var end = 0
    var isDead: Bool
  }

  private struct Group {
    var branches: [Branch]
    /// The branches that follow never hold.
    var restIsDead: Bool
  }

  private let bytes: UnsafeRawBufferPointer
  private let clean: UnsafeMutableRawBufferPointer
  private let isCpp: Bool
  private let tokens: [Token]
  private var isDropped: [Bool]

  /// The tokens that are left; directives under a dead condition are marked.
  package static func apply(_ lexer: Lexer, _ directives: inout [Directive]) -> [Token] {
    guard directives.contains(where: { $0.kind == .conditional }) else { return lexer.tokens }
    var run = Conditionals(
      bytes: lexer.bytes, clean: lexer.clean, isCpp: lexer.isCpp, tokens: lexer.tokens,
      isDropped: [Bool](repeating: false, count: lexer.tokens.count))
    run.apply(&directives)
    return zip(run.tokens, run.isDropped).lazy.filter { !$0.1 }.map(\.0)
  }

  private mutating func apply(_ directives: inout [Directive]) {
    var groups: [Group] = []
    var deadDepth = 0
    for index in directives.indices {
      let directive = directives[index]
      let place = Int(directive.token)
      switch directive.kind {
      case .conditional:
        let (isDead, restIsDead) = condition(directive)
        groups.append(Group(branches: [Branch(start: place, isDead: isDead)], restIsDead: restIsDead))
        deadDepth += isDead ? 1 : 0
      case .alternative, .otherwise:
        guard !groups.isEmpty else { break }
        let last = groups.count - 1
        groups[last].branches[groups[last].branches.count - 1].end = place
        deadDepth -= groups[last].branches.last!.isDead ? 1 : 0
        let isDead =
          groups[last].restIsDead || (directive.kind == .alternative && condition(directive).isDead)
        groups[last].branches.append(Branch(start: place, isDead: isDead))
        deadDepth += isDead ? 1 : 0
      case .end:
        guard var group = groups.popLast() else { break }
        group.branches[group.branches.count - 1].end = place
        deadDepth -= group.branches.last!.isDead ? 1 : 0
        decide(group)
      default: directives[index].isDead = deadDepth > 0
      }
    }
  }

  private func condition(_ directive: Directive) -> (isDead: Bool, restIsDead: Bool) {
    let text = Text(UnsafeRawBufferPointer(rebasing: bytes[Int(directive.start)..<Int(directive.end)]))
    let word = text[0..<Int(directive.body - directive.start)]
    let what = text.dropFirst(Int(directive.body - directive.start)).trimmed
    if word.hasSuffix("ifdef") { return decided(what == "__cplusplus" ? isCpp : nil) }
    if word.hasSuffix("ifndef") { return decided(what == "__cplusplus" ? !isCpp : nil) }
    switch what {
    case "0": return decided(false)
    case "1": return decided(true)
    case "defined(__cplusplus)", "defined (__cplusplus)", "defined __cplusplus": return decided(isCpp)
    case "!defined(__cplusplus)", "!defined (__cplusplus)", "!defined __cplusplus": return decided(!isCpp)
    default: return (false, false)
    }
  }

  /// `holds`: what is known of a condition.
  private func decided(_ holds: Bool?) -> (isDead: Bool, restIsDead: Bool) {
    (holds == false, holds == true)
  }

  private mutating func decide(_ group: Group) {
    for branch in group.branches where branch.isDead { drop(branch) }
    let live = group.branches.filter { !$0.isDead && lastToken($0) != nil }
    guard live.count > 1, !areWhole(live) else { return }
    for branch in live.dropFirst() { drop(branch) }
  }

  private mutating func drop(_ branch: Branch) {
    for place in branch.start..<branch.end where !isDropped[place] {
      isDropped[place] = true
      for byte in tokens[place].start..<tokens[place].end { clean[Int(byte)] = 0x20 }
    }
  }

  /// Each branch stands between boundaries of the same sort and closes what it opens.
  private func areWhole(_ branches: [Branch]) -> Bool {
    var before = branches[0].start - 1
    while before >= 0, isDropped[before] { before -= 1 }
    // A macro alone on its line ends what came before.
    let isAlone = before >= 0 && tokens[before].kind == .identifier && tokens[before].isFirstOnLine
    let first = before < 0 || isAlone ? UInt8(ascii: ";") : tokens[before].byte
    let ends = branches.map { lastToken($0)!.byte }
    guard branches.allSatisfy(isBalanced) else { return false }
    switch first {
    case UInt8(ascii: ","): return ends.allSatisfy { $0 == UInt8(ascii: ",") }
    case UInt8(ascii: "{"):
      return ends.allSatisfy { $0 == UInt8(ascii: ",") }
        || ends.allSatisfy { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "}") }
    case UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: ":"):
      return ends.allSatisfy { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "}") }
    default: return false
    }
  }

  private func lastToken(_ branch: Branch) -> Token? {
    (branch.start..<branch.end).last { !isDropped[$0] }.map { tokens[$0] }
  }

  private func isBalanced(_ branch: Branch) -> Bool {
    var depth = 0
    for place in branch.start..<branch.end where !isDropped[place] {
      switch tokens[place].byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth < 0 { return false }
      default: break
      }
    }
    return depth == 0
  }
}

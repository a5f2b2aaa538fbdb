/// Texts like those of symbols, made up of words: the same on every machine.
///
/// Kind and name, signature, a sentence, and the tokens of a body, as `PayloadRecipe` composes them; long and short
/// in about the proportion that repositories have.
enum BenchTexts {
  /// A question as people type it.
  static let question = "where the session is closed after a failed request"

  static func payloads(_ count: Int) -> [[UInt8]] {
    var random = Sequence(state: 20_240_229)
    return (0..<count).map { _ in Array(payload(&random).utf8) }
  }

  private static func payload(_ random: inout Sequence) -> String {
    let type = random.word().capitalized + random.word().capitalized
    let name = "\(random.word())_\(random.word())"
    let parameters = (0..<random.below(4)).map { _ in random.word() }
    var lines = ["method \(random.word()).\(random.word()).\(type).\(name)"]
    lines.append("def \(name)(\((["self"] + parameters).joined(separator: ", ")))")
    lines.append(random.below(2) == 0 ? "" : sentence(&random))
    // Squared, so that most are short and few are long.
    let share = random.below(16)
    lines.append((0...(share * share / 8)).map { _ in statement(&random) }.joined(separator: " "))
    return lines.joined(separator: "\n")
  }

  private static func sentence(_ random: inout Sequence) -> String {
    let words = (0..<(4 + random.below(12))).map { _ in random.word() }
    return words.joined(separator: " ").capitalized + "."
  }

  private static func statement(_ random: inout Sequence) -> String {
    let (one, other, third) = (random.word(), random.word(), random.word())
    return switch random.below(4) {
    case 0: "self . \(one) = \(other)"
    case 1: "if \(one) is None : return \(other)"
    case 2: "\(one) = self . \(other) ( \(third) , \(random.below(100)) )"
    default: "for \(one) in \(other) . \(third)_\(one) ( ) :"
    }
  }

  /// A linear congruential generator; its upper bits are good enough to pick words.
  private struct Sequence {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }

    mutating func word() -> String { words[below(words.count)] }
  }

  private static let words = """
    account address argument array batch block buffer cache callback channel child client column command config \
    connection context cookie count cursor data date default delta directory document domain element encoding entry \
    error event field file filter flag form format frame function group handler hash header host index input instance \
    item iterator join key label language layer length level limit line link list loader lock log manager mapping \
    match matrix message method middleware model module name namespace node object offset option order output owner \
    package page parameter parent parser password path pattern payload permission pool port position prefix price \
    process profile property protocol query queue quota range reader record reference region registry relation render \
    request resource response result role route row rule scale schema scope score section segment serializer server \
    session setting shape signal signature size slot source stack state status storage stream string style suffix \
    symbol table tag target task template text thread ticket timeout timestamp token total trace tree type unit update \
    user validator value variable vector version view visitor weight widget window worker writer zone
    """.split(separator: " ").map(String.init)
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

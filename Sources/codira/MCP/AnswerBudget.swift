import CodiraModel

/// Cuts an envelope to a size: whole rows from the ends of its lists, longest list first.
///
/// What was cut stands in the member `cut`: how many rows of which list, how to narrow the question, and the cursor
/// by which the same call goes on.
struct AnswerBudget {
  /// Bytes that the member `cut` may take.
  private static let noteSize = 360

  /// In bytes.
  let size: Int
  let hint: String

  /// The envelope from a cursor's place on; throws where the cursor is of another answer.
  func cut(_ envelope: JSONObject, from cursor: AnswerCursor?) throws(CommandFailure) -> JSONObject {
    let whole = try Self.rest(of: envelope, from: cursor)
    if JSONValue.object(whole).text.utf8.count <= size { return whole }
    var result = Self.shortened(whole, longest: max(200, size / 4))
    var lists = Self.lists(of: result)
    var excess = JSONValue.object(result).text.utf8.count + Self.noteSize - size
    while excess > 0, let longest = lists.indices.max(by: { lists[$0].weight < lists[$1].weight }),
      let last = lists[longest].sizes.popLast()
    {
      lists[longest].total -= last
      excess -= last
    }
    var counts: JSONObject = [:]
    var places: [Int] = []
    for (index, list) in lists.enumerated() {
      guard case .array(let rows)? = result[list.name] else { continue }
      places.append((cursor?.places[index] ?? 0) + list.sizes.count)
      guard rows.count > list.sizes.count else { continue }
      result[list.name] = .array(Array(rows.prefix(list.sizes.count)))
      counts[list.name] = .int(rows.count - list.sizes.count)
    }
    var note: JSONObject = ["left_out": .object(counts)]
    if !counts.members.isEmpty, lists.contains(where: { !$0.sizes.isEmpty }) {
      note["cursor"] = .string(AnswerCursor(generation: envelope.generation, places: places).text)
    }
    note["hint"] = .string(hint)
    result["cut"] = .object(note)
    return result
  }

  private struct List {
    let name: String
    var sizes: [Int]
    var total: Int

    /// The heaviest is cut first; what was asked for itself goes last.
    var weight: Int { name == "results" && sizes.count == 1 ? 1 : total }
  }

  private static func lists(of envelope: JSONObject) -> [List] {
    envelope.members.compactMap { member in
      guard case .array(let rows) = member.value else { return nil }
      let sizes = rows.map { $0.text.utf8.count + 1 }
      return List(name: member.name, sizes: sizes, total: sizes.reduce(0, +))
    }
  }

  /// The envelope without the rows that were sent already.
  private static func rest(
    of envelope: JSONObject, from cursor: AnswerCursor?
  ) throws(CommandFailure) -> JSONObject {
    guard let cursor else { return envelope }
    let names = envelope.members.compactMap { if case .array = $0.value { $0.name } else { nil } }
    guard cursor.generation == envelope.generation, cursor.places.count == names.count else {
      throw .staleCursor
    }
    var result = envelope
    for (name, place) in zip(names, cursor.places) {
      guard case .array(let rows)? = envelope[name] else { continue }
      result[name] = .array(Array(rows.dropFirst(place)))
    }
    return result
  }

  /// With every text in it at most so long.
  private static func shortened(_ object: JSONObject, longest: Int) -> JSONObject {
    var result = object
    for member in object.members { result[member.name] = shortened(member.value, longest: longest) }
    return result
  }

  private static func shortened(_ value: JSONValue, longest: Int) -> JSONValue {
    switch value {
    case .string(let text) where text.utf8.count > longest:
      .string(String(decoding: text.utf8.prefix(longest - 3), as: UTF8.self) + "…")
    case .array(let elements): .array(elements.map { shortened($0, longest: longest) })
    case .object(let object): .object(shortened(object, longest: longest))
    default: value
    }
  }
}

extension JSONObject {
  /// The generation of the index that an envelope is from.
  var generation: Int? {
    if case .int(let generation)? = self["generation"] { generation } else { nil }
  }
}

extension CommandFailure {
  static let staleCursor = CommandFailure(
    .usage, code: "stale_cursor",
    "Nothing goes on at this cursor: the index has changed, or the question has.",
    hint: "Ask again without a cursor.")
}

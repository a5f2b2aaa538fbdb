import CodiraModel

/// Cuts an envelope to a size: whole rows from the ends of its lists, longest list first.
///
/// What was cut stands in the member `cut`: how many rows of which list, and how to get them.
enum AnswerBudget {
  /// Bytes that the member `cut` may take.
  private static let noteSize = 320

  static func cut(_ envelope: JSONObject, to size: Int, hint: String) -> JSONObject {
    if JSONValue.object(envelope).text.utf8.count <= size { return envelope }
    var result = shortened(envelope, longest: max(200, size / 4))
    var lists: [(name: String, sizes: [Int], total: Int)] = []
    for member in result.members {
      guard case .array(let rows) = member.value else { continue }
      let sizes = rows.map { $0.text.utf8.count + 1 }
      lists.append((member.name, sizes, sizes.reduce(0, +)))
    }
    var excess = JSONValue.object(result).text.utf8.count + noteSize - size
    while excess > 0, let longest = lists.indices.max(by: { lists[$0].total < lists[$1].total }),
      let last = lists[longest].sizes.popLast()
    {
      lists[longest].total -= last
      excess -= last
    }
    var counts: JSONObject = [:]
    for list in lists {
      guard case .array(let rows)? = result[list.name], rows.count > list.sizes.count else { continue }
      result[list.name] = .array(Array(rows.prefix(list.sizes.count)))
      counts[list.name] = .int(rows.count - list.sizes.count)
    }
    result["cut"] = ["left_out": .object(counts), "hint": .string(hint)]
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

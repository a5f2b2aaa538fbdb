import CodiraModel

/// One page of a list; the cursor of the next one is opaque to clients.
struct MCPPage {
  static let size = 50

  private let items: ArraySlice<JSONObject>
  private let next: Int?

  /// The page that the request's cursor asks for, the first where it has none.
  init(_ items: [JSONObject], _ parameters: JSONObject) throws(MCPFault) {
    var start = 0
    if let cursor = parameters["cursor"], cursor != .null {
      guard case .string(let text) = cursor, let place = Self.place(of: text), place < items.count else {
        throw MCPFault(.invalidParameters, "No list goes on at the cursor \(cursor.text).")
      }
      start = place
    }
    let end = min(items.count, start + Self.size)
    self.items = items[start..<end]
    next = end < items.count ? end : nil
  }

  func result(_ name: String) -> JSONObject {
    var result: JSONObject = [name: .array(items.map { .object($0) })]
    if let next { result["nextCursor"] = .string(Self.cursor(at: next)) }
    return result
  }

  private static let mark = "p"

  private static func cursor(at place: Int) -> String { mark + String(place, radix: 36) }

  private static func place(of cursor: String) -> Int? {
    guard cursor.hasPrefix(mark), let place = Int(cursor.dropFirst(mark.count), radix: 36) else { return nil }
    return place > 0 && place % size == 0 && Self.cursor(at: place) == cursor ? place : nil
  }
}

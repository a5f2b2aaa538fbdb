/// A line that one of two texts has and the other lacks.
package struct LineDifference: Hashable, Sendable, CustomStringConvertible {
  package var isNew: Bool
  /// From 1, in the text that has the line.
  package var number: Int
  package var text: String

  /// `- 3: …` of the old text, `+ 3: …` of the new one.
  package var description: String { "\(isNew ? "+" : "-") \(number): \(text)" }

  package static func between(_ old: String, _ new: String) -> [LineDifference] {
    let old = old.split(separator: "\n", omittingEmptySubsequences: false)
    let new = new.split(separator: "\n", omittingEmptySubsequences: false)
    return new.difference(from: old).map { change in
      switch change {
      case .insert(let offset, let line, _):
        LineDifference(isNew: true, number: offset + 1, text: String(line))
      case .remove(let offset, let line, _):
        LineDifference(isNew: false, number: offset + 1, text: String(line))
      }
    }
  }
}

/// Where an answer goes on that was cut: behind so many rows of each of its lists, or so many lines of its text.
///
/// It holds for one generation of the index; clients take it as it is.
struct AnswerCursor: Equatable {
  /// nil where the answer names none.
  let generation: Int?
  /// One a list, in the order of the envelope; one for a text.
  let places: [Int]

  init(generation: Int?, places: [Int]) {
    self.generation = generation
    self.places = places
  }

  /// nil where the text is none of ours.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count > 1, parts.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
    generation = parts[0]! == 0 ? nil : parts[0]! - 1
    places = parts.dropFirst().map { $0! }
  }

  var text: String {
    ([generation.map { $0 + 1 } ?? 0] + places).map(String.init).joined(separator: ".")
  }
}

/// The name a person most likely meant.
enum NearestName {
  /// The candidate with the fewest edits, if a third of the letters or fewer differ; the first of equals.
  static func of(_ name: String, among candidates: [String]) -> String? {
    let nearest = candidates.map { (name: $0, distance: distance(name, $0)) }.min {
      $0.distance < $1.distance
    }
    guard let nearest, nearest.distance * 3 <= max(name.utf8.count, 3) else { return nil }
    return nearest.name
  }

  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (line, byte) in left.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in right.indices {
        let cost = min(row[column] + 1, row[column + 1] + 1, diagonal + (byte == right[column] ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[right.count]
  }
}

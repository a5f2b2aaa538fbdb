/// How the lines of a licence notice begin, in lower case: what follows them describes no code.
private let notices: [Text] = [
  "copyright", "(c) ", "©", "all rights reserved", "licensed ", "this file is part of",
  "this file is licensed",
  "this program is free software", "permission is hereby granted", "permission to use",
  "redistribution and use",
  "use of this source code is governed", "the mit license", "apache license", "mit license", "bsd license",
]

extension Text {
  /// A file's header comment without its licence: up to the first line of a notice, and without SPDX lines before it.
  public var withoutLicence: Text {
    var start = 0
    var line = 0
    while line < count {
      let end = bytes[line...].firstIndex(of: 0x0A) ?? count
      let text = self[line..<end].trimmed
      if text.hasPrefix("SPDX-"), self[start..<line].trimmed.isEmpty {
        start = min(end + 1, count)
      } else if text.hasPrefix("SPDX-") || notices.contains(where: { text.hasLowercasePrefix($0) }) {
        return self[start..<line].trimmed
      }
      line = end + 1
    }
    return self[start..<count].trimmed
  }

  private func hasLowercasePrefix(_ prefix: Text) -> Bool {
    count >= prefix.count
      && zip(bytes, prefix.bytes).allSatisfy { $0 == $1 || ($0 >= 0x41 && $0 <= 0x5A && $0 | 0x20 == $1) }
  }
}

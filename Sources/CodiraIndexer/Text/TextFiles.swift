import CodiraModel

/// Which files without an analyzer are read as text: those that people write.
package enum TextFiles {
  /// Bytes; larger ones are found by their path alone.
  static let largest: Int64 = 512 << 10

  /// Suffixes of data, media and what programs write, which are found by their path alone.
  private static let data: Set<String> = [
    "po", "pot", "mo", "csv", "tsv", "svg", "map", "lock", "log", "snap", "ipynb", "min.js", "min.css", "sum",
    "png", "jpg", "jpeg", "gif", "ico", "webp", "pdf", "zip", "gz", "tgz", "bz2", "xz", "jar", "war", "class",
    "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "wav", "ogg", "so", "o", "a", "dylib", "dll", "exe",
    "bin", "dat", "db", "sqlite", "pyc", "parquet", "npy", "pickle", "pkl", "pem", "crt", "key", "p12",
    "patch",
    "diff", "geojson", "shp", "dbf", "bib", "eps", "ps",
  ]

  package static func isRead(_ path: RepositoryPath, size: Int64) -> Bool {
    size > 0 && size <= largest && !isData(path)
  }

  /// Whether its suffix says that no person wrote it line by line: data, media, what programs write.
  package static func isData(_ path: RepositoryPath) -> Bool {
    let parts = path.name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    let last = parts.count > 1 ? String(parts[parts.count - 1]) : ""
    let two = parts.count > 2 ? parts.suffix(2).joined(separator: ".") : ""
    return data.contains(last) || data.contains(two)
  }

  /// Whether the bytes are text in lines that people write: no zero byte, lines of 200 bytes or less on average.
  static func isText(_ bytes: [UInt8]) -> Bool {
    var lines = 1
    for byte in bytes {
      if byte == 0 { return false }
      if byte == UInt8(ascii: "\n") { lines += 1 }
    }
    return bytes.count / lines <= 200
  }
}

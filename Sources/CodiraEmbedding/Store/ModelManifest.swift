import CodiraModel

/// What the store wrote down when it installed a model: `manifest.json` beside the model's files.
struct ModelManifest: Equatable, Sendable {
  struct File: Equatable, Sendable {
    var name = ""
    var hash = ContentHash(bytes: [UInt8](repeating: 0, count: ContentHash.byteCount))
    var stat = FileSystem.StatKey()
  }

  static let fileName = "manifest.json"

  var name: String
  var files: [File]

  init(name: String, files: [File]) {
    self.name = name
    self.files = files
  }

  var fingerprint: ContentHash { EmbeddingModel.fingerprint(of: files.map { ($0.name, $0.hash) }) }

  init(path: String) throws(EmbeddingError) {
    var name = ""
    var files: [File] = []
    try MappedFile(path: path).json { reader throws(JSONError) in
      try reader.object { key, reader throws(JSONError) in
        switch key {
        case "name": name = try reader.string()
        case "files": try reader.array { reader throws(JSONError) in files.append(try Self.file(&reader)) }
        default: try reader.skip()
        }
      }
    }
    self.init(name: name, files: files)
  }

  func write(to path: String) throws(EmbeddingError) {
    try FileSystem.replace(path, with: Array(json.utf8))
  }

  private var json: String {
    let lines = files.map { file in
      "    {\"name\": \(Self.quoted(file.name)), \"sha256\": \"\(file.hash.hex)\", \"size\": \(file.stat.size), "
        + "\"inode\": \(file.stat.inode), \"modified\": \(file.stat.modified), \"changed\": \(file.stat.changed)}"
    }
    return """
      {
        "name": \(Self.quoted(name)),
        "fingerprint": "\(fingerprint.hex)",
        "files": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
  }

  private static func file(_ reader: inout JSONReader) throws(JSONError) -> File {
    var file = File()
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "name": file.name = try reader.string()
      case "sha256":
        guard let hash = ContentHash(hex: try reader.string()) else {
          throw JSONError(offset: reader.offset, reason: "64 hexadecimal digits are expected")
        }
        file.hash = hash
      case "size": file.stat.size = try reader.integer()
      case "inode": file.stat.inode = try reader.integer()
      case "modified": file.stat.modified = try reader.integer()
      case "changed": file.stat.changed = try reader.integer()
      default: try reader.skip()
      }
    }
    return file
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

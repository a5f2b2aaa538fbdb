import TOMLKit

/// A TOML file that was parsed, for errors that name file and line.
struct TOMLFile {
  let path: String
  let table: TOMLTable
  private let text: String

  /// `code` is that of the failure where the text is no TOML.
  init(path: String, text: String, code: String) throws(CommandFailure) {
    self.path = path
    self.text = text
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw CommandFailure(.usage, code: code, "\(path):\(error.source.begin.line): \(error.description)")
    } catch {
      throw CommandFailure(.usage, code: code, "\(path): \(error)")
    }
  }

  /// A failure that names the file, the line and the key.
  func failure(_ problem: String, at key: String, code: String, hint: String = "") -> CommandFailure {
    let place = TOMLKeyPlaces(text).line(of: key).map { ":\($0)" } ?? ""
    return CommandFailure(.usage, code: code, "\(path)\(place): `\(key)` \(problem).", hint: hint)
  }
}

import CodiraModel
import Glibc

/// The file of a client that gets an entry, written so that it is whole at any moment.
struct ClientFile {
  enum Outcome: String {
    case created
    case changed
    case unchanged
  }

  let path: String

  /// What the file was is kept beside it.
  var backup: String { path + ".before-codira" }

  /// Adds or replaces the entry; throws what keeps it from that, the file being as it was then.
  func write(_ client: MCPClient, _ way: MCPClient.Way) throws(CommandFailure) -> Outcome {
    let old = try PlainFile.read(path)
    let new: [UInt8]
    do {
      new = try Self.with(client, client.members(way), in: old ?? [])
    } catch {
      let reason =
        switch error {
        case let error as JSONError: "byte \(error.offset): \(error.reason)"
        case let error as ClientTable.Refusal: error.reason
        default: "\(error)"
        }
      throw CommandFailure(
        .usage, code: "not_written", "\(path) is left as it is: \(reason).",
        hint: "Put this into it yourself:\n\n\(client.entry(way))")
    }
    if new == old { return .unchanged }
    if let old { try replace(backup, with: old) }
    try replace(path, with: new)
    return old == nil ? .created : .changed
  }

  private static func with(_ client: MCPClient, _ members: JSONObject, in bytes: [UInt8]) throws -> [UInt8] {
    if client.format == "json" { return try ClientJSON(bytes, servers: client.servers).with(members) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ClientTable.Refusal(reason: "it is no UTF-8")
    }
    return Array(try ClientTable(text, servers: client.servers).with(members).utf8)
  }

  /// Writes beside the file, then takes its place; a link is followed, and the file's mode is kept.
  private func replace(_ path: String, with bytes: [UInt8]) throws(CommandFailure) {
    var target = path
    if let real = realpath(path, nil) {
      target = String(cString: real)
      free(real)
    }
    Self.makeFolder(of: target)
    var status = stat()
    let mode = stat(self.path, &status) == 0 ? status.st_mode & 0o777 : 0o644
    let temporary = target + ".codira-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw unwritable(errno) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      rest = rest.dropFirst(count)
    }
    let isWhole = rest.isEmpty && fsync(descriptor) == 0 && close(descriptor) == 0
    guard isWhole, rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw unwritable(code)
    }
  }

  private static func makeFolder(of path: String) {
    var place = path.startIndex
    while let slash = path[path.index(after: place)...].firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o755)
      place = slash
    }
  }

  private func unwritable(_ code: Int32) -> CommandFailure {
    CommandFailure(.usage, code: "not_writable", "Cannot write \(path): \(String(cString: strerror(code))).")
  }
}

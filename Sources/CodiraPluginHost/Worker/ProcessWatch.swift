import CodiraModel
import Glibc

/// Something of its process that a plugin changed and that is not its own.
package enum ProcessTrait: UInt8, CaseIterable, Sendable {
  case signals = 1
  case rounding
  case locale
  case folder
}

/// What a worker process was like before its plugin was loaded; made while the process still has all its rights.
///
/// What the sandbox hides later, it lets nobody change either: such a trait counts as unchanged. Standard output becomes a pipe that nobody but this object reads.
final class ProcessWatch {
  private var handlers: [UInt]
  private let rounding: Int32
  private let localeName: String
  private let folder: String
  private let mask: mode_t
  private let outputEnd: Int32
  let descriptors: Int
  /// 0 where the system does not tell.
  private(set) var threads: Int

  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      // A plugin that prints more than a pipe holds loses the rest instead of waiting for ever.
      for end in ends { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
      dup2(ends[1], STDOUT_FILENO)
      close(ends[1])
    }
    outputEnd = ends[0]
    handlers = Self.handlers()
    rounding = fegetround()
    localeName = Self.localeName()
    folder = Self.folder()
    mask = Self.mask()
    descriptors = Self.openDescriptors()
    threads = Self.threads()
  }

  /// Takes what the sandbox of the host did meanwhile for granted: a handler, and the thread that watches the host.
  func settle() {
    handlers = Self.handlers()
    let now = Self.threads()
    threads = now > 0 ? now : threads > 0 ? threads + 1 : 0
  }

  /// What is no longer as it was, each with a sentence.
  func changes() -> [(trait: ProcessTrait, detail: String)] {
    var changes: [(trait: ProcessTrait, detail: String)] = []
    for (index, handler) in Self.handlers().enumerated() where handler != handlers[index] {
      changes.append((.signals, "\(signalName(Int32(index + 1))) has another handler"))
    }
    let (round, locale, place, mode) = (fegetround(), Self.localeName(), Self.folder(), Self.mask())
    if round != rounding { changes.append((.rounding, "the rounding mode is \(round), it was \(rounding)")) }
    if locale != localeName, locale != Self.unknown {
      changes.append((.locale, "the locale is \(locale), it was \(localeName)"))
    }
    if place != folder, place != Self.unknown {
      changes.append((.folder, "the working folder is \(place), it was \(folder)"))
    }
    if mode != mask, mode <= 0o777 {
      changes.append((.folder, "the file mode mask is \(mode), it was \(mask)"))
    }
    return changes
  }

  /// What was printed since the last call; buffers of the C library are emptied first.
  func takeOutput() -> [UInt8] {
    fflush(nil)
    var chunk = [UInt8](repeating: 0, count: 4096)
    var output: [UInt8] = []
    while true {
      let count = read(outputEnd, &chunk, chunk.count)
      guard count > 0 else { return output }
      if output.count < 4096 { output += chunk[..<count] }
    }
  }

  /// How many of the low descriptor numbers are in use.
  static func openDescriptors() -> Int { (0..<256).count { fcntl(Int32($0), F_GETFD) >= 0 } }

  private static func threads() -> Int {
    guard let folder = opendir("/proc/self/task") else { return 0 }
    defer { closedir(folder) }
    var count = -2  // "." and ".."
    while readdir(folder) != nil { count += 1 }
    return max(count, 0)
  }

  private static func handlers() -> [UInt] {
    (1...64).map { number in
      var action = sigaction()
      guard sigaction(Int32(number), nil, &action) == 0 else { return 0 }
      return withUnsafeBytes(of: &action.__sigaction_handler) { $0.load(as: UInt.self) }
    }
  }

  private static let unknown = "unknown"

  private static func localeName() -> String {
    setlocale(LC_ALL, nil).map { String(cString: $0) } ?? unknown
  }

  private static func folder() -> String {
    guard let path = getcwd(nil, 0) else { return unknown }
    defer { free(path) }
    return String(cString: path)
  }

  private static func mask() -> mode_t {
    let mask = umask(0)
    umask(mask)
    return mask
  }
}

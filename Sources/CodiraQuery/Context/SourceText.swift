import CodiraModel
import CodiraStore
import Glibc

/// The lines of a file as they are now.
///
/// A line ends as in the index; bytes that are no UTF-8 show as U+FFFD.
package struct SourceText: Sendable {
  private let bytes: [UInt8]
  private let table: LineTable
  package let lineCount: Int
  var byteCount: Int { bytes.count }

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    table = bytes.withUnsafeBytes { LineTable($0) }
    // What ends a file's last line begins no further one.
    let last = table.lineCount
    lineCount = last > 1 && table.bytes(ofLine: last).isEmpty ? last - 1 : last
  }

  /// nil where there is no regular file that can be read.
  init?(root: String, path: RepositoryPath) {
    let descriptor = Self.open(path.bytes, below: root)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(
      [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
        while count < buffer.count {
          let got = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
          if got <= 0 { break }
          count += got
        }
      })
  }

  /// Opens a file below a folder; no link on the way is followed, nor one that the file itself became.
  private static func open(_ path: [UInt8], below root: String) -> Int32 {
    var folder = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    var names = path.split(separator: UInt8(ascii: "/"))
    guard let last = names.popLast() else { return -1 }
    for name in names where folder >= 0 {
      let inner = open(name, in: folder, O_RDONLY | O_DIRECTORY)
      close(folder)
      folder = inner
    }
    guard folder >= 0 else { return -1 }
    defer { close(folder) }
    return open(last, in: folder, O_RDONLY | O_NONBLOCK)
  }

  private static func open(_ name: ArraySlice<UInt8>, in folder: Int32, _ flags: Int32) -> Int32 {
    guard name != [UInt8(ascii: "."), UInt8(ascii: ".")] else { return -1 }
    return (name + [0]).withUnsafeBytes { bytes in
      openat(folder, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), flags | O_NOFOLLOW | O_CLOEXEC)
    }
  }

  /// The bytes of a line, the first being 1, without its end.
  package func bytes(ofLine number: Int) -> ArraySlice<UInt8> {
    var line = bytes[table.bytes(ofLine: number)]
    while let last = line.last, last == 10 || last == 13 { line.removeLast() }
    return line
  }

  package func line(_ number: Int) -> String { String(decoding: bytes(ofLine: number), as: UTF8.self) }

  /// The line nearest to `near` that holds `name`, which tells where a symbol went since it was indexed.
  func line(holding name: String, near: Int) -> Int? {
    let distances = 0..<max(near, lineCount)
    for distance in distances {
      for number in [near - distance, near + distance]
      where number >= 1 && number <= lineCount && line(number).contains(name) { return number }
    }
    return nil
  }
}

extension IndexView {
  /// What stands in an indexed file now; nil where it is gone.
  package func source(of file: FileRow) -> SourceText? {
    if let known = sourceMemory[file.id] { return known }
    guard freshness(of: file) != .missing else { return nil }
    let source = SourceText(root: root, path: file.path)
    sourceMemory[file.id] = source
    return source
  }

  /// The lines of a target now: in a file that changed since it was indexed, a symbol is looked for where its name
  /// stands nearest to where it was, and other text is not shown unless it is part of a change.
  package func lines(of target: ContextTarget) -> ClosedRange<Int>? {
    guard let source = source(of: target.file) else { return nil }
    var moved = 0
    if freshness(of: target.file) == .changed, target.changes.isEmpty {
      guard let symbol = target.symbol?.symbol else { return nil }
      let line = Int(symbol.nameRange.start.line)
      guard let now = source.line(holding: symbol.name, near: line) else { return nil }
      moved = now - line
    }
    let first = max(1, target.lines.lowerBound + moved)
    let last = min(source.lineCount, target.lines.upperBound + moved)
    return first <= last ? first...last : nil
  }
}

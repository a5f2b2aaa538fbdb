import CodiraModel
import CodiraStore
import Glibc

/// The lines of a file as they are now.
///
/// A line ends at LF, CRLF or a lone CR, as in the index; bytes that are no UTF-8 show as U+FFFD.
package struct SourceText: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() {
      let endsLine = byte == 10 || (byte == 13 && (index + 1 == bytes.count || bytes[index + 1] != 10))
      if endsLine { starts.append(index + 1) }
    }
    if starts.last == bytes.count, starts.count > 1 { starts.removeLast() }
    self.starts = starts
  }

  /// nil where the file cannot be read.
  init?(path: String) {
    guard let file = fopen(path, "rbe") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else { return nil }
    self.init(bytes)
  }

  package var lineCount: Int { starts.count }

  /// The text of a line, the first being 1, without its end.
  package func line(_ number: Int) -> String {
    let end = number < starts.count ? starts[number] : bytes.count
    var text = bytes[starts[number - 1]..<end]
    while let last = text.last, last == 10 || last == 13 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// The line nearest to `near` that holds `name`, which tells where a symbol went since it was indexed.
  func line(holding name: String, near: Int) -> Int? {
    let distances = 0..<max(near, starts.count)
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
    let source = SourceText(path: root + "/" + file.path.text)
    sourceMemory[file.id] = source
    return source
  }

  /// The lines of a target now: in a file that changed since it was indexed, a symbol is looked for where its name
  /// stands nearest to where it was, and other text is not shown.
  package func lines(of target: ContextTarget) -> ClosedRange<Int>? {
    guard let source = source(of: target.file) else { return nil }
    var moved = 0
    if freshness(of: target.file) == .changed {
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

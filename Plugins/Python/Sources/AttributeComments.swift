import CodiraAnalyzerKit

extension FileReader {
  /// What an assignment's documentation says: the string behind it, else its `#:` comments.
  func documentation(ofAssignment node: Node) -> Text {
    if let docstring = docstring(behind: node) { return docstring.text }
    let comments = output.comments
    let next = comments.partitioningIndex { $0.start >= node.start }
    let behind = comments.partitioningIndex { $0.start >= node.end }
    if behind < comments.count, isMarked(comments[behind]),
      output.line(comments[behind].start) == output.line(node.end)
    {
      return text(of: behind..<behind + 1)
    }
    var first = next
    var line = output.line(node.start)
    while first > 0, isMarked(comments[first - 1]), output.line(comments[first - 1].start) == line - 1 {
      first -= 1
      line -= 1
    }
    return text(of: first..<next)
  }

  /// Whether it begins with `#:`, as documentation tools want it.
  private func isMarked(_ comment: ByteSpan) -> Bool {
    comment.end > comment.start + 1 && source.bytes[Int(comment.start) + 1] == UInt8(ascii: ":")
  }

  private func text(of range: Range<Int>) -> Text {
    guard !range.isEmpty else { return .empty }
    var bytes: [UInt8] = []
    for comment in output.comments[range] {
      let line = source.text(comment.start + 2, comment.end)
      bytes.append(contentsOf: (line.hasPrefix(" ") ? line.dropFirst(1) : line).bytes)
      bytes.append(0x0A)
    }
    return arena.copy(FileReader.cleaned(bytes))
  }
}

extension Array {
  /// The first index whose element satisfies `belongs`, in an array where all behind such a one do.
  fileprivate func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

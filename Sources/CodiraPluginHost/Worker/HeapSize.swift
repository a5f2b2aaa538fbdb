import Glibc

/// Bytes that this process holds from the C library's allocator.
enum HeapSize {
  /// nil where the library does not tell.
  static func inUse() -> Int? {
    typealias Report = @convention(c) (Int32, OpaquePointer) -> Int32
    // The function stands in a header that the C library's module leaves out.
    guard let symbol = dlsym(nil, "malloc_info") else { return nil }
    var text: UnsafeMutablePointer<CChar>?
    var count = 0
    guard let stream = open_memstream(&text, &count) else { return nil }
    let result = unsafeBitCast(symbol, to: Report.self)(0, OpaquePointer(stream))
    fclose(stream)
    defer { free(text) }
    guard result == 0, let text else { return nil }
    return inUse(String(cString: text))
  }

  /// From the totals behind the last arena: what the system gave, without what is free, with what is mapped.
  static func inUse(_ report: String) -> Int? {
    guard let end = report.range(backwards: "</heap>") else { return nil }
    let totals = report[end...]
    guard let system = size(in: totals, "<system type=\"current\"") else { return nil }
    let free =
      (size(in: totals, "<total type=\"fast\"") ?? 0) + (size(in: totals, "<total type=\"rest\"") ?? 0)
    return system - free + (size(in: totals, "<total type=\"mmap\"") ?? 0)
  }

  private static func size(in text: Substring, _ element: String) -> Int? {
    guard let start = text.firstRange(of: element)?.upperBound,
      let value = text[start...].firstRange(of: "size=\"")?.upperBound
    else { return nil }
    return Int(text[value...].prefix { $0 != "\"" })
  }
}

extension String {
  /// The end of the last place where `word` stands.
  fileprivate func range(backwards word: String) -> Index? { ranges(of: word).last?.upperBound }
}

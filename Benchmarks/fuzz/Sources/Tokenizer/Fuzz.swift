// libFuzzer's entry: a tokenizer.json, a zero byte, a text. What opens must encode; nothing may crash or hang.
import Glibc

@testable import CodiraEmbedding

/// A file in memory that has no name any more.
private let descriptor: Int32 = {
  let name = "/dev/shm/codira-fuzz-\(getpid())"
  let descriptor = open(name, O_RDWR | O_CREAT | O_TRUNC, 0o600)
  unlink(name)
  precondition(descriptor >= 0)
  return descriptor
}()
private let path = "/proc/self/fd/\(descriptor)"

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeBufferPointer(start: start, count: count)
  let end = input.firstIndex(of: 0) ?? count
  guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, start, end, 0) == end else { return 0 }
  do throws(EmbeddingError) {
    let tokenizer = try Tokenizer(tokenizerFile: path)
    let text = UnsafeBufferPointer(rebasing: input[min(end + 1, count)...])
    let ids = tokenizer.encode(text)
    precondition(ids.allSatisfy { $0 >= 0 && $0 <= tokenizer.largestID }, "an id beyond the largest")
    let cut = tokenizer.encode(text, maximum: 8)
    precondition(
      cut.count <= max(8, tokenizer.markers.start.count + tokenizer.markers.end.count), "more than asked for")
  } catch {
    precondition(!error.description.isEmpty)
  }
  return 0
}

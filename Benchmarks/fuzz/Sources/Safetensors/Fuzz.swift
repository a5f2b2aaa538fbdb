// libFuzzer's entry: a model.safetensors. Opening it must end in an error or in tensors inside the file.
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
  guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, start, count, 0) == count else { return 0 }
  do throws(EmbeddingError) {
    let file = try SafetensorsFile(path: path)
    _ = file.has("a")
  } catch {
    precondition(!error.description.isEmpty)
  }
  return 0
}

import Glibc

/// Texts in a file or pipe, each a 32-bit little-endian length and so many bytes of UTF-8.
func readTexts(from descriptor: Int32) -> [[UInt8]] {
  var input: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
    input.append(contentsOf: buffer[..<count])
  }
  var texts: [[UInt8]] = []
  var offset = 0
  while offset + 4 <= input.count {
    let length = input[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard offset + 4 + length <= input.count else { fail("the last text ends early") }
    texts.append(Array(input[offset + 4..<offset + 4 + length]))
    offset += 4 + length
  }
  return texts
}

func readTexts(path: String) -> [[UInt8]] {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { fail("cannot open \(path)") }
  defer { close(file) }
  return readTexts(from: file)
}

func put(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    guard count > 0 else { exit(2) }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
}

func put(_ line: String, to descriptor: Int32 = STDOUT_FILENO) {
  Array("\(line)\n".utf8).withUnsafeBytes { put($0, to: descriptor) }
}

func fail(_ message: String) -> Never {
  put("embedding-bench: \(message)", to: STDERR_FILENO)
  exit(2)
}

/// How long `work` takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  var start = timespec()
  var end = timespec()
  clock_gettime(CLOCK_MONOTONIC, &start)
  try work()
  clock_gettime(CLOCK_MONOTONIC, &end)
  return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
}

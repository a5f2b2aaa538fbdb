// search-bench INDEX [ROUNDS [MODELS QUESTION...]]
//
// Reads the vectors of the index in that folder in the form that searches read, and alternates two things on all
// cores: the scan, which is what a search does with all of them, and a copy of the same bytes. Prints one JSON line:
// rows, bytes, and the seconds of every round of both; then the seconds of the whole channel, exact part included.
// With a model store and questions also the seconds until the first of them is embedded, and those of each after.
import CodiraEmbedding
import CodiraQuery
import CodiraStore
import Glibc

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func fail(_ message: String) -> Never {
  let text = Array("search-bench: \(message)\n".utf8)
  _ = write(STDERR_FILENO, text, text.count)
  exit(2)
}

/// Memory of so many bytes, touched.
struct Block: @unchecked Sendable {
  let start: UnsafeMutableRawPointer

  init(_ count: Int) {
    start = .allocate(byteCount: count, alignment: 64)
    memset(start, 1, count)
  }
}

let arguments = CommandLine.arguments
guard arguments.count > 1 else { fail("usage: search-bench INDEX [ROUNDS]") }
let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 21 : 21
let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

try IndexReader(IndexLocation(directory: arguments[1])).read { snapshot in
  guard let set = try snapshot.activeVectorSet(), let codes = try snapshot.vectorCodes(of: set).codes,
    let payload = codes.payloads.first, let bytes = try snapshot.vector(of: payload, in: set.id)
  else { fail("there are no vectors") }
  let question = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  let size = codes.count * codes.dimension
  let (source, target) = (Block(size), Block(size))
  let share = 1 << 20
  var scans: [Double] = []
  var copies: [Double] = []
  var channels: [Double] = []
  for _ in 0..<rounds {
    var start = seconds()
    concurrently(jobs: (size + share - 1) / share, threads: threads) { _, job in
      let first = job * share
      memcpy(target.start + first, source.start + first, min(share, size - first))
    }
    copies.append(seconds() - start)
    start = seconds()
    var scan = try VectorScan(question, codes, accept: nil)
    scans.append(seconds() - start)
    _ = try scan.best(10_000, exact: 50) { try snapshot.vector(of: $0, in: set.id) }
    channels.append(seconds() - start)
  }
  var first = 0.0
  var embeddings: [Double] = []
  if arguments.count > 4 {
    let encoder = ModelEncoder(ModelStore(root: arguments[3]))
    var start = seconds()
    guard try encoder.vector(of: arguments[4], for: set) != nil else {
      fail("the index's model is not there")
    }
    first = seconds() - start
    for question in arguments[4...] {
      start = seconds()
      _ = try encoder.vector(of: question, for: set)
      embeddings.append(seconds() - start)
    }
  }
  func list(_ values: [Double]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
  print(
    "{\"rows\": \(codes.count), \"bytes\": \(size), \"threads\": \(threads), \"copy\": [\(list(copies))], "
      + "\"scan\": [\(list(scans))], \"channel\": [\(list(channels))], \"first_embedding\": \(first), "
      + "\"embeddings\": [\(list(embeddings))]}")
}

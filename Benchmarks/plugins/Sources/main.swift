// Analyzes the files of a list through workers, as `codira index` does, and stores nothing.
//
//   plugins-bench PLUGIN.so JOBS WORKER < list-of-paths     a line of JSON: seconds by the clock and of processors
//
// WORKER is the program that serves as worker: this one, or the installed command of the same build.
import CodiraPluginHost
import Dispatch
import Glibc
import Synchronization

AnalyzerWorker.runIfRequested()

func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func processorSeconds(_ who: __rusage_who) -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(who.rawValue), &usage)
  let times = [usage.ru_utime, usage.ru_stime]
  return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
}

func content(of path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
  }
}

guard CommandLine.arguments.count == 4, let jobs = Int(CommandLine.arguments[2]) else {
  print("plugins-bench PLUGIN.so JOBS WORKER < list-of-paths")
  exit(2)
}
let (path, worker) = (CommandLine.arguments[1], CommandLine.arguments[3])
let catalog = PluginCatalog(locations: [PluginLocation(.explicit, path)], executable: worker)
guard let plugin = catalog.plugins.first else {
  print("\(catalog.entries)")
  exit(1)
}
var paths: [String] = []
while let line = readLine() { paths.append(line) }
let setup = AnalyzerSetup(plugin: plugin)

var starts: [Double] = []
for _ in 0..<20 {
  let start = seconds(CLOCK_MONOTONIC)
  let pool = AnalyzerPool(jobs: 1, executable: worker)
  // A worker that fails would make a fine figure.
  if case .failure(let failure) = pool.analyze(setup, path: "empty", source: []) {
    print("plugins-bench: \(failure)")
    exit(1)
  }
  starts.append(seconds(CLOCK_MONOTONIC) - start)
  _ = pool.finish()
}
starts.sort()

let pool = AnalyzerPool(jobs: jobs, executable: worker)
let next = Atomic<Int>(0)
let symbols = Atomic<Int>(0)
let (all, before) = (paths, (processorSeconds(RUSAGE_SELF), processorSeconds(RUSAGE_CHILDREN)))
let start = seconds(CLOCK_MONOTONIC)
DispatchQueue.concurrentPerform(iterations: jobs) { _ in
  while true {
    let index = next.add(1, ordering: .relaxed).oldValue
    guard index < all.count else { return }
    if case .success(let artifacts) = pool.analyze(setup, path: all[index], source: content(of: all[index])) {
      symbols.add(artifacts.symbols.count, ordering: .relaxed)
    }
  }
}
let failures = pool.finish().count
let wall = seconds(CLOCK_MONOTONIC) - start
let own = processorSeconds(RUSAGE_SELF) - before.0
let children = processorSeconds(RUSAGE_CHILDREN) - before.1
print(
  """
  {"files":\(all.count),"symbols":\(symbols.load(ordering: .relaxed)),"wall":\(wall),"cpu":\(own + children),\
  "host_cpu":\(own),"worker_cpu":\(children),"start":\(starts[10]),"bad_ends":\(failures)}
  """)

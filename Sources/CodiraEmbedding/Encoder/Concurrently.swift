import Glibc
import Synchronization

/// Runs `body(worker, job)` once for every job, on so many threads, the caller's among them; returns when all are done.
///
/// Jobs are taken in order, one at a time. Fewer threads than asked for may run if the system gives no more.
package func concurrently(
  jobs: Int, threads: Int, _ body: @escaping @Sendable (_ worker: Int, _ job: Int) -> Void
) {
  let queue = JobQueue(count: jobs, body: body)
  var workers: [pthread_t] = []
  for worker in 1..<max(1, min(threads, jobs)) {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Worker(queue: queue, index: worker))
    let status = pthread_create(
      &thread, nil,
      { context in
        let worker = Unmanaged<Worker>.fromOpaque(context!).takeRetainedValue()
        worker.queue.work(as: worker.index)
        return nil
      }, context.toOpaque())
    if status == 0 {
      workers.append(thread)
    } else {
      context.release()
    }
  }
  queue.work(as: 0)
  for thread in workers { pthread_join(thread, nil) }
}

private final class JobQueue: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let body: @Sendable (Int, Int) -> Void

  init(count: Int, body: @escaping @Sendable (Int, Int) -> Void) {
    self.count = count
    self.body = body
  }

  func work(as worker: Int) {
    while true {
      let job = next.add(1, ordering: .relaxed).oldValue
      if job >= count { return }
      body(worker, job)
    }
  }
}

private final class Worker: Sendable {
  let queue: JobQueue
  let index: Int

  init(queue: JobQueue, index: Int) {
    self.queue = queue
    self.index = index
  }
}

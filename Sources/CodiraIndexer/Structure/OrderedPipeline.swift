import Glibc

/// Makes values on several threads and hands them to the caller's in order of their index.
///
/// At most `window` values are made ahead of the one the caller waits for, so memory stays flat however the
/// costs of the values differ.
final class OrderedPipeline<Value: Sendable>: @unchecked Sendable {
  private let count: Int
  private let window: Int
  private let make: @Sendable (Int) -> Value
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Guarded by the mutex.
  private var next = 0
  private var consumed = 0
  private var isStopped = false
  private var made: [Int: Value] = [:]

  /// Calls `consume` on the calling thread for every index; an error from it stops the makers and is thrown
  /// on.
  static func run(
    count: Int, threads: Int, window: Int, make: @escaping @Sendable (Int) -> Value,
    consume: (Int, Value) throws -> Void
  ) throws {
    let pipeline = OrderedPipeline(count: count, window: max(window, threads), make: make)
    let workers = (0..<min(threads, count)).map { _ in JoinedThread { pipeline.work() } }
    defer { for worker in workers { worker.join() } }
    do {
      for index in 0..<count { try consume(index, pipeline.take(index)) }
    } catch {
      pipeline.stop()
      throw error
    }
  }

  private init(count: Int, window: Int, make: @escaping @Sendable (Int) -> Value) {
    self.count = count
    self.window = window
    self.make = make
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  private func work() {
    while let index = claim() {
      let value = make(index)
      locked {
        made[index] = value
        pthread_cond_broadcast(changed)
      }
    }
  }

  private func claim() -> Int? {
    locked {
      while !isStopped, next < count, next >= consumed + window { pthread_cond_wait(changed, mutex) }
      guard !isStopped, next < count else { return nil }
      defer { next += 1 }
      return next
    }
  }

  private func take(_ index: Int) -> Value {
    locked {
      while true {
        if let value = made.removeValue(forKey: index) {
          consumed = index + 1
          pthread_cond_broadcast(changed)
          return value
        }
        pthread_cond_wait(changed, mutex)
      }
    }
  }

  private func stop() {
    locked {
      isStopped = true
      pthread_cond_broadcast(changed)
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}

/// A thread that is waited for.
struct JoinedThread {
  private let thread: pthread_t

  init(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, &attributes,
      { argument in
        Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    precondition(failure == 0, "cannot start a thread: \(String(cString: strerror(failure)))")
    self.thread = thread
  }

  func join() { pthread_join(thread, nil) }
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

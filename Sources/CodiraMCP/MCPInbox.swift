import CodiraModel
import Glibc

/// Requests of one client between the thread that reads them and the one that answers them, in order.
///
/// A request may be withdrawn while it waits or is being answered; its answer is not sent then.
final class MCPInbox: @unchecked Sendable {
  /// The reader waits while so many requests do.
  private static let capacity = 1_000

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Guarded by the mutex.
  private var waiting: [MCPRequest] = []
  private var current: (request: MCPRequest, since: timespec, isWithdrawn: Bool, told: Int)?
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Adds a request; false when nobody answers any more.
  func put(_ request: MCPRequest) -> Bool {
    locked {
      while waiting.count >= Self.capacity, !isClosed { pthread_cond_wait(changed, mutex) }
      guard !isClosed else { return false }
      waiting.append(request)
      pthread_cond_broadcast(changed)
      return true
    }
  }

  /// Takes back the request of that id; `initialize` cannot be.
  func withdraw(_ id: JSONValue) {
    locked {
      waiting.removeAll { $0.id == id && $0.method != "initialize" }
      if let request = current?.request, request.id == id, request.method != "initialize" {
        current?.isWithdrawn = true
      }
      pthread_cond_broadcast(changed)
    }
  }

  /// No more requests will come; those that wait are answered still.
  func close() {
    locked {
      isClosed = true
      pthread_cond_broadcast(changed)
    }
  }

  /// The next request, once there is one; nil when no more will come.
  func next() -> MCPRequest? {
    locked {
      while waiting.isEmpty, !isClosed { pthread_cond_wait(changed, mutex) }
      guard !waiting.isEmpty else { return nil }
      let request = waiting.removeFirst()
      current = (request, Self.now(), false, 0)
      pthread_cond_broadcast(changed)
      return request
    }
  }

  /// Ends the request that `next` gave; false when it was withdrawn.
  func finish() -> Bool {
    locked {
      defer { current = nil }
      return current?.isWithdrawn == false
    }
  }

  /// Whether anything waits or is being answered.
  var isBusy: Bool { locked { current != nil || !waiting.isEmpty } }

  /// What to tell of the request being answered: once a whole second, where its client wants to be told.
  func progress() -> (token: JSONValue, seconds: Int)? {
    locked {
      guard let current, !current.isWithdrawn, let token = current.request.progressToken else { return nil }
      let seconds = Self.now().tv_sec - current.since.tv_sec
      guard seconds > current.told else { return nil }
      self.current?.told = seconds
      return (token, seconds)
    }
  }

  private static func now() -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}

import Glibc

/// A value made at its first use, by whichever thread comes first.
final class Once<Value>: @unchecked Sendable {
  private let make: () -> Value
  private var value: Value?
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init(_ make: @escaping () -> Value) {
    self.make = make
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func get() -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    if let value { return value }
    let made = make()
    value = made
    return made
  }
}

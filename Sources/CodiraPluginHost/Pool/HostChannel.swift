import Glibc

/// Why a frame did not come or go.
enum ChannelFailure: Error, Equatable {
  case closed
  case timedOut
  case tooLong(Int)
}

/// The host's end of a worker's socket: frames with a deadline in processor time, in a buffer used again and again.
final class HostChannel {
  private let process: WorkerProcess
  private let cpuLimit: Double
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// Bytes received, and how many of them the last frame took.
  private var have = 0
  private var taken = 0
  private var cpuStart = 0.0
  private var wallStart = 0.0

  init(_ process: WorkerProcess, cpuLimit: Double) {
    self.process = process
    self.cpuLimit = cpuLimit
  }

  deinit { buffer.deallocate() }

  /// What is sent and received from now on counts together against the limit.
  func startWatch() {
    cpuStart = process.cpuSeconds
    wallStart = Self.wallSeconds()
  }

  /// Since then; by a tenth of the clock where the worker slept or is gone.
  var secondsTaken: Double { max(process.cpuSeconds - cpuStart, (Self.wallSeconds() - wallStart) / 10) }

  /// Bytes that stand behind the last frame: a worker that answers only when asked leaves none.
  var surplus: Int { have - taken }

  /// Sends one frame made of `parts`; what was received before is forgotten.
  func send(_ parts: [UnsafeRawBufferPointer]) throws(ChannelFailure) {
    let count = parts.reduce(0) { $0 + $1.count }
    (have, taken) = (0, 0)
    buffer.storeBytes(of: UInt32(count).littleEndian, as: UInt32.self)
    var filled = Wire.headerSize
    for part in parts {
      if part.count <= buffer.count - filled {
        UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: part)
        filled += part.count
      } else {
        try write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
        filled = 0
        try write(part)
      }
    }
    try write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
  }

  /// The next frame's content, valid until the next call.
  func receive(limit: Int) throws(ChannelFailure) -> UnsafeRawBufferPointer {
    dropTaken()
    while true {
      if have >= Wire.headerSize {
        let count = Int(UInt32(littleEndian: buffer.load(as: UInt32.self)))
        guard count <= limit else { throw .tooLong(count) }
        let need = Wire.headerSize + count
        if have >= need {
          taken = need
          return UnsafeRawBufferPointer(rebasing: buffer[Wire.headerSize..<need])
        }
        if need > buffer.count { grow(to: need) }
      }
      try fill()
    }
  }

  private func fill() throws(ChannelFailure) {
    while true {
      let count = recv(process.socket, buffer.baseAddress! + have, buffer.count - have, 0)
      if count > 0 {
        have += count
        return
      }
      if count == 0 || (errno != EAGAIN && errno != EINTR) { throw .closed }
      if errno == EAGAIN { try wait(for: Int16(POLLIN)) }
    }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(ChannelFailure) {
    var place = 0
    while place < bytes.count {
      let count = Glibc.send(
        process.socket, bytes.baseAddress! + place, bytes.count - place, Int32(MSG_NOSIGNAL))
      if count >= 0 {
        place += count
      } else if errno == EAGAIN {
        try wait(for: Int16(POLLOUT))
      } else if errno != EINTR {
        throw .closed
      }
    }
  }

  /// Waits until the socket is ready, looking at the worker's clock as often as it could have run out.
  private func wait(for events: Int16) throws(ChannelFailure) {
    var (idleSince, used) = (Self.wallSeconds(), process.cpuSeconds)
    // Who computes nothing at all for that long waits for something that does not come.
    let idleLimit = max(cpuLimit, Self.shortestIdle)
    while true {
      let (now, cpu) = (Self.wallSeconds(), process.cpuSeconds)
      if cpu > used { (idleSince, used) = (now, cpu) }
      let cpuLeft = cpuLimit - (cpu - cpuStart)
      let wallLeft = min(10 * cpuLimit - (now - wallStart), idleLimit - (now - idleSince))
      guard cpuLeft > 0, wallLeft > 0 else { throw .timedOut }
      let pause = min(max(min(cpuLeft, wallLeft), 0.005), 0.5)
      var entry = pollfd(fd: process.socket, events: events, revents: 0)
      if poll(&entry, 1, Int32(pause * 1000) + 1) > 0 { return }
    }
  }

  /// Seconds that a machine with much to do may leave a process waiting.
  private static let shortestIdle = 2.0

  private func grow(to count: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<have]))
    buffer.deallocate()
    buffer = larger
  }

  /// Makes room for the next frame, and gives back what one unusually large answer took.
  private func dropTaken() {
    if surplus > 0 { memmove(buffer.baseAddress!, buffer.baseAddress! + taken, surplus) }
    (have, taken) = (surplus, 0)
    guard buffer.count > 1 << 20, have == 0 else { return }
    buffer.deallocate()
    buffer = .allocate(byteCount: 1 << 16, alignment: 16)
  }

  private static func wallSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

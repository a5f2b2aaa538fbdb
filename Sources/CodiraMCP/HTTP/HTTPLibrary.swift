import CHTTPServer
import Glibc

/// The library that speaks HTTP: loaded when it is asked for, so that nothing else starts later for it.
package final class HTTPLibrary: Sendable {
  package static let fileName = "libcodirahttp.so"

  /// What keeps it from serving.
  package enum Failure: Error, Equatable {
    /// No such library at these paths, or one that cannot be loaded.
    case missing(paths: [String], reason: String)
    /// It has another interface than this program.
    case foreign(path: String, version: UInt32)
    /// It was built on a machine without libmicrohttpd.
    case empty(path: String)
    /// The address cannot be listened on.
    case address(HTTPAddress, errno: Int32)
  }

  package struct Limits: Sendable {
    package var workers: Int
    package var connections = 256
    /// In which a request must have arrived; an idle connection is closed after them, too.
    package var seconds = 30

    package init(workers: Int) { self.workers = workers }
  }

  private let path: String
  private let interface: codira_http_interface

  /// The first of the paths at which there is a file.
  package init(at paths: [String]) throws(Failure) {
    guard let path = paths.first(where: { access($0, F_OK) == 0 }) else {
      throw .missing(paths: paths, reason: "not installed")
    }
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw .missing(paths: [path], reason: String(cString: dlerror()))
    }
    guard let symbol = dlsym(handle, CODIRA_HTTP_ENTRY) else { throw .foreign(path: path, version: 0) }
    let entry = unsafeBitCast(symbol, to: codira_http_entry_function.self)
    guard let interface = entry()?.pointee else { throw .foreign(path: path, version: 0) }
    guard interface.version == CODIRA_HTTP_INTERFACE else {
      throw .foreign(path: path, version: interface.version)
    }
    self.path = path
    self.interface = interface
  }

  /// Serves until a signal asks to end; `ready` is told the address, whose port may have been left open.
  ///
  /// One server a process. Requests come to the endpoint from several threads.
  package func serve(
    _ endpoint: MCPEndpoint, at address: HTTPAddress, _ limits: Limits, ready: (HTTPAddress) -> Void
  ) throws(Failure) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let served = Unmanaged.passRetained(Served(endpoint, interface.respond))
    defer { served.release() }
    try start(served, address, limits)
    var chosen = address
    chosen.port = interface.port()
    ready(chosen)
    var signal: Int32 = 0
    sigwait(&signals, &signal)
    interface.stop()
  }

  private func start(
    _ served: Unmanaged<Served>, _ address: HTTPAddress, _ limits: Limits
  ) throws(Failure) {
    let failure = address.host.withCString { host in
      var options = codira_http_options(
        address: host, port: address.port, body_limit: MCPLines.sizeLimit, workers: UInt32(limits.workers),
        connections: UInt32(limits.connections), seconds: UInt32(limits.seconds), context: served.toOpaque(),
        admit: { context, exchange, request in
          let served = Unmanaged<Served>.fromOpaque(context!).takeUnretainedValue()
          if let response = served.endpoint.refusal(of: HTTPRequest(request!.pointee)) {
            served.respond(exchange, response)
          }
        },
        answer: { context, exchange, request in
          let served = Unmanaged<Served>.fromOpaque(context!).takeUnretainedValue()
          served.respond(exchange, served.endpoint.answer(HTTPRequest(request!.pointee)))
        })
      return interface.start(&options)
    }
    if failure == ENOSYS { throw .empty(path: path) }
    if failure != 0 { throw .address(address, errno: failure) }
  }
}

/// What the library's threads are handed.
private final class Served: @unchecked Sendable {
  let endpoint: MCPEndpoint
  private let send:
    @convention(c) (
      OpaquePointer?, UInt32, UnsafePointer<codira_http_header>?, Int, UnsafePointer<UInt8>?, Int
    ) -> Void

  init(
    _ endpoint: MCPEndpoint,
    _ send:
      @escaping @convention(c) (
        OpaquePointer?, UInt32, UnsafePointer<codira_http_header>?, Int, UnsafePointer<UInt8>?, Int
      ) -> Void
  ) {
    self.endpoint = endpoint
    self.send = send
  }

  func respond(_ exchange: OpaquePointer?, _ response: HTTPResponse) {
    let texts = response.headers.map { (strdup($0.name)!, strdup($0.value)!) }
    defer {
      for (name, value) in texts {
        free(name)
        free(value)
      }
    }
    let headers = texts.map { codira_http_header(name: $0, value: $1) }
    send(exchange, UInt32(response.status), headers, headers.count, response.body, response.body.count)
  }
}

extension HTTPRequest {
  fileprivate init(_ request: codira_http_request) {
    let headers = UnsafeBufferPointer(start: request.headers, count: request.header_count).map {
      (name: String(cString: $0.name), value: String(cString: $0.value))
    }
    self.init(
      method: String(cString: request.method), path: String(cString: request.path), headers: headers,
      body: Array(UnsafeBufferPointer(start: request.body, count: request.body_size)))
  }
}

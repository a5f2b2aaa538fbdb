import Glibc

/// The system's own words for an error number.
func systemMessage(_ number: Int32) -> String { String(cString: strerror(number)) }

/// The usual name of a signal, for people.
func signalName(_ number: Int32) -> String {
  switch number {
  case SIGSEGV: "SIGSEGV"
  case SIGABRT: "SIGABRT"
  case SIGBUS: "SIGBUS"
  case SIGILL: "SIGILL"
  case SIGFPE: "SIGFPE"
  case SIGTRAP: "SIGTRAP"
  case SIGKILL: "SIGKILL"
  case SIGTERM: "SIGTERM"
  case SIGXCPU: "SIGXCPU"
  case SIGSYS: "SIGSYS"
  case SIGPIPE: "SIGPIPE"
  default: "signal \(number)"
  }
}

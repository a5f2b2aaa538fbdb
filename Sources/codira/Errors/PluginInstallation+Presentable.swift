import CodiraPluginHost
import Glibc

extension UserPlugins.Failure: PresentableError {
  var failure: CommandFailure {
    switch self {
    case .impossible(let action, let path, let number):
      CommandFailure(
        .usage, code: "not_writable", "Cannot \(action) \(path): \(String(cString: strerror(number))).",
        hint: "XDG_DATA_HOME says where your plugins are kept, by default ~/.local/share.")
    case .untrusted(let path, let reason):
      CommandFailure(
        .usage, code: "untrusted", "\(path) \(reason).",
        hint: "Plugins there would be refused: others could replace them.")
    }
  }
}

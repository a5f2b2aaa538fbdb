import Glibc

/// Which layers a worker shall have: all, but for measurements and tests.
///
/// `CODIRA_SANDBOX` is read by the host alone: `off` for none, `no-files` and `no-calls` for all but one, as on a
/// kernel that lacks it.  It is for measuring what the layers cost; whatever it switches off is warned of.
package struct SandboxChoice: Hashable, Sendable {
  package var layers: Set<SandboxLayer>

  package init(layers: Set<SandboxLayer> = Set(SandboxLayer.allCases)) { self.layers = layers }

  package static let variable = "CODIRA_SANDBOX"

  /// What this process was asked for.
  package static let ofProcess = SandboxChoice(word: getenv(variable).map { String(cString: $0) } ?? "")

  /// A word that means nothing switches nothing off.
  package init(word: String) {
    self.init()
    switch word {
    case "off": layers = []
    case "no-files": layers.remove(.files)
    case "no-calls": layers.remove(.calls)
    default: break
    }
  }

  /// One bit a layer.
  var bits: UInt8 { layers.reduce(0) { $0 | 1 << $1.rawValue } }

  init(bits: UInt8) { layers = Set(SandboxLayer.allCases.filter { bits & 1 << $0.rawValue != 0 }) }
}

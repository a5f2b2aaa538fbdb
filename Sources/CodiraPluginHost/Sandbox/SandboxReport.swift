import CodiraModel

/// A layer of the kernel's that holds a worker back.
package enum SandboxLayer: UInt8, CaseIterable, Sendable {
  /// Landlock: no files, no connections, no signals to others.
  case files
  /// seccomp: no system calls but those that computing needs.
  case calls

  /// The kernel's own name for it.
  package var name: String {
    switch self {
    case .files: "Landlock"
    case .calls: "seccomp"
    }
  }

  /// What a plugin can do without it.
  package var consequence: String {
    switch self {
    case .files: "a plugin can read, while it loads, what you can read"
    case .calls: "a plugin can use the network, start programs and send signals"
    }
  }
}

/// What became of one layer in a worker.
package enum SandboxState: Hashable, Sendable {
  /// In force; for Landlock with the version of its interface.
  case active(version: Int)
  /// The kernel has it not, or refused: the step and the system's own words.
  case missing(reason: String)
  /// By `CODIRA_SANDBOX`.
  case off
}

/// The layers of a worker, as it told them before any code of a plugin ran in it.
package struct SandboxReport: Hashable, Sendable {
  package var layers: [SandboxLayer: SandboxState]

  package init(_ layers: [SandboxLayer: SandboxState]) { self.layers = layers }

  package subscript(layer: SandboxLayer) -> SandboxState { layers[layer] ?? .missing(reason: "not reported") }

  /// Those that are not in force, in order.
  package var gaps: [SandboxLayer] {
    SandboxLayer.allCases.filter { if case .active = self[$0] { false } else { true } }
  }
}

extension SandboxReport {
  func encoded() -> ByteWriter {
    var writer = ByteWriter()
    writer.write(WireKind.sandbox.rawValue)
    for layer in SandboxLayer.allCases {
      switch self[layer] {
      case .active(let version):
        writer.write(UInt8(0))
        writer.write(version)
      case .missing(let reason):
        writer.write(UInt8(1))
        writer.write(reason)
      case .off: writer.write(UInt8(2))
      }
    }
    return writer
  }

  /// Reads what stands behind the kind.
  init(reading reader: inout ByteReader) throws(ByteReaderError) {
    layers = [:]
    for layer in SandboxLayer.allCases {
      switch try reader.readByte() {
      case 0: layers[layer] = .active(version: Int(clamping: try reader.readUInt64()))
      case 1: layers[layer] = .missing(reason: try reader.readString())
      case 2: layers[layer] = .off
      default: throw ByteReaderError(expected: "a state of a layer", offset: reader.offset)
      }
    }
  }
}

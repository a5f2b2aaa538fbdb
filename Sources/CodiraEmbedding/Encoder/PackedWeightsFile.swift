import CEmbedding
import CodiraModel
import Glibc

/// A model's packed weights, in a file beside the model: derived data of one precision, one instruction set and one
/// version of the arithmetic.
///
/// The file starts with a page that says what it holds. Whoever removes it loses the time to pack.
struct PackedWeightsFile: Sendable {
  /// A page, so that what follows can be mapped.
  static let headerSize = 4096

  private let directory: String
  private let name: String
  private let title: String

  init(_ installed: ModelStore.Installed, precision: Precision, kernels: codira_kernels) {
    directory = installed.directory
    name = "packed-\(precision.rawValue)-\(String(cString: kernels.name))"
    title = "codira \(name)\nversion \(EmbeddingModel.version)\nmodel \(installed.fingerprint.hex)\n"
  }

  /// The file's bytes, brought in at once, if its first page says that it holds so many bytes of these weights.
  func open(byteCount: Int) -> MappedFile? {
    guard let file = try? MappedFile(path: "\(directory)/\(name)", isReadWhole: true),
      file.bytes.count == Self.headerSize + byteCount,
      file.bytes.prefix(Self.headerSize).elementsEqual(header(byteCount))
    else { return nil }
    return file
  }

  /// Writes the file in one step, if the directory may be written.
  func write(_ panels: UnsafeRawBufferPointer) {
    guard access(directory, W_OK) == 0 else { return }
    var bytes = header(panels.count)
    bytes.reserveCapacity(bytes.count + panels.count)
    bytes.append(contentsOf: panels)
    try? FileSystem.replace("\(directory)/\(name)", with: bytes)
  }

  private func header(_ byteCount: Int) -> [UInt8] {
    let text = Array("\(title)bytes \(byteCount)\n".utf8)
    return text + [UInt8](repeating: 0, count: Self.headerSize - text.count)
  }
}

import CodiraModel

/// The tensors of a model: those of model.safetensors, or of the files that model.safetensors.index.json names.
struct ModelTensors: Sendable {
  static let fileName = "model.safetensors"
  static let indexName = "model.safetensors.index.json"

  /// The file that a tensor is missing in.
  let path: String
  private var files: [SafetensorsFile]
  /// The file of each tensor, where an index tells.
  private var places: [String: Int]?

  init(directory: String) throws(EmbeddingError) {
    let single = "\(directory)/\(Self.fileName)"
    let index = "\(directory)/\(Self.indexName)"
    guard !FileSystem.exists(single), FileSystem.exists(index) else {
      path = single
      files = [try SafetensorsFile(path: single)]
      return
    }
    path = index
    let table = try Self.table(index)
    let names = Set(table.values).sorted()
    files = []
    for name in names { files.append(try SafetensorsFile(path: "\(directory)/\(name)")) }
    places = table.mapValues { name in names.firstIndex(of: name) ?? 0 }
  }

  /// The files that hold the tensors, with the index before them.
  static func fileNames(directory: String) throws(EmbeddingError) -> [String] {
    let index = "\(directory)/\(indexName)"
    guard !FileSystem.exists("\(directory)/\(fileName)"), FileSystem.exists(index) else { return [fileName] }
    return [indexName] + Set(try table(index).values).sorted()
  }

  func has(_ name: String) -> Bool {
    places.map { $0[name] != nil } ?? files[0].has(name)
  }

  func shape(_ name: String) -> [Int]? { (try? file(name))?.shape(name) }

  func tensor(_ name: String, shape: [Int]) throws(EmbeddingError) -> TensorView {
    try file(name).tensor(name, shape: shape)
  }

  func place(
    _ name: String, types: [String], shape: [Int]
  ) throws(EmbeddingError) -> (type: String, start: UnsafeRawPointer) {
    try file(name).place(name, types: types, shape: shape)
  }

  private func file(_ name: String) throws(EmbeddingError) -> SafetensorsFile {
    guard let places else { return files[0] }
    guard let place = places[name] else { throw .tensorMissing(path: path, tensor: name) }
    return files[place]
  }

  /// The index's table from tensors to files, which lie beside it.
  private static func table(_ path: String) throws(EmbeddingError) -> [String: String] {
    guard let table = try SettingsFile(path: path).section("weight_map")?.texts, !table.isEmpty else {
      throw .malformed(path: path, reason: "weight_map is missing")
    }
    for (tensor, name) in table where !FileSystem.isPlainName(name) {
      throw .malformed(path: path, reason: "tensor \(tensor) in a file of the name \"\(name)\"")
    }
    return table
  }
}

import CVectors
import Glibc

extension VectorCodes {
  /// The codes of every current unit that has a vector in the set; rows of `old`, codes of the same set, are taken
  /// from there.
  package static func make(of set: VectorSet, in snapshot: Snapshot, reusing old: VectorCodes? = nil) throws
    -> VectorCodes?
  {
    var rows = CodedRows(dimension: set.dimension)
    let units = try snapshot.unitPayloads()
    if let old, old.dimension == set.dimension {
      let known = Dictionary(zip(old.payloads, 0...), uniquingKeysWith: { first, _ in first })
      for (_, payload) in units {
        if let row = known[payload] {
          rows.places[payload] = .old(row)
        } else if rows.places[payload] == nil, let vector = try snapshot.vector(of: payload, in: set.id) {
          vector.withUnsafeBytes { rows.append($0, of: payload) }
        }
      }
    } else {
      try snapshot.forEachVector(in: set.id) { payload, vector in rows.append(vector, of: payload) }
    }
    return rows.image(of: units, old: old).flatMap { VectorCodes($0) }
  }
}

/// Rows on their way into an image, by payload.
private struct CodedRows {
  enum Place {
    case old(Int)
    case fresh(Int)
  }

  let dimension: Int
  var places: [Int64: Place] = [:]
  private var codes: [Int8] = []
  private var coded: [codira_coded] = []
  private var vector: [Float]

  init(dimension: Int) {
    self.dimension = dimension
    vector = [Float](repeating: 0, count: dimension)
  }

  private var stride: Int { VectorCodesLayout.stride(dimension) }

  /// Adds a vector; one of another length or with a value that is no number is left out.
  mutating func append(_ bytes: UnsafeRawBufferPointer, of payload: Int64) {
    guard bytes.count == dimension * 4, 1...Int(CODIRA_VECTOR_LIMIT) ~= dimension else { return }
    vector.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
    let start = codes.count
    codes.append(contentsOf: repeatElement(0, count: stride))
    let coded = codes.withUnsafeMutableBufferPointer {
      codira_encode($0.baseAddress! + start, vector, dimension)
    }
    guard coded.scale >= 0 else {
      codes.removeLast(stride)
      return
    }
    places[payload] = .fresh(self.coded.count)
    self.coded.append(coded)
  }

  /// The image of the units that have a row.
  func image(of units: [(unit: Int64, payload: Int64)], old: VectorCodes?) -> UnsafeMutableRawBufferPointer? {
    let placed = units.compactMap { unit, payload in places[payload].map { (unit, payload, $0) } }
    guard let layout = VectorCodesLayout(dimension: dimension, count: placed.count),
      let start = mmap(
        nil, layout.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED
    else { return nil }
    let image = UnsafeMutableRawBufferPointer(start: start, count: layout.size)
    var error: Float = 0
    var length: Float = 0
    codes.withUnsafeBufferPointer { fresh in
      for (index, (unit, payload, place)) in placed.enumerated() {
        let row: (codes: UnsafePointer<Int8>, coded: codira_coded) =
          switch place {
          case .old(let row): old!.row(row)
          case .fresh(let row): (fresh.baseAddress! + row * stride, coded[row])
          }
        image.storeBytes(of: unit, toByteOffset: layout.units + 8 * index, as: Int64.self)
        image.storeBytes(of: payload, toByteOffset: layout.payloads + 8 * index, as: Int64.self)
        func store(_ value: Float, _ part: Int) {
          let offset = layout.scales + 4 * (part * placed.count + index)
          image.storeBytes(of: value, toByteOffset: offset, as: Float.self)
        }
        store(row.coded.scale, 0)
        store(row.coded.error, 1)
        store(row.coded.length, 2)
        error = max(error, row.coded.error)
        length = max(length, row.coded.length)
        memcpy(start + layout.codes + index * stride, row.codes, stride)
      }
    }
    VectorCodesHeader(dimension: dimension, count: placed.count, error: error, length: length, checksum: 0)
      .write(to: image)
    return image
  }
}

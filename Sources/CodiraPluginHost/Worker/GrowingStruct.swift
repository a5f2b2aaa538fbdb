import CCodiraAnalyzer

/// A struct of the interface that an analyzer fills in, and whose size says how much of it there is.
///
/// Fields that later headers append are read only where the size covers them: an artifact's one by one, the
/// descriptor's through `grown`.
package protocol GrowingStruct {
  /// Its bytes in the first release: what every analyzer has.
  static var firstSize: Int { get }
}

extension codira_analyzer: GrowingStruct { package static let firstSize = 232 }
extension codira_symbol: GrowingStruct { package static let firstSize = 208 }
extension codira_reference: GrowingStruct { package static let firstSize = 152 }
extension codira_documentation: GrowingStruct { package static let firstSize = 112 }
extension codira_diagnostic: GrowingStruct { package static let firstSize = 72 }

extension UnsafePointer where Pointee: GrowingStruct {
  /// The struct as this host knows it: itself where its author's was as long, else a copy, never freed, in which the
  /// fields that its author did not know are zero.
  package func grown(from size: Int) -> UnsafePointer {
    if size >= MemoryLayout<Pointee>.size { return self }
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: MemoryLayout<Pointee>.size, alignment: MemoryLayout<Pointee>.alignment)
    copy.initializeMemory(as: UInt8.self, repeating: 0)
    copy.copyMemory(from: UnsafeRawBufferPointer(start: self, count: size))
    return UnsafePointer(copy.baseAddress!.assumingMemoryBound(to: Pointee.self))
  }
}

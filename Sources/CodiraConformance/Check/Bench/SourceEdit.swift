import CodiraModel
import CodiraPluginHost

/// Edits of a sample that its analyzer must see through, made from what it reported.
enum SourceEdit {
  /// Blank lines doubled, two more at the top where nothing forbids it, and one at the end.
  static func moreBlankLines(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = isBoundToItsTop(bytes) ? [] : [10, 10]
    for (index, byte) in bytes.enumerated() {
      result.append(byte)
      if byte == 10, index > 0, bytes[index - 1] == 10 { result.append(10) }
    }
    return result + [10]
  }

  /// The same lines ended by CRLF.
  static func crlf(_ bytes: [UInt8]) -> [UInt8] { bytes.flatMap { $0 == 10 ? [13, 10] : [$0] } }

  /// Whether the first bytes mean something only where they stand: `#!`, front matter, a byte order mark.
  static func isBoundToItsTop(_ bytes: [UInt8]) -> Bool {
    ["#!", "---", "+++", "<?", "\u{FEFF}", "{"].contains { bytes.starts(with: $0.utf8) }
  }

  static func replacing(_ bytes: [UInt8], _ range: Range<Int>, with text: String) -> [UInt8] {
    Array(bytes[..<range.lowerBound]) + Array(text.utf8) + Array(bytes[range.upperBound...])
  }

  /// A macro's name, most often: what it stands for depends on it.
  static func isShouted(_ text: String) -> Bool { !text.utf8.contains { (97...122).contains($0) } }

  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count > 1, !(48...57).contains(first) else { return false }
    return text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
    }
  }
}

extension SourceRange {
  var bytes: Range<Int> { Int(start.offset)..<max(Int(start.offset), Int(end.offset)) }
}

/// One sample, and the definitions in it that an edit may take hold of.
struct EditableSource {
  let sample: CheckSample
  let artifacts: RawArtifacts

  /// Definitions on lines of their own, outside any other but a module: they can be moved and copied whole.
  func movable() -> [Symbol] {
    artifacts.symbols.filter { symbol in
      guard symbol.kind.isCallable || symbol.kind.isType, symbol.kind != .macro, symbol.kind != .extension,
        !symbol.flags.contains(.local), !symbol.flags.contains(.declarationOnly),
        symbol.range.start.column == 1,
        endsItsLine(symbol.range), isPlainlyNamed(symbol)
      else { return false }
      return !artifacts.symbols.contains { other in
        other.id != symbol.id && !other.kind.isNamespace
          && other.range.bytes.contains(symbol.range.bytes.lowerBound)
      }
    }
  }

  /// Whether the name stands in the source as it is, and is not found in it again as another definition's.
  func isPlainlyNamed(_ symbol: Symbol) -> Bool {
    SourceEdit.isIdentifier(symbol.name) && sample.text(symbol.nameRange.bytes) == symbol.name
  }

  func isNameUnique(_ symbol: Symbol) -> Bool { artifacts.symbols.count { $0.name == symbol.name } == 1 }

  /// A name that the source does not hold.
  func freshName(_ name: String) -> String {
    var fresh = name + "Zq"
    while sample.contains(fresh) { fresh += "q" }
    return fresh
  }

  /// References in the body of a callable, inside no other definition there.
  func uses() -> [(reference: Reference, owner: Symbol)] {
    let owners = Dictionary(artifacts.symbols.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return artifacts.references.compactMap { reference in
      // What the language brings along may mean something to the analyzer itself.
      guard reference.role == .call, reference.externalKind == .none, let owner = owners[reference.owner],
        owner.kind.isCallable,
        owner.kind != .macro,
        SourceEdit.isIdentifier(reference.name), !SourceEdit.isShouted(reference.name),
        sample.text(reference.range.bytes) == reference.name
      else { return nil }
      let place = reference.range.bytes.lowerBound
      guard place > owner.nameRange.bytes.upperBound, owner.range.bytes.contains(place) else { return nil }
      let isInner = artifacts.symbols.contains {
        $0.id != owner.id && $0.range.bytes.contains(place) && $0.range.byteCount <= owner.range.byteCount
      }
      return isInner ? nil : (reference, owner)
    }
  }

  /// The bytes that say what a symbol means, in one piece.
  func payload(_ symbol: Symbol) -> [UInt8] {
    symbol.payload.flatMap { sample.bytes[Int($0.start)..<min(Int($0.end), sample.bytes.count)] }
  }

  private func endsItsLine(_ range: SourceRange) -> Bool {
    let end = Int(range.end.offset)
    return end >= sample.bytes.count || sample.bytes[end] == 10 || (end > 0 && sample.bytes[end - 1] == 10)
  }
}

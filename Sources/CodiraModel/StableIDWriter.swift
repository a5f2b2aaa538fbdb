/// Prints stable ids, byte by byte, into one buffer that is used again and again.
///
/// Grammar: `codira_analyzer.h`, "Stable ids". `StableIDParser` reads what this writes.
public struct StableIDWriter {
  public private(set) var bytes: [UInt8] = []

  public init() { bytes.reserveCapacity(256) }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func start(language: String) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: language.utf8)
    bytes.append(UInt8(ascii: " "))
  }

  /// Goes on from an id that was written before.
  public mutating func start(parent: UnsafeRawBufferPointer) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: parent)
  }

  public mutating func append(_ descriptor: StableIDDescriptor) {
    var descriptor = descriptor
    let kind = descriptor.kind
    let mark = descriptor.mark
    descriptor.name.withUTF8 { name in
      descriptor.overload.withUTF8 { overload in
        append(kind, UnsafeRawBufferPointer(name), overload: UnsafeRawBufferPointer(overload), mark: mark)
      }
    }
  }

  public mutating func append(
    _ kind: StableIDDescriptor.Kind, _ name: UnsafeRawBufferPointer,
    overload: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
    mark: StableIDDescriptor.Mark? = nil
  ) {
    switch kind {
    case .namespace:
      append(name: name, mark: mark)
      bytes.append(UInt8(ascii: "/"))
    case .type:
      append(name: name, mark: mark)
      bytes.append(UInt8(ascii: "#"))
    case .term:
      append(name: name, mark: mark)
      bytes.append(UInt8(ascii: "."))
    case .macro:
      append(name: name, mark: mark)
      bytes.append(UInt8(ascii: "!"))
    case .callable:
      append(name: name, mark: nil)
      bytes.append(UInt8(ascii: "("))
      append(overload: overload)
      if let mark { append(mark) }
      bytes.append(UInt8(ascii: ")"))
      bytes.append(UInt8(ascii: "."))
    case .parameter:
      bytes.append(UInt8(ascii: "("))
      append(name: name, mark: mark)
      bytes.append(UInt8(ascii: ")"))
    case .typeParameter:
      bytes.append(UInt8(ascii: "["))
      append(name: name, mark: mark)
      bytes.append(UInt8(ascii: "]"))
    }
  }

  private mutating func append(name: UnsafeRawBufferPointer, mark: StableIDDescriptor.Mark?) {
    if mark == nil, !name.isEmpty, name.allSatisfy(StableID.isSimple) {
      bytes.append(contentsOf: name)
      return
    }
    bytes.append(UInt8(ascii: "`"))
    append(escaped: name)
    if let mark { append(mark) }
    bytes.append(UInt8(ascii: "`"))
  }

  /// Parentheses and back-ticks put the whole into back-ticks; `;` is doubled anywhere.
  private mutating func append(overload: UnsafeRawBufferPointer) {
    let quotes = overload.contains {
      $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "`")
    }
    if quotes {
      bytes.append(UInt8(ascii: "`"))
      append(escaped: overload)
      bytes.append(UInt8(ascii: "`"))
    } else {
      append(escaped: overload)
    }
  }

  private mutating func append(escaped text: UnsafeRawBufferPointer) {
    for byte in text {
      bytes.append(byte)
      if byte == UInt8(ascii: "`") || byte == UInt8(ascii: ";") { bytes.append(byte) }
    }
  }

  private mutating func append(_ mark: StableIDDescriptor.Mark) {
    bytes.append(UInt8(ascii: ";"))
    switch mark {
    case .ordinal(let ordinal):
      bytes.append(UInt8(ascii: "+"))
      bytes.append(contentsOf: String(ordinal).utf8)
    case .role(let role): bytes.append(contentsOf: role.utf8)
    }
  }
}

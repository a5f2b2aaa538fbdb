import CodiraDigest
import CodiraModel
import Testing

@Suite struct ContentHashTests {
  static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func hashesKnownBytes() {
    #expect(SHA256.hash(Array("abc".utf8)).hex == Self.abc)
    #expect(
      SHA256.hash([UInt8]()).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func readsHexOfEitherCaseAndNothingElse() {
    #expect(ContentHash(hex: Self.abc) == SHA256.hash(Array("abc".utf8)))
    #expect(ContentHash(hex: Self.abc.uppercased())?.hex == Self.abc)
    for bad in ["", "ab", Self.abc + "00", String(Self.abc.dropLast()), Self.abc.dropLast() + "g"] {
      #expect(ContentHash(hex: bad) == nil, "\(bad)")
    }
  }

  @Test func ordersAsItsBytes() {
    let zeros = [UInt8](repeating: 0, count: 32)
    for place in 0..<32 {
      var bytes = zeros
      bytes[place] = 200
      var later = bytes
      later[place] = 201
      #expect(ContentHash(bytes: zeros) < ContentHash(bytes: bytes))
      #expect(ContentHash(bytes: bytes) < ContentHash(bytes: later))
      #expect(ContentHash(bytes: bytes).withUnsafeBytes { Array($0) } == bytes)
    }
  }

  @Test func aFileThatIsAbsentIsAFact() {
    #expect(throws: DigestError.unreadable(path: "/nonexistent/file", errno: 2)) {
      try SHA256.hash(fileAt: "/nonexistent/file")
    }
  }
}

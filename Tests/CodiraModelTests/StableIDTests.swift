import CodiraModel
import Testing

struct StableIDTests {
  typealias Descriptor = StableIDDescriptor

  @Test(arguments: [
    ("python requests/sessions/Session#get().", "get"),
    ("c redisCommand().", "redisCommand"),
    ("c src/`util.c`/helper().", "helper"),
    ("java com/google/gson/Gson#toJson(Object,Type).", "toJson"),
    ("python app/Box#size(;setter).", "size"),
    ("python app/`LIMIT;+1`.", "LIMIT"),
    ("rust serde/de/impl#[E][`From<io::Error>`]from().", "from"),
    ("c a/`x``y;;z;+2`!", "x`y;z"),
    ("cpp f(`void (*)(int)`;+1).", "f"),
    ("python `my module`/", "my module"),
  ])
  func printsWhatItParsed(_ text: String, name: String) throws {
    let id = StableID(text)
    let (language, descriptors) = try id.parse()
    #expect(StableID(language: language, descriptors) == id)
    #expect(descriptors.last?.name == name)
    #expect(StableID.lastName(of: text) == name)
  }

  @Test func theRootOfALanguageHasNoDescriptors() throws {
    let (language, descriptors) = try StableID("c ").parse()
    #expect(language == "c")
    #expect(descriptors.isEmpty)
  }

  @Test(arguments: [
    "", "python", " a.", "Python a.", "c a", "c `a`.", "c a b.", "c ``.", "c `a b.", "c a(", "c a()",
    "c a(;).",
    "c a(;+0).", "c a(;+01).", "c `a;`.", "c `a;+1`().", "c /", "c a//", "c `a;+1x`.", "c (a", "c [a)",
  ])
  func refusesWhatTheGrammarDoesNotAllow(_ text: String) {
    #expect(!StableID(text).isWellFormed)
  }

  @Test func roundTripsRandomDescriptors() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    for _ in 0..<5_000 {
      let descriptors = (0..<Int.random(in: 0...6, using: &random)).map { _ in descriptor(using: &random) }
      let id = StableID(language: "x-1", descriptors)
      let parsed = try? id.parse()
      try #require(parsed?.descriptors == descriptors, "seed \(seed), id \(id)")
      if let last = descriptors.last {
        try #require(StableID.lastName(of: id.text) == last.name, "seed \(seed), id \(id)")
      }
    }
  }

  private func descriptor(using random: inout SplitMix) -> Descriptor {
    let kind = Descriptor.Kind.allCases.randomElement(using: &random)!
    let mark: Descriptor.Mark? =
      switch Int.random(in: 0...3, using: &random) {
      case 0: .ordinal(Int.random(in: 1...99, using: &random))
      case 1: .role(["setter", "static", "a-b$"].randomElement(using: &random)!)
      default: nil
      }
    let overload = kind == .callable ? text(0...8, using: &random) : ""
    return Descriptor(kind, text(1...8, using: &random), overload: overload, mark: mark)
  }

  private func text(_ length: ClosedRange<Int>, using random: inout SplitMix) -> String {
    let alphabet: [Character] = [
      "a", "Z", "0", "_", "+", "-", "$", "`", ";", "(", ")", "/", "#", ".", " ", "é", "漢", "\u{0}",
    ]
    return String(
      (0..<Int.random(in: length, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
  }
}

/// A small generator with a printable seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

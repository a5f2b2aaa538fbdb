import CodiraAnalyzerKit

/// Macros that are replaced before the parse, by name: those of well-known libraries and of the configuration.
struct MacroTable {
  struct Macro {
    /// `$1`, `$2`, … are its arguments; `$0` all of them.
    var replacement: [UInt8]
    /// It is a macro only with parentheses behind it.
    var takesArguments: Bool
  }

  static let configurationSchema = """
    {"type":"object","additionalProperties":false,"properties":{"macros":{"type":"object",\
    "description":"Macros to replace before parsing: a name, or a name and `()` for one with arguments; `$1` is the \
    first.","additionalProperties":{"type":"string"}}}}
    """

  private var macros: [[UInt8]: Macro] = [:]
  private var lengths: Set<Int> = []

  init(configuration: Text) throws(AnalyzerError) {
    for (name, replacement) in Self.known { add(Array(name.utf8), Array(replacement.utf8)) }
    var reader = ConfigurationReader(configuration)
    for (name, replacement) in try reader.macros() { add(name, replacement) }
    lengths = Set(macros.keys.map(\.count))
  }

  private mutating func add(_ name: [UInt8], _ replacement: [UInt8]) {
    let takesArguments = name.suffix(2).elementsEqual("()".utf8)
    let bare = takesArguments ? Array(name.dropLast(2)) : name
    macros[bare] = Macro(
      replacement: replacement, takesArguments: takesArguments || replacement.contains(UInt8(ascii: "$")))
  }

  /// One that a file defines itself; those of the table and the configuration come first.
  mutating func addOwn(_ name: [UInt8], _ replacement: [UInt8]) {
    guard macros[name] == nil else { return }
    macros[name] = Macro(replacement: replacement, takesArguments: false)
    lengths.insert(name.count)
  }

  subscript(name: Text) -> Macro? {
    guard lengths.contains(name.count) else { return nil }
    return macros[Array(name.bytes)]
  }

  /// What the macros of GoogleTest, GoogleMock and Qt stand for, as far as a reader of one file needs it.
  private static let known: [(String, String)] = [
    ("TEST()", "class $1_$2_Test : public ::testing::Test { void TestBody(); }; void $1_$2_Test::TestBody()"),
    ("TEST_F()", "class $1_$2_Test : public $1 { void TestBody(); }; void $1_$2_Test::TestBody()"),
    ("TEST_P()", "class $1_$2_Test : public $1 { void TestBody(); }; void $1_$2_Test::TestBody()"),
    ("TYPED_TEST()", "class $1_$2_Test : public $1 { void TestBody(); }; void $1_$2_Test::TestBody()"),
    ("TYPED_TEST_P()", "class $1_$2_Test : public $1 { void TestBody(); }; void $1_$2_Test::TestBody()"),
    (
      "GTEST_TEST()",
      "class $1_$2_Test : public ::testing::Test { void TestBody(); }; void $1_$2_Test::TestBody()"
    ),
    ("MOCK_METHOD()", "$1 $2$3; ::testing::MockSpec gmock_$2(...);"),
    ("MOCK_CONST_METHOD0()", "auto $1() const; ::testing::MockSpec gmock_$1(...);"),
    ("MOCK_METHOD0()", "auto $1(); ::testing::MockSpec gmock_$1(...);"),
    ("MOCK_METHOD1()", "auto $1(...); ::testing::MockSpec gmock_$1(...);"),
    ("MOCK_METHOD2()", "auto $1(...); ::testing::MockSpec gmock_$1(...);"),
    ("MOCK_METHOD3()", "auto $1(...); ::testing::MockSpec gmock_$1(...);"),
    ("MOCK_METHOD4()", "auto $1(...); ::testing::MockSpec gmock_$1(...);"),
    ("MATCHER()", "auto $1()"),
    ("MATCHER_P()", "template <class A> auto $1(A $2)"),
    ("MATCHER_P2()", "template <class A, class B> auto $1(A $2, B $3)"),
    ("MATCHER_P3()", "template <class A, class B, class C> auto $1(A $2, B $3, C $4)"),
    ("ACTION()", "auto $1()"),
    ("ACTION_P()", "template <class A> auto $1(A $2)"),
    ("ACTION_P2()", "template <class A, class B> auto $1(A $2, B $3)"),
    ("ACTION_P3()", "template <class A, class B, class C> auto $1(A $2, B $3, C $4)"),
    ("Q_OBJECT", ""), ("Q_GADGET", ""), ("Q_NAMESPACE", ""), ("Q_INVOKABLE", ""), ("Q_SLOT", ""),
    ("Q_SIGNAL", ""), ("Q_EMIT", ""), ("Q_SIGNALS", "public"), ("Q_SLOTS", ""), ("Q_PROPERTY()", ""),
    ("Q_DISABLE_COPY()", ""), ("Q_DISABLE_COPY_MOVE()", ""), ("Q_ENUM()", ""), ("Q_FLAG()", ""),
    ("Q_DECLARE_PRIVATE()", ""), ("Q_DECLARE_PUBLIC()", ""), ("Q_DECLARE_FLAGS()", "using $1 = int;"),
    ("Q_INTERFACES()", ""), ("Q_CLASSINFO()", ""), ("Q_PLUGIN_METADATA()", ""),
    ("Q_FOREACH()", "for ($1 : $2)"),
  ]
}

/// Reads `{"macros": {"NAME": "replacement"}}`; other members are the host's to refuse.
private struct ConfigurationReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ text: Text) { bytes = text.bytes }

  mutating func macros() throws(AnalyzerError) -> [([UInt8], [UInt8])] {
    var found: [([UInt8], [UInt8])] = []
    guard skip(to: UInt8(ascii: "{")) else { return [] }
    while let key = try string() {
      guard skip(to: UInt8(ascii: ":")) else { throw AnalyzerError("the configuration is no JSON object") }
      guard key.elementsEqual("macros".utf8) else {
        throw AnalyzerError("the configuration knows `macros` alone")
      }
      guard skip(to: UInt8(ascii: "{")) else { throw AnalyzerError("`macros` is an object of texts") }
      while let name = try string() {
        guard skip(to: UInt8(ascii: ":")), let replacement = try string() else {
          throw AnalyzerError("`macros` is an object of texts")
        }
        found.append((name, replacement))
        if !skip(to: UInt8(ascii: ",")) { break }
      }
      guard skip(to: UInt8(ascii: "}")) else { throw AnalyzerError("`macros` is an object of texts") }
      if !skip(to: UInt8(ascii: ",")) { break }
    }
    return found
  }

  private mutating func skip(to byte: UInt8) -> Bool {
    while place < bytes.count, Text.isSpace(bytes[place]) { place += 1 }
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func string() throws(AnalyzerError) -> [UInt8]? {
    guard skip(to: UInt8(ascii: "\"")) else { return nil }
    var text: [UInt8] = []
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count {
        place += 1
        switch bytes[place] {
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"): text.append(0x20)
        case UInt8(ascii: "u"): throw AnalyzerError("write characters in `macros` as they are, not as \\u")
        default: text.append(bytes[place])
        }
      } else {
        text.append(bytes[place])
      }
      place += 1
    }
    guard place < bytes.count else { throw AnalyzerError("the configuration ends inside a text") }
    place += 1
    return text
  }
}

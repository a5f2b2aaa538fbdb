import CodiraAnalyzerKit

/// What C++ converts an argument to, and how it is passed.
///
/// A row to a text with `?` in it says how well a value written so goes to a parameter written so, `?` standing for the
/// type's name: 0 as it is, 1 with a `const` more. From nothing: what a conversion gives. `;of:const` is what a member
/// is called on, against what stands behind the parameters in an id (`;`: nothing).
enum Conversions {
  static var table: [AnalyzerDescription.Conversion] {
    var table: [AnalyzerDescription.Conversion] = []
    func add(_ from: String, _ to: String, _ phase: UInt32 = 0) {
      table.append(.init(from: from, to: to, phase: phase))
    }
    for (from, to, phase) in passing { add(from, to, phase) }
    for type in arithmetic {
      add(type, type)
      for promoted in promotions[type] ?? [] { add(type, promoted) }
      for other in arithmetic where other != type && promotions[type]?.contains(other) != true {
        add(type, other, 1)
      }
    }
    for pointer in ["?*", "const ?*"] {
      add(pointer, "bool", 1)
      add(pointer, "void", 1)
    }
    for wide in ["", "w"] {
      for (from, bases) in streams {
        for base in [from] + bases { add(wide + from, wide + base) }
      }
      for type in ["string", "string_view"] {
        add(wide + type, wide + type)
        add(wide.isEmpty ? "const char*" : "const wchar_t*", wide + type, 7)
      }
      add(wide + "string", wide + "string_view", 7)
    }
    return table
  }

  private static let passing: [(String, String, UInt32)] = [
    ("?&", "?", 0), ("?&", "?&", 0), ("?&", "const ?&", 1),
    ("const ?&", "?", 0), ("const ?&", "const ?&", 0),
    ("?&&", "?", 0), ("?&&", "?&&", 0), ("?&&", "const ?&&", 0), ("?&&", "const ?&", 1),
    ("?", "?", 0), ("?", "?&", 0), ("?", "const ?&", 0), ("?", "?&&", 0), ("?", "const ?&&", 0),
    ("", "?", 0), ("", "const ?&", 1), ("", "?&&", 0),
    ("?*", "?*", 0), ("?*", "const ?*", 1), ("?*", "?*&", 0), ("?*", "?*const&", 0),
    ("const ?*", "const ?*", 0), ("const ?*", "const ?*&", 0),
    ("?**", "?**", 0), ("?**", "const ?**", 1), ("const ?**", "const ?**", 0),
    (";null", "?*", 0), (";null", "const ?*", 0), (";null", "?**", 0), (";null", "const ?**", 0),
    (";of:", ";", 0), (";of:", "&", 0), (";of:", "const", 1), (";of:", "const,&", 1),
    (";of:const", "const", 0), (";of:const", "const,&", 0), (";of:const", ";", 5),
  ]

  private static let streams: [(String, [String])] = [
    ("ifstream", ["istream", "ios"]), ("ofstream", ["ostream", "ios"]),
    ("fstream", ["iostream", "istream", "ostream", "ios"]), ("istringstream", ["istream", "ios"]),
    ("ostringstream", ["ostream", "ios"]), ("stringstream", ["iostream", "istream", "ostream", "ios"]),
    ("iostream", ["istream", "ostream", "ios"]), ("istream", ["ios"]), ("ostream", ["ios"]),
  ]

  private static let arithmetic = [
    "bool", "char", "signed char", "unsigned char", "wchar_t", "char16_t", "char32_t", "short",
    "unsigned short",
    "int", "unsigned int", "long", "unsigned long", "long long", "unsigned long long", "float", "double",
    "long double",
  ]

  private static let promotions = [
    "bool": ["int"], "char": ["int"], "signed char": ["int"], "unsigned char": ["int"], "short": ["int"],
    "unsigned short": ["int"], "float": ["double"],
  ]
}

/// Arithmetic types by the names that code gives them, where `long` has 64 bits.
enum Arithmetic {
  static func canonical(_ name: Text) -> Text? { names[name] }

  private static let names: [Text: Text] = [
    "unsigned": "unsigned int", "signed": "int", "signed int": "int", "long int": "long",
    "unsigned long int": "unsigned long", "long unsigned int": "unsigned long",
    "long unsigned": "unsigned long",
    "long long int": "long long", "unsigned long long int": "unsigned long long",
    "long long unsigned int": "unsigned long long", "short int": "short",
    "unsigned short int": "unsigned short",
    "size_t": "unsigned long", "ssize_t": "long", "ptrdiff_t": "long", "intptr_t": "long",
    "uintptr_t": "unsigned long", "int8_t": "signed char", "uint8_t": "unsigned char", "int16_t": "short",
    "uint16_t": "unsigned short", "int32_t": "int", "uint32_t": "unsigned int", "int64_t": "long",
    "uint64_t": "unsigned long", "streamsize": "long", "streamoff": "long",
  ]
}

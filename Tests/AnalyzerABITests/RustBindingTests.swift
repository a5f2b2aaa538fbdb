import CodiraTestSupport
import Foundation
import Testing

/// `codira_analyzer.rs` is the header in Rust: every struct has its size, every field its place, every name its value.
@Suite("codira_analyzer.rs")
struct RustBindingTests {
  private let header: String
  private let layout: String

  init() throws {
    let text = try Checkout.text("Sources/CCodiraAnalyzer/include/codira_analyzer.h")
    header = text.replacing(/\/\*(?:.|\n)*?\*\//, with: "")
    layout = try Checkout.text("Sources/CCodiraAnalyzer/codira_analyzer.c")
  }

  @Test("has the layout and the values of the header")
  func equalsTheHeader() throws {
    let run = try compileAndRun("")
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output == "\(checks.count) checks\n")
  }

  @Test("a moved field and a wrong value are found")
  func findsDifferences() throws {
    for change in ["    pub column: u32,\n", "CODIRA_KIND_MODULE: u32 = 1;"] {
      let run = try compileAndRun(change)
      #expect(run.status != 0, "\(change)")
    }
  }

  /// What the program below checks, made of the header and of the file that pins its layout.
  private var checks: [String] {
    var checks: [String] = []
    for found in layout.matches(of: /\nSIZE\((\w+), (\d+)\)/) {
      checks.append("assert_eq!(std::mem::size_of::<\(found.1)>(), \(found.2), \"\(found.1)\");")
    }
    for found in layout.matches(of: /\nFIELD\((\w+), (\w+), (\d+)\)/) {
      let field = found.2 == "match" ? "r#match" : String(found.2)
      checks.append("assert_eq!(offset!(\(found.1), \(field)), \(found.3), \"\(found.1).\(found.2)\");")
    }
    for found in header.matches(of: /(CODIRA_[A-Z0-9_]+) = (\d+)/) {
      checks.append("assert_eq!(\(found.1) as i64, \(found.2), \"\(found.1)\");")
    }
    for found in header.matches(of: /#define (CODIRA_[A-Z0-9_]+) (\d+)u/) {
      checks.append("assert_eq!(\(found.1) as i64, \(found.2), \"\(found.1)\");")
    }
    for found in header.matches(of: /#define (CODIRA_[A-Z0-9_]+) ("[^"\n]*")/) {
      checks.append("assert_eq!(unsafe { \(found.1).bytes() }, b\(found.2), \"\(found.1)\");")
    }
    return checks
  }

  @Test("checks all that the header has")
  func checksAll() {
    let structs = header.matches(of: /typedef struct \w+ \{/).count
    let fields = layout.matches(of: /\nFIELD\(/).count
    let constants = Set(header.matches(of: /\bCODIRA_[A-Z0-9_]+\b/).map { String($0.0) })
      .subtracting(["CODIRA_ANALYZER_H", "CODIRA_EXPORT"])
    #expect(structs >= 19 && fields > 100)
    #expect(checks.count == structs + fields + constants.count)
  }

  /// A program that includes the binding, with the line `removed` changed in it.
  private func compileAndRun(_ removed: String) throws -> ToolRun {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-rust-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let binding = try Checkout.text("Plugins/Bindings/codira_analyzer.rs")
    let changed =
      removed.isEmpty
      ? binding
      : binding.replacing(
        removed, with: removed.replacing("u32 = 1", with: "u32 = 2").replacing("u32,", with: "u64,"))
    #expect(removed.isEmpty || changed != binding, "\(removed) is not in the binding")
    try Data(changed.utf8).write(to: folder.appendingPathComponent("codira_analyzer.rs"))
    try Data(program.utf8).write(to: folder.appendingPathComponent("main.rs"))
    return try ToolRun(
      "sh", "-c", "cd \"$0\" && rustc --edition 2021 main.rs 2>&1 && ./main 2>&1", folder.path)
  }

  private var program: String {
    """
    #[allow(dead_code, non_camel_case_types)]
    mod codira {
        include!("codira_analyzer.rs");
    }
    use codira::*;

    macro_rules! offset {
        ($name:ident, $field:ident) => {{
            let place = std::mem::MaybeUninit::<$name>::uninit();
            let start = place.as_ptr();
            let field = unsafe { std::ptr::addr_of!((*start).$field) };
            field as usize - start as usize
        }};
    }

    fn main() {
        \(checks.joined(separator: "\n    "))
        println!("\(checks.count) checks");
    }

    """
  }
}

import Foundation
import Testing

/// Every `--json` answer satisfies the schema that ships in `docs/schema`.
@Suite struct AnswerSchemaTests {
  private let schema = try! JSONSchema("answers")

  /// Arguments and the exit status they must end with.
  private static let questions: [(words: String, status: Int32)] = [
    ("status", 0), ("index --no-embeddings --no-git", 0), ("index --dry-run --no-embeddings --no-git", 0),
    ("explain shop/cart.py", 0), ("explain Cart", 0), ("gc --dry-run", 0),
    ("search cart", 0), ("search --lexical put an item", 0), ("search zzzzqqqq", 1),
    ("search --kind method --language python --path shop add", 0), ("search --limit 1 add", 0),
    ("symbol Cart", 0), ("symbol total", 0), ("symbol add", 0), ("symbol Cart.add", 0), ("symbol CART", 0),
    ("symbol unused", 0), ("symbol Crat", 1), ("symbol Cart --kind function", 1), ("sym run", 0),
    ("symbols", 0), ("symbols --kind class", 0), ("symbols --kind type --limit 1", 0),
    ("symlist --path nowhere", 1), ("symbols port", 0),
    ("search --code return_total(items)", 0), ("search --code ()", 1), ("docs cart", 0),
    ("docs cart --limit 1", 0),
    ("docs zzzzqqqq", 1), ("docs cart --path shop", 1), ("similar Crat", 1), ("similar add", 0),
    ("outline shop/cart.py", 0), ("outline settings.ini", 0), ("outline shop/cart.py --all", 0),
    ("embeddings", 1), ("emb", 1), ("capabilities", 0), ("caps", 0),
    ("capabilities python", 0), ("coverage --no-git", 0), ("cov --no-git --all shop", 0),
    ("coverage --no-git --require", 0), ("coverage --no-git --require --suffix .py", 0),
    ("calls total", 0), ("calls run --depth 3 --ambiguous", 0), ("calls total --callers --unresolved", 0),
    ("calls Cart.checkout --callees --limit 1", 0), ("calls unused", 1), ("calls add", 0), ("calls Crat", 1),
    ("refs total", 0), ("refs total --role imports", 0), ("refs unused --unresolved", 1),
    ("implementations Cart", 1), ("hierarchy Cart", 1), ("hierarchy total", 1), ("hierarchy Cart.add", 1),
    ("impact total", 0), ("impact Cart --depth 1", 0), ("impact total --tests", 1), ("impact unused", 1),
    ("path run total", 0), ("path total run", 1), ("path run nothing", 1), ("path run add", 0),
    ("graph", 0), ("graph --by folder --links", 0), ("graph --by file --role imports", 0),
    ("graph --path nowhere", 1),
    ("context run", 0), ("ctx put an item into the cart --budget 300", 0), ("context zzzzqqqq", 1),
    ("context Cart --path shop --format json", 0), ("map", 0), ("map --budget 300", 0),
    ("map --path nowhere", 1),
    ("mcp config codex", 0), ("mcp config zed", 0),
    ("config", 0), ("config list", 0), ("config get search.limit", 0), ("config path", 0),
    ("model list", 1), ("model verify", 1), ("plugins list", 0), ("plugins check --list", 0),
    ("plugins check --list --rule linear-time", 0), ("doctor", 0),
    ("plugins info python", 0), ("plugins info settings.ini", 0), ("plugins disable python", 0),
    ("plugins list", 0), ("doctor", 0), ("explain shop/cart.py", 0), ("plugins enable python", 0),
    ("plugins enable python", 0),
    ("plugins new toy --language c", 0),
  ]

  /// Arguments, exit status and error code.
  private static let mistakes: [(words: String, status: Int32, code: String)] = [
    ("outline nowhere.py", 1, "unknown_file"), ("search --semantic cart", 2, "no_vectors"),
    ("embeddings cart", 2, "no_vectors"), ("similar total", 2, "no_vectors"), ("docs", 2, "usage"),
    ("search --code --questions x", 2, "usage"), ("similar", 2, "usage"), ("search", 2, "usage"),
    ("frobnicate", 2, "usage"),
    ("search --lexical --semantic x", 2, "usage"), ("search --limit 0 x", 2, "usage"),
    ("search --kind klass x", 2, "bad_value"), ("config get nothing", 2, "unknown_key"),
    ("refs total --role klass", 2, "bad_value"), ("calls", 2, "usage"), ("calls x --depth 0", 2, "usage"),
    ("calls x --callers --callees", 2, "usage"), ("graph --by klass", 2, "usage"),
    ("graph --kind class", 2, "usage"), ("path run", 2, "usage"),
    ("context", 2, "usage"), ("context run --budget 1", 2, "usage"), ("context run --format pdf", 2, "usage"),
    ("context --diff", 2, "no_revision"), ("context --diff a b", 2, "usage"), ("map --budget 0", 2, "usage"),
    ("mcp config emacs", 2, "usage"), ("mcp --tools none", 2, "usage"),
    ("plugins info nothing", 1, "unknown_plugin"), ("plugins info nothing.so", 2, "no_file"),
    ("plugins install nothing.so", 2, "no_file"), ("plugins install http://host/a.so", 2, "not_a_file"),
    ("plugins install settings.ini", 2, "plugin_refused"), ("plugins remove python", 2, "not_removable"),
    ("plugins remove nothing", 1, "unknown_plugin"), ("plugins disable nothing", 1, "unknown_plugin"),
    ("plugins enable nothing", 1, "unknown_plugin"), ("capabilities nothing", 1, "unknown_analyzer"),
    ("coverage --no-git nowhere", 1, "no_files"), ("coverage --no-git /", 2, "outside"),
    ("coverage --at-least 101", 2, "usage"),
    ("plugins run nowhere.so README.md", 2, "no_file"), ("plugins run -", 2, "usage"),
    ("plugins test nowhere", 2, "no_file"), ("plugins check nowhere.so", 2, "no_file"),
    ("plugins check", 2, "usage"), ("plugins check --list --rule linear", 2, "bad_value"),
    ("symbol", 2, "usage"), ("model verify nothing", 2, "no_model"), ("model install nowhere", 2, "no_file"),
    ("model bench nothing", 2, "no_model"), ("model bench --seconds 0", 2, "usage"),
    ("model bench --threads 2000", 2, "usage"),
    ("plugins new Toy --language c", 2, "bad_value"), ("plugins new toy --language perl", 2, "usage"),
    ("plugins new toy --language c --directory shop", 2, "not_empty"),
    ("plugins new toy --language c --suffix toy", 2, "bad_value"),
    ("status --index elsewhere", 3, "no_index"), ("search x --index elsewhere", 3, "no_index"),
    ("status -C nowhere", 2, "no_folder"),
    ("index --no-embeddings --no-git --plugin nowhere.so", 2, "plugin_refused"),
  ]

  private func documented() throws -> SampleRepository {
    let repository = try SampleRepository()
    try repository.write("README.md", "# Shop\n\nHow a cart is filled.\n\n## Prices\n\nWhat a cart costs.\n")
    return repository
  }

  @Test func answersSatisfyTheSchema() throws {
    let repository = try documented()
    for (words, status) in Self.questions {
      let outcome = try repository.run(words.split(separator: " ").map(String.init) + ["--json"])
      let answer = try outcome.json()
      let command = (answer["command"] as? String ?? "").replacingOccurrences(of: " ", with: "_")
      #expect(outcome.status == status, "\(words): \(outcome.output)\(outcome.errors)")
      #expect(schema.has(command), "\(words): no schema for \(command)")
      #expect(schema.violations(of: command, by: answer) == [], "\(words)")
      #expect(outcome.output.hasSuffix("}\n") && outcome.output.split(separator: "\n").count == 1, "\(words)")
    }
  }

  @Test func errorsSatisfyTheSchema() throws {
    let repository = try SampleRepository()
    for (words, status, code) in Self.mistakes {
      let arguments = words.split(separator: " ").map(String.init)
      let outcome = try repository.run(arguments + ["--json"])
      let answer = try outcome.json()
      #expect(outcome.status == status, "\(words)")
      #expect(schema.violations(of: "error", by: answer) == [], "\(words)")
      #expect((answer["error"] as? [String: Any])?["code"] as? String == code, "\(words): \(outcome.output)")
      let text = try repository.run(arguments)
      #expect(text.status == status && text.output.isEmpty && text.errors.hasPrefix("codira: "), "\(words)")
    }
  }

  @Test func textAndJSONEndAlike() throws {
    let repository = try documented()
    for (words, status) in Self.questions {
      let outcome = try repository.run(words.split(separator: " ").map(String.init))
      #expect(outcome.status == status, "\(words): \(outcome.errors)")
      #expect(!outcome.output.contains("\u{1B}"), "\(words): colors without a terminal")
    }
  }

  @Test func exportSatisfiesItsSchema() throws {
    let schema = try JSONSchema("export")
    let repository = try SampleRepository()
    let outcome = try repository.run("export")
    #expect(outcome.status == 0)
    var types: [String] = []
    for line in outcome.output.split(separator: "\n") {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as! [String: Any]
      let type = record["type"] as? String ?? ""
      #expect(line.hasPrefix("{\"type\":\"\(type)\","))
      #expect(schema.violations(of: type, by: record) == [])
      if types.last != type { types.append(type) }
    }
    #expect(types == types.sorted() && Set(types).isSuperset(of: ["file", "reference", "symbol"]))
    #expect(try repository.run("export").output == outcome.output)
  }
}

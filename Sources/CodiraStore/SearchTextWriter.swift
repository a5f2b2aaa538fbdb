import CodiraModel
import GRDB

/// Keeps the full-text entries: what goes in must be given again to take it out, so both are one function of
/// what is stored beside them.
struct SearchTextWriter {
  private let insertText: SQLStatement
  private let deleteText: SQLStatement

  init(_ database: Database) throws {
    insertText = try SQLStatement(
      database,
      """
      INSERT INTO unit_text (rowid, name, qualified_name, signature, documentation, body)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    deleteText = try SQLStatement(
      database,
      """
      INSERT INTO unit_text (unit_text, rowid, name, qualified_name, signature, documentation, body)
      VALUES ('delete', ?, ?, ?, ?, ?, ?)
      """)
  }

  func insert(_ symbol: Symbol, id: Int64, payload: [UInt8]?) throws {
    try run(insertText, symbol, id: id, payload: payload)
  }

  func delete(_ symbol: Symbol, id: Int64, payload: [UInt8]?) throws {
    try run(deleteText, symbol, id: id, payload: payload)
  }

  func insert(chunk id: Int64, names: [String], payload: [UInt8]) throws {
    try run(insertText, chunk: id, names: names, payload: payload)
  }

  func delete(chunk id: Int64, names: [String], payload: [UInt8]) throws {
    try run(deleteText, chunk: id, names: names, payload: payload)
  }

  func insert(file path: RepositoryPath, id: Int64) throws { try run(insertText, file: path, id: id) }

  func delete(file path: RepositoryPath, id: Int64) throws { try run(deleteText, file: path, id: id) }

  /// Imports, and locals that are no callables or types, would only repeat what their scope says.
  private func isSearchable(_ symbol: Symbol, hasPayload: Bool) -> Bool {
    hasPayload || (symbol.kind != .import && !symbol.flags.contains(.local))
  }

  private func run(_ statement: SQLStatement, _ symbol: Symbol, id: Int64, payload: [UInt8]?) throws {
    guard isSearchable(symbol, hasPayload: payload != nil) else { return }
    statement.bind(1, id)
    statement.bind(2, SearchText.stored(symbol.name))
    bind(statement, 3, symbol.qualifiedName)
    bind(statement, 4, symbol.signature)
    bind(statement, 5, symbol.documentation)
    bind(statement, 6, payload)
    try statement.run()
  }

  private func run(_ statement: SQLStatement, chunk id: Int64, names: [String], payload: [UInt8]) throws {
    statement.bind(1, id)
    statement.bind(2, names.map { SearchText.stored($0) }.joined(separator: " "))
    for column in 3...5 as ClosedRange<Int32> { statement.bindNull(column) }
    bind(statement, 6, payload)
    try statement.run()
  }

  /// A file's stem is its name, the folders around it and its suffix are its qualified name.
  private func run(_ statement: SQLStatement, file path: RepositoryPath, id: Int64) throws {
    let name = path.name
    let stem = name.dropFirst().firstIndex(of: ".").map { name[..<$0] } ?? name[...]
    statement.bind(1, UnitID.wholeFile(id))
    statement.bind(2, SearchText.stored(String(stem)))
    bind(statement, 3, path.text)
    for column in 4...6 as ClosedRange<Int32> { statement.bindNull(column) }
    try statement.run()
  }

  private func bind(_ statement: SQLStatement, _ column: Int32, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      SearchText.withSplit(UnsafeRawBufferPointer(bytes)) { statement.bind(column, text: $0) }
    }
  }

  /// The excerpt: a payload's last line.
  private func bind(_ statement: SQLStatement, _ column: Int32, _ payload: [UInt8]?) {
    guard let payload else { return statement.bindNull(column) }
    payload.withUnsafeBytes { bytes in
      let start = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
      SearchText.withSplit(UnsafeRawBufferPointer(rebasing: bytes[start...])) {
        statement.bind(column, text: $0)
      }
    }
  }
}

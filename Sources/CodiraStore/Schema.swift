import CodiraModel
import GRDB

/// The tables of `index.db` and their versions.
///
/// History: 1: files, symbols, packed references with posting buckets, payloads, vectors, full text.
/// 2: references that can be passed over, descriptors with the languages of suffixes: what analyzers reported
/// is forgotten and read anew, payloads and vectors stay. 3: files without an analyzer are chunks of text, full
/// text has stems and split identifiers and a row for every file; read anew likewise.
package enum Schema {
  package static let version = 3
  /// `CODI`, so that `file(1)` and we can tell the database from any other.
  static let applicationID = 0x434F_4449

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(sql: tables)
      try database.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { database in
      try StructureWriter.clear(database)
      try database.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3") { database in
      try database.execute(sql: "DROP TABLE IF EXISTS symbol_text")
      try database.execute(sql: units)
      try StructureWriter.clear(database)
      try database.execute(sql: "PRAGMA user_version = 3")
    }
    return migrator
  }

  /// Built after the rows on a first run: a sorted build is several times faster than keeping them up.
  static let lookups = [
    ("symbols_by_id", "symbols(id_key)"),
    ("symbols_by_name", "symbols(name_key)"),
    ("symbols_by_parent", "symbols(parent_key, name_key)"),
    ("symbols_by_payload", "symbols(payload) WHERE payload IS NOT NULL"),
    ("chunks_by_payload", "chunks(payload)"),
    ("payloads_by_hash", "payloads(hash)"),
    // Few of a parent's children are one of these, and the resolver asks of every type and namespace.
    ("symbols_extending", "symbols(parent_key) WHERE \(isExtension)"),
    ("symbols_wildcard", "symbols(parent_key) WHERE \(isWildcard)"),
  ]

  static let isExtension = "kind = \(SymbolKind.extension.rawValue)"
  static let isWildcard = "flags & \(SymbolFlags.wildcard.rawValue) <> 0"

  /// Since version 3.
  private static let units = """
    -- Parts of files that no analyzer read; id = file << 20 | 0xF0000 + ordinal.
    CREATE TABLE chunks (
      id INTEGER PRIMARY KEY, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL, names TEXT NOT NULL,
      payload INTEGER NOT NULL) STRICT;

    -- One row for every symbol, chunk and file: what `UnitID` numbers.
    CREATE VIRTUAL TABLE unit_text USING fts5(
      name, qualified_name, signature, documentation, body,
      content = '', detail = full, tokenize = 'porter unicode61 remove_diacritics 2');
    """

  private static let tables = """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

    -- One row for every analyzer binary, configuration and project view that current files were read with.
    CREATE TABLE analyzers (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, digest BLOB NOT NULL,
      configuration BLOB NOT NULL, project BLOB NOT NULL, descriptor BLOB NOT NULL) STRICT;

    CREATE TABLE files (
      id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, status INTEGER NOT NULL, language TEXT NOT NULL,
      analyzer INTEGER, content BLOB, stat BLOB, timeouts INTEGER NOT NULL,
      error_code TEXT, error_message TEXT, diagnostics BLOB, symbol_count INTEGER NOT NULL,
      reference_count INTEGER NOT NULL, generation INTEGER NOT NULL, reason INTEGER NOT NULL) STRICT;

    -- id = file << 20 | ordinal: the symbols of a file lie together, in the analyzer's order.
    CREATE TABLE symbols (
      id INTEGER PRIMARY KEY, id_key INTEGER NOT NULL, name_key INTEGER NOT NULL, parent_key INTEGER NOT NULL,
      stable_id TEXT NOT NULL, parent_id TEXT NOT NULL, kind INTEGER NOT NULL, visibility INTEGER NOT NULL,
      flags INTEGER NOT NULL, name TEXT NOT NULL, qualified_name TEXT NOT NULL, signature TEXT NOT NULL,
      documentation TEXT NOT NULL, places BLOB NOT NULL, parameters_min INTEGER NOT NULL,
      parameters_max INTEGER NOT NULL, facts BLOB, payload INTEGER, generation INTEGER NOT NULL,
      reason INTEGER NOT NULL) STRICT;

    CREATE TABLE file_references (
      file INTEGER PRIMARY KEY, count INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;

    -- Which files mention a name: sorted pairs of 32-bit name hash and file, in 4,096 buckets.
    CREATE TABLE postings (bucket INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;

    CREATE TABLE documentation (
      id INTEGER PRIMARY KEY, owner_key INTEGER NOT NULL, stable_id TEXT NOT NULL, owner_id TEXT NOT NULL,
      format TEXT NOT NULL, headings BLOB NOT NULL, text TEXT NOT NULL, place BLOB NOT NULL) STRICT;
    CREATE INDEX documentation_by_owner ON documentation(owner_key);

    CREATE TABLE payloads (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, text TEXT NOT NULL) STRICT;

    CREATE TABLE vector_sets (
      id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL,
      instructions TEXT NOT NULL) STRICT;

    -- id = set << 40 | payload; little-endian float32.
    CREATE TABLE vectors (id INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT;

    CREATE VIRTUAL TABLE symbol_text USING fts5(
      name, qualified_name, signature, documentation, body,
      content = '', detail = full, tokenize = 'unicode61 remove_diacritics 2');

    CREATE TABLE runs (
      id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, started REAL NOT NULL, finished REAL,
      summary TEXT NOT NULL) STRICT;
    """
}

/// Every number that ranking depends on; `Benchmarks/results/quality.md` says what each is worth and how they were
/// chosen.
///
/// Scores are shares: the best candidate has a full-text share of 1 and a vector share of 1, and the weights say
/// what a share counts.
package struct RankingWeights: Sendable {
  /// Vectors against full text (1), for a name, for a few words, for a sentence, for a piece of code.
  package var vectorName = 0.5
  package var vectorWords = 0.8
  package var vectorSentence = 1.3
  package var vectorCode = 0.1
  /// Of the full-text share, how much is the whole file's: each word counted where the file has it best.
  package var fileText = 0.65
  /// The same for a piece of code.
  package var fileTextCode = 0.2
  /// Of the vector share, how much is the whole file's: its three best parts.
  package var fileVector = 0.6

  /// Words that are part of an identifier in the question, against plain words.
  package var identifierPart = 0.5
  /// Two neighbouring words of the question found side by side, against one word.
  package var pair = 0.5
  /// In a piece of code, two neighbouring names side by side and a whole line, against one name.
  package var codePair = 1.0
  package var codeLine = 4.0

  /// A definition of the name that is the question, and of a name inside a question.
  package var definition = 2.0
  package var definitionInside = 0.5
  /// More of that where the file is named after it too.
  package var definitionStem = 0.5
  /// The share of a unit's name that the question has.
  package var unitName = 0.15
  /// The share of the file's stem that the question has, and of the folders around it.
  package var stem = 0.3
  package var folder = 0.1

  /// Of the score of the best candidate that refers to it or that it refers to.
  package var neighbour = 0.3

  /// What is multiplied for files that are rarely meant.
  package var test = 0.5
  package var example = 0.5
  package var vendored = 0.4
  package var legacy = 0.5
  package var reexport = 0.7
  package var document = 0.6
  package var changelog = 0.6
  package var stub = 0.7
  package var data = 0.7
  /// The same for symbols that are parts of others: fields, constants, enumerators, variables, settings.
  package var minor = 0.9

  /// Every further part of a file, against the one before.
  package var furtherPart = 0.3

  package init() {}

  /// The weights by name, for measuring one at a time.
  package static let names: [String: WritableKeyPath<RankingWeights, Double> & Sendable] = [
    "vector_name": \.vectorName, "vector_words": \.vectorWords, "vector_sentence": \.vectorSentence,
    "vector_code": \.vectorCode, "file_text_code": \.fileTextCode, "file_text": \.fileText,
    "file_vector": \.fileVector, "identifier_part": \.identifierPart, "pair": \.pair, "code_pair": \.codePair,
    "code_line": \.codeLine,
    "definition": \.definition, "definition_inside": \.definitionInside, "definition_stem": \.definitionStem,
    "unit_name": \.unitName, "stem": \.stem, "folder": \.folder, "test": \.test, "example": \.example,
    "vendored": \.vendored, "legacy": \.legacy, "reexport": \.reexport, "document": \.document,
    "changelog": \.changelog,
    "neighbour": \.neighbour, "stub": \.stub,
    "data": \.data, "minor": \.minor, "further_part": \.furtherPart,
  ]
}

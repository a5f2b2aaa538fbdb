/// What a `ProbeWorker` may ask its process; the byte behind a request's sequence number.
enum ProbeKind: UInt8 {
  case entry = 1
  case create
  case destroy
  case analyze
  case threads
  case hasExtension
  case syntaxTree

  /// Bytes of a syntax tree's text that are taken.
  static let longestTree = 64 << 20
}

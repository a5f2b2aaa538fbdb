import CCodiraAnalyzer
import CTreeSitter
import CodiraModel

/// Parses sources of one grammar, one after the other, into the same memory.
public final class SyntaxParser<G: Grammar> {
  private let parser: OpaquePointer
  private let builder: SyntaxTreeBuilder
  private var openBrackets = OpenBrackets()
  private var repetition = Repetition()

  /// Nodes nested deeper than `depthLimit` are left out (the tree's `tooDeep` says so), so that an analyzer may
  /// walk a tree by recursion.
  ///
  /// `language` is another grammar with the same words, where there is one.
  public init(_ grammar: G.Type, language: OpaquePointer = G.language, depthLimit: Int = 1_000) {
    parser = ts_parser_new()
    precondition(
      ts_parser_set_language(parser, language),
      "the grammar's version does not fit this tree-sitter library")
    builder = SyntaxTreeBuilder(table: GrammarTable(G.self, language), depthLimit: depthLimit)
  }

  deinit { ts_parser_delete(parser) }

  /// The tree, valid until the next call; nil when the host no longer wants it.
  public func parse(_ source: Source) -> SyntaxTree<G>? { parse(source, as: source.bytesForParsing) }

  /// The tree of other bytes than the source's: of a copy of the same length with something blanked, so that
  /// every place is the source's.
  public func parse(_ source: Source, as bytes: UnsafeRawBufferPointer) -> SyntaxTree<G>? {
    // What is repeated and what brackets hold together is told apart once the brackets without a partner are gone.
    let parsed = openBrackets.blanked(bytes) { bytes in
      repetition.blanked(bytes) { parse($0, for: source) }
    }
    guard let tree = parsed else {
      ts_parser_reset(parser)
      return nil
    }
    SyntaxTreeText.record(tree)
    let blanked = [repetition.start, openBrackets.start].compactMap(\.self).min()
    builder.build(tree, tooDeep: blanked.map { ByteSpan(start: UInt32($0), end: UInt32(bytes.count)) })
    return SyntaxTree(builder, tree)
  }

  private func parse(_ bytes: UnsafeRawBufferPointer, for source: Source) -> OpaquePointer? {
    var cancellation = 0
    return withUnsafeMutablePointer(to: &cancellation) { flag in
      ts_parser_set_cancellation_flag(parser, flag)
      defer { ts_parser_set_cancellation_flag(parser, nil) }
      var input = ParserInput(bytes: bytes, flag: flag, sink: source.sink)
      return withUnsafeMutablePointer(to: &input) { input in
        ts_parser_parse(
          parser, nil, TSInput(payload: input, read: readChunk, encoding: TSInputEncodingUTF8))
      }
    }
  }
}

/// What tree-sitter asks for bytes, in chunks: between two of them the host may say that it has had enough.
private struct ParserInput {
  let bytes: UnsafeRawBufferPointer
  let flag: UnsafeMutablePointer<Int>
  let sink: UnsafePointer<codira_sink>?
}

private let chunkSize = 64 << 10

private func readChunk(
  payload: UnsafeMutableRawPointer?, offset: UInt32, point: TSPoint, count: UnsafeMutablePointer<UInt32>?
) -> UnsafePointer<CChar>? {
  let input = payload!.assumingMemoryBound(to: ParserInput.self)
  if let sink = input.pointee.sink, sink.pointee.should_stop(sink.pointee.context) != 0 {
    input.pointee.flag.pointee = 1
  }
  let bytes = input.pointee.bytes
  let start = min(Int(offset), bytes.count)
  count?.pointee = UInt32(min(bytes.count - start, chunkSize))
  return bytes.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) } ?? emptyChunk
}

private nonisolated(unsafe) let emptyChunk = UnsafePointer(UnsafeMutablePointer<CChar>.allocate(capacity: 1))

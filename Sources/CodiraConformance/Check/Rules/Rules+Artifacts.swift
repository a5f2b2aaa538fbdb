import CodiraModel
import CodiraPluginHost

extension ConformanceRule {
  /// What is reported of the samples, one rule a property.
  static let artifacts: [ConformanceRule] = [
    ConformanceRule(
      "samples-read", .artifacts, needs: ["create-again"],
      why: "A sample is what its author takes for a good source: the analyzer must read it."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      for item in bench.baseline() {
        switch item.outcome {
        case .failure(let failure):
          throw Evidence(item.sample.title, expected: "artifacts", found: "\(failure)")
        case .success(let report):
          guard let artifacts = report.artifacts else { continue }
          if artifacts.outcome == .failed || artifacts.outcome == .notMine {
            throw Evidence(
              item.sample.title, expected: "artifacts",
              found: artifacts.outcome == .failed ? "FAILED: \(artifacts.message)" : "NOT_MINE")
          }
        }
      }
      return nil
    },
    ConformanceRule(
      "well-formed", .artifacts, needs: ["samples-read"],
      why: "A struct of the wrong size, a missing pointer or an unknown number cannot be read by anybody."
    ) { bench throws(Evidence) in
      for item in bench.baseline() {
        guard let report = try? item.outcome.get(), report.artifacts == nil else { continue }
        throw Evidence(
          item.sample.title, expected: "whole structs and known numbers", found: report.fault ?? "")
      }
      return nil
    },
    symbolRule(
      "ids-unique", "A row of the index is known by its file and its id: of two with one id one is lost."
    ) {
      context, symbol in
      guard let other = context.first[symbol.id], other != symbol else { return nil }
      return ("an id that no other symbol of the file has", "\(symbol.id), as \(other.place) has it")
    },
    symbolRule(
      "ids-well-formed", "Other tools take ids apart: only what follows the grammar can be read by them."
    ) {
      context, symbol in
      for id in [symbol.id, symbol.parent] where !(id == symbol.parent && id.isEmpty) {
        if !id.isWellFormed { return ("an id as codira_analyzer.h describes it", "`\(id)`") }
        if id.language != context.language { return ("an id of the language \(context.language)", "`\(id)`") }
      }
      return nil
    },
    symbolRule(
      "parents-exist", "A symbol whose parent is nowhere hangs in the air: outlines and paths miss it."
    ) {
      context, symbol in
      guard !symbol.parent.isEmpty, !context.declared.contains(symbol.parent) else { return nil }
      // Another file may hold a namespace or a type; nothing else has members there.
      if symbol.parent.text.hasSuffix("/") || symbol.parent.text.hasSuffix("#") { return nil }
      return ("a parent in this file", "`\(symbol.parent)`, which no symbol has")
    },
    symbolRule(
      "parents-first", "The host builds outlines in one pass: a parent must be known before its children."
    ) {
      context, symbol in
      // A member that is written elsewhere stands where it is written.
      guard let own = context.index[symbol.id], let parent = context.index[symbol.parent], parent >= own,
        let outer = context.first[symbol.parent]?.range.bytes, outer.contains(symbol.range.bytes.lowerBound)
      else { return nil }
      return ("its parent `\(symbol.parent)` before it", "the parent comes later")
    },
    ConformanceRule(
      "ranges-true", .artifacts, needs: ["well-formed"],
      why: "Everything shown of a symbol is cut out of the source by its range."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      for (sample, artifacts) in bench.readable() {
        let lines = sample.lines
        let ranges =
          artifacts.symbols.flatMap { [($0.place, $0.range), ($0.place, $0.nameRange)] }
          + artifacts.references.map { ($0.place, $0.range) }
          + artifacts.documentation.map { ("documentation \($0.id)", $0.range) }
          + artifacts.diagnostics.map { ("diagnostic \($0.code)", $0.range) }
        for (place, range) in ranges {
          guard let fault = lines.fault(in: range) else { continue }
          throw Evidence(sample.title, at: place, expected: "a range of this source", found: fault)
        }
      }
      return nil
    },
    symbolRule("name-inside", needs: ["ranges-true"], "A name is a part of the symbol that it names.") {
      _, symbol in
      let (name, whole) = (symbol.nameRange, symbol.range)
      if name.start.offset >= whole.start.offset, name.end.offset <= whole.end.offset { return nil }
      return (
        "a name inside bytes \(whole.start.offset) to \(whole.end.offset)",
        "bytes \(name.start.offset) to \(name.end.offset)"
      )
    },
    symbolRule(
      "name-matches", needs: ["ranges-true"],
      "A reader who follows a symbol to its name finds that name there."
    ) {
      context, symbol in
      // An import may be known by another name than the one it stands there with.
      guard symbol.nameRange.byteCount > 0, symbol.kind != .import, !context.hasIllFormedText else {
        return nil
      }
      let written = context.sample.text(Int(symbol.nameRange.start.offset)..<Int(symbol.nameRange.end.offset))
      let (name, found) = (letters(symbol.name), letters(written))
      if isPart(name, of: found) || isPart(found, of: name) { return nil }
      // A name that a macro makes stands nowhere.
      if !context.sample.text(symbol.range.bytes).contains(symbol.name) { return nil }
      return ("the name `\(symbol.name)` there", "`\(written.prefix(60))`")
    },
    symbolRule(
      "payload-spans", needs: ["ranges-true"],
      "The payload decides what is embedded anew: it must be the symbol's own bytes, each once, in order."
    ) { context, symbol in
      var end: UInt32 = 0
      for span in symbol.payload {
        if span.start < span.end, span.start >= end, Int(span.end) <= context.sample.bytes.count {
          end = span.end
          continue
        }
        return (
          "ordered spans of the source without overlap",
          "bytes \(span.start) to \(span.end) after byte \(end)"
        )
      }
      return nil
    },
    symbolRule("signature-one-line", "A signature stands in lists, one line a symbol.") { _, symbol in
      guard symbol.signature.utf8.contains(where: { $0 == 10 || $0 == 13 }) else { return nil }
      return ("one line", "\(symbol.signature.split(whereSeparator: \.isNewline).count) lines")
    },
    symbolRule("capabilities", "Users are told by the capabilities which kinds they can ask for.") {
      context, symbol in
      if context.capabilities & symbol.kind.ontology.bit != 0 { return nil }
      return (
        "kinds that the descriptor declares",
        "a \(symbol.kind.name), which is a kind of \(symbol.kind.ontology)"
      )
    },
    symbolRule("candidates-well-formed", "A candidate that is no id can never be resolved.") {
      context, symbol in
      let candidates = symbol.aliases + symbol.valueTypes.flatMap(\.candidates)
      return candidates.lazy.compactMap { fault(in: $0) }.first
        ?? context.referenceFault.map { ("candidates with well-formed roots", $0) }
    },
    referenceRule(
      "references-ordered",
      "The host walks references and symbols side by side: both in the order of their places."
    ) { context, index in
      guard index > 0 else { return nil }
      let (before, own) = (context.references[index - 1].range.start, context.references[index].range.start)
      return own < before ? ("a place from byte \(before.offset) on", "byte \(own.offset)") : nil
    },
    referenceRule(
      "owner-contains",
      "Who calls whom is read from owners: a reference belongs to the symbol that it stands in."
    ) { context, index in
      let reference = context.references[index]
      guard let owner = context.first[reference.owner] else {
        return ("an owner among the symbols of this file", "`\(reference.owner)`")
      }
      // What a type is made of may stand anywhere, and a module is the last resort.
      guard reference.role == .call, owner.kind.isCallable else { return nil }
      let (inner, outer) = (reference.range, owner.range)
      if inner.start.offset >= outer.start.offset, inner.end.offset <= outer.end.offset { return nil }
      return (
        "a place inside its owner `\(owner.id)`, bytes \(outer.start.offset) to \(outer.end.offset)",
        "byte \(inner.start.offset)"
      )
    },
    ConformanceRule(
      "documentation-formats", .artifacts, needs: ["well-formed"],
      why: "Documentation is shown by its format: one that nobody knows is shown raw."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      for (sample, artifacts) in bench.readable() {
        for piece in artifacts.documentation where !isFormat(piece.format) {
          throw Evidence(
            sample.title, at: "documentation \(piece.id)",
            expected:
              "plain, markdown, restructuredtext, doxygen, or one word for the language of a piece of code",
            found: "`\(piece.format)`")
        }
      }
      return nil
    },
    ConformanceRule(
      "text-well-formed", .artifacts, needs: ["well-formed"],
      why: "A text that is cut inside a character is shown with a replacement mark."
    ) { bench throws(Evidence) in try textWellFormed(bench) },
    ConformanceRule(
      "accepted", .artifacts,
      needs: [
        "ids-unique", "ids-well-formed", "ranges-true", "payload-spans", "candidates-well-formed",
        "owner-contains",
      ],
      why: "What breaks the contract in any other way costs the file: nothing of it is kept."
    ) { bench throws(Evidence) in
      if bench.samples.isEmpty { return .samples }
      for item in bench.baseline() {
        guard let fault = try? item.outcome.get().fault else { continue }
        throw Evidence(item.sample.title, expected: "artifacts that the host takes", found: fault)
      }
      return nil
    },
  ]

  private static func isFormat(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32
      && text.utf8.allSatisfy { isLetter($0) || "+#.-_".utf8.contains($0) }
  }

  /// What is left without markup, quotes and escapes, in lower case.
  private static func letters(_ text: String) -> [UInt8] {
    Array(text.lowercased().utf8.filter { $0 >= 0x80 || isLetter($0) })
  }

  /// Whether the bytes stand in `whole` in this order, with others between them or not.
  private static func isPart(_ bytes: [UInt8], of whole: [UInt8]) -> Bool {
    var rest = bytes[...]
    for byte in whole where byte == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func fault(in candidate: Candidate) -> (String, String)? {
    if candidate.flags.contains(.external) || candidate.flags.contains(.receiver) { return nil }
    return candidate.root.isWellFormed ? nil : ("candidates with well-formed roots", "`\(candidate.root)`")
  }

  private static func textWellFormed(_ bench: CheckBench) throws(Evidence) -> Skip? {
    if bench.samples.isEmpty { return .samples }
    for (sample, artifacts) in bench.readable() {
      guard let source = String(validating: sample.bytes, as: UTF8.self), !source.contains("\u{FFFD}") else {
        continue
      }
      for symbol in artifacts.symbols {
        for text in [
          symbol.name, symbol.qualifiedName, symbol.signature, symbol.documentation, symbol.id.text,
        ]
        where text.contains("\u{FFFD}") {
          throw Evidence(
            sample.title, at: symbol.place, expected: "whole characters", found: String(text.prefix(60)))
        }
      }
      for reference in artifacts.references where reference.name.contains("\u{FFFD}") {
        throw Evidence(sample.title, at: reference.place, expected: "whole characters", found: reference.name)
      }
    }
    return nil
  }
}

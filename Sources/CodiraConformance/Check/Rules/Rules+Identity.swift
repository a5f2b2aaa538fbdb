import CodiraModel
import CodiraPluginHost

extension ConformanceRule {
  /// Ids follow the language's idea of sameness, and nothing else.
  static let identity: [ConformanceRule] = [
    editRule(
      "ids-survive-lines",
      "A blank line above a symbol must not make it another one: all that is known of it would be lost."
    ) {
      [$0.sample.edited(SourceEdit.moreBlankLines($0.sample.bytes), "with more blank lines")]
    },
    editRule(
      "ids-survive-line-ends",
      "git changes line ends from machine to machine: the same code has the same ids."
    ) {
      source in
      if source.sample.bytes.contains(13) { return [] }
      return [source.sample.edited(SourceEdit.crlf(source.sample.bytes), "with CRLF")]
    },
    editRule("ids-survive-mark", "Some editors put a byte order mark before a text: it is no part of it.") {
      source in
      if source.sample.bytes.starts(with: "#!".utf8) || source.sample.bytes.first == 0xEF { return [] }
      return [source.sample.edited([0xEF, 0xBB, 0xBF] + source.sample.bytes, "with a byte order mark")]
    },
    ConformanceRule(
      "ids-survive-appending", .identity, needs: ["same-again", "ids-unique"],
      why: "A definition that is added below, even one of the same name, renames none of those above."
    ) { bench throws(Evidence) in try survivesAppending(bench) },
    editRule(
      "ids-survive-reordering",
      "An id holds no order among unrelated symbols: moving a function is not a change of it."
    ) {
      source in reordered(source)
    },
    editRule(
      "ids-survive-body-edit", "What a function does may change every day; which function it is does not."
    ) {
      source in
      source.uses().spread(4).map { use in
        let name = source.freshName(use.reference.name)
        return source.sample.edited(
          SourceEdit.replacing(source.sample.bytes, use.reference.range.bytes, with: name),
          "with \(name) called in \(use.owner.name)")
      }
    },
    ConformanceRule(
      "renaming-renames", .identity, needs: ["same-again", "ids-unique"],
      why:
        "A symbol with a new name is another symbol: whoever asks for the old one must learn that it is gone."
    ) { bench throws(Evidence) in try renamingRenames(bench) },
    ConformanceRule(
      "payload-covers-body", .identity, needs: ["payload-spans", "owner-contains"],
      why:
        "Only a payload that changes with the body lets search notice that a function does something else now."
    ) { bench throws(Evidence) in
      try forEachSource(bench) { source throws(Evidence) in
        for (reference, owner) in source.uses() where !owner.payload.isEmpty {
          let place = UInt32(reference.range.bytes.lowerBound)
          if owner.payload.contains(where: { $0.start <= place && place < $0.end }) { continue }
          throw Evidence(
            source.sample.title, at: owner.place,
            expected: "a payload with the call of \(reference.name) at byte \(place)",
            found: "spans that leave it out")
        }
        return !source.uses().isEmpty
      }
    },
  ]

  /// A rule that edits must leave the ids of a source as they are.
  private static func editRule(
    _ name: String, _ why: String, _ edits: @escaping @Sendable (EditableSource) -> [CheckSample]
  ) -> ConformanceRule {
    ConformanceRule(name, .identity, needs: ["same-again", "ids-unique"], why: why) {
      bench throws(Evidence) in
      try forEachSource(bench) { source throws(Evidence) in
        let edited = edits(source)
        for sample in edited {
          let after = try read(bench, sample)
          try expectSameIDs(source.artifacts, after, sample.title, inOrder: name != "ids-survive-reordering")
        }
        return !edited.isEmpty
      }
    }
  }

  /// `body` says whether the source had what the rule needs.
  private static func forEachSource(
    _ bench: CheckBench, _ body: (EditableSource) throws(Evidence) -> Bool
  ) throws(Evidence) -> Skip? {
    if bench.samples.isEmpty { return .samples }
    bench.restart()
    var found = false
    for (sample, artifacts) in bench.whole() {
      if try body(EditableSource(sample: sample, artifacts: artifacts)) { found = true }
    }
    return found ? nil : Skip("no sample has anything that could be edited so")
  }

  private static func read(_ bench: CheckBench, _ sample: CheckSample) throws(Evidence) -> RawArtifacts {
    let report = try answer(bench.read(sample), sample.title)
    guard let artifacts = report.artifacts else {
      throw Evidence(sample.title, expected: "artifacts", found: report.fault ?? "none")
    }
    return artifacts
  }

  private static func expectSameIDs(
    _ old: RawArtifacts, _ new: RawArtifacts, _ what: String, inOrder: Bool
  ) throws(Evidence) {
    let (before, after) = (old.symbols.map(\.id), new.symbols.map(\.id))
    if inOrder ? before == after : before.sorted() == after.sorted() { return }
    if let lost = old.symbols.first(where: { !after.contains($0.id) }) {
      let other = new.symbols.first { $0.name == lost.name && !before.contains($0.id) }
      throw Evidence(
        what, at: lost.place, expected: lost.id.text, found: other.map(\.id.text) ?? "no symbol with this id")
    }
    if let extra = new.symbols.first(where: { !before.contains($0.id) }) {
      throw Evidence(what, at: extra.place, expected: "the ids from before alone", found: extra.id.text)
    }
    throw Evidence(what, expected: "the same ids in the same order", found: "another order")
  }
}

// Edits of definitions.
extension ConformanceRule {
  private static func survivesAppending(_ bench: CheckBench) throws(Evidence) -> Skip? {
    try forEachSource(bench) { source throws(Evidence) in
      let chosen = source.movable().spread(3)
      for symbol in chosen {
        let text = source.sample.text(symbol.range.bytes)
        let fresh = source.freshName(symbol.name)
        let inner = symbol.nameRange.bytes.lowerBound - symbol.range.bytes.lowerBound
        guard inner >= 0 else { continue }
        let renamed = SourceEdit.replacing(
          Array(text.utf8), inner..<inner + symbol.name.utf8.count, with: fresh)
        for (added, what) in [
          (renamed, "a copy of it named \(fresh)"), (Array(text.utf8), "the same once more"),
        ] {
          let sample = source.sample.edited(
            source.sample.bytes + [10] + added + [10], "with \(what) appended")
          try expectKept(source.artifacts, try read(bench, sample), sample.title)
        }
      }
      return !chosen.isEmpty
    }
  }

  /// Every definition keeps its id at its place.
  private static func expectKept(_ old: RawArtifacts, _ new: RawArtifacts, _ what: String) throws(Evidence) {
    let names = Dictionary(
      new.symbols.map { ($0.nameRange.start.offset, $0) }, uniquingKeysWith: { first, _ in first })
    let ids = Set(new.symbols.map(\.id))
    for symbol in old.symbols where !ids.contains(symbol.id) {
      throw Evidence(
        what, at: symbol.place, expected: symbol.id.text,
        found: names[symbol.nameRange.start.offset]?.id.text ?? "no symbol with this id")
    }
    for symbol in old.symbols where symbol.nameRange.byteCount > 0 && !symbol.flags.contains(.declarationOnly)
    {
      guard let now = names[symbol.nameRange.start.offset], now.name == symbol.name, now.id != symbol.id,
        !new.symbols.contains(where: { $0.id == symbol.id && $0.nameRange == symbol.nameRange })
      else { continue }
      throw Evidence(what, at: symbol.place, expected: symbol.id.text, found: now.id.text)
    }
  }

  /// Two neighbours with nothing between them change places.
  private static func reordered(_ source: EditableSource) -> [CheckSample] {
    let symbols = source.movable().filter { $0.kind == .function && source.isNameUnique($0) }
    let bytes = source.sample.bytes
    return zip(symbols, symbols.dropFirst()).compactMap { first, second -> CheckSample? in
      let (one, two) = (first.range.bytes, second.range.bytes)
      guard one.upperBound <= two.lowerBound else { return nil }
      let gap = bytes[one.upperBound..<two.lowerBound]
      guard gap.allSatisfy({ $0 == 10 || $0 == 32 }) else { return nil }
      let swapped =
        Array(bytes[..<one.lowerBound]) + bytes[two] + gap + bytes[one] + bytes[two.upperBound...]
      return source.sample.edited(Array(swapped), "with \(first.name) and \(second.name) exchanged")
    }.spread(3)
  }

  private static func renamingRenames(_ bench: CheckBench) throws(Evidence) -> Skip? {
    try forEachSource(bench) { source throws(Evidence) in
      let chosen = source.artifacts.symbols.filter {
        ($0.kind == .function || $0.kind == .method) && !$0.flags.contains(.declarationOnly)
          && source.isPlainlyNamed($0) && source.isNameUnique($0)
      }.spread(4)
      for symbol in chosen {
        let fresh = source.freshName(symbol.name)
        let sample = source.sample.edited(
          SourceEdit.replacing(source.sample.bytes, symbol.nameRange.bytes, with: fresh),
          "with \(symbol.name) renamed to \(fresh)")
        let after = try read(bench, sample)
        // A declaration elsewhere may keep the old one.
        let start = symbol.nameRange.start
        if let kept = after.symbols.first(where: { $0.id == symbol.id && $0.nameRange.start == start }) {
          throw Evidence(sample.title, at: kept.place, expected: "an id with \(fresh)", found: kept.id.text)
        }
      }
      return !chosen.isEmpty
    }
  }
}

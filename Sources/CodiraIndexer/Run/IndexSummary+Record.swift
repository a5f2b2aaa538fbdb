import CodiraModel
import CodiraPlanner

extension IndexSummary {
  /// The summary as JSON: what `index --json` prints and the record of the run keeps.
  package var record: JSONObject {
    var files = JSONObject()
    for reason in FileReason.allCases where count(reason) > 0 { files[reason.name] = .int(count(reason)) }
    var statuses = JSONObject()
    for status in FileStatus.allCases {
      if let count = self.statuses[status] { statuses[status.name] = .int(count) }
    }
    var symbols = JSONObject()
    for change in SymbolChange.allCases { symbols[change.name] = .int(self.symbols[change] ?? 0) }
    symbols["removed"] = .int(removedSymbols)
    var givenUp = JSONObject()
    for (analyzer, count) in self.givenUp.sorted(by: { $0.key < $1.key }) { givenUp[analyzer] = .int(count) }
    var times = JSONObject()
    for stage in stages { times[stage.name] = .double(stage.seconds) }
    return [
      "generation": .int(Int(generation)), "copied_from": .optional(origin), "changed": .bool(isChanged),
      "files": .object(files),
      "statuses": .object(statuses), "excluded": .int(excluded),
      "disabled": .object(givenUp), "symbols": .object(symbols),
      "vectors": [
        "reused": .int(vectors.reused), "computed": .int(vectors.computed), "missing": .int(vectors.missing),
      ],
      "seconds": .object(times),
    ]
  }
}

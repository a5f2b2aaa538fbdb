import CCodiraAnalyzer
import CodiraAnalyzerKit

@c(codira_analyzer_entry)
public func entry(hostABI: UInt32) -> UnsafePointer<codira_analyzer>? {
  analyzerEntry(QueryAnalyzer.self, hostABI: hostABI)
}

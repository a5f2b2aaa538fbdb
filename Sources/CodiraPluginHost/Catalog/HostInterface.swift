import CCodiraAnalyzer

/// The versions of the analyzer interface that this host serves.
package enum HostInterface {
  package static let oldest = CODIRA_ABI_OLDEST
  package static let newest = CODIRA_ABI_VERSION
}

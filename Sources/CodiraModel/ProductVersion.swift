/// The version of this program, as `codira --version` and the host of analyzers tell it.
package enum ProductVersion {
  package static let current = "0.1.0"
}

import CodiraTestSupport

/// What `scripts/forbidden-words` lists, which `make lint` reads too.
enum ForbiddenWords {
  static let path = "scripts/forbidden-words"

  nonisolated(unsafe) static let list: [Regex<AnyRegexOutput>] =
    ((try? Checkout.text(path)) ?? "").split(separator: "\n").compactMap { try? Regex(String($0)) }
}

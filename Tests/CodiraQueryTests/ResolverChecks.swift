import CodiraModel
import CodiraQuery
import Testing

/// Resolves one reference and compares: `exact a/f().`, `ambiguous a/f(). b/f().`, `external`.
///
/// `role` may be followed by candidates: `call a/ f | b/ f`.
func check(
  _ facts: MemoryFacts, _ reference: String, _ expected: String, count: Int32 = -1, noName: Bool = false,
  arguments: [String] = [], file: Int64 = 1, location: SourceLocation = #_sourceLocation
) throws {
  let (role, reference) = parse(reference, count: count, noName: noName, arguments: arguments)
  let resolution = try Resolver(facts).resolve(reference, in: file)
  #expect(describe(resolution, role) == expected, sourceLocation: location)
}

func parse(
  _ text: String, count: Int32 = -1, noName: Bool = false, arguments: [String] = []
) -> (Reference.Role, Reference) {
  let words = text.split(separator: " ").map(String.init)
  let role = Reference.Role.allCases.first { $0.name == words[0] }!
  let candidates = MemoryFacts.candidates(words.dropFirst())
  let name = candidates.last?.members.last { !Candidate.Step.isReserved($0) }
  return (
    role,
    Reference(
      owner: StableID("x main/"), role: role, noName: noName,
      name: name ?? candidates.last.map { StableID.lastName(of: $0.root.text) } ?? words.last!,
      range: MemoryFacts.nowhere, candidates: role == .call && words.count == 1 ? [] : candidates,
      argumentCount: count,
      arguments: arguments.map { MemoryFacts.candidates($0.split(separator: " ").map(String.init)) })
  )
}

func describe(_ resolution: Resolution, _ role: Reference.Role) -> String {
  let targets = resolution.targets.map { String($0.text.dropFirst(2)) }
  let change = resolution.role == role ? [] : ["as", resolution.role.name]
  return ([resolution.certainty.rawValue] + targets + change).joined(separator: " ")
}

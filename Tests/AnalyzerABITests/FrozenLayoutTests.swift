import CodiraTestSupport
import Testing

/// What the first release fixed: every number, every place of a field.
@Suite struct FrozenLayoutTests {
  @Test func numbersAndPlacesAreWhatTheyWere() throws {
    let frozen = try InterfaceHeader(folder: FrozenPlugin.folder)
    #expect(frozen.structs.count >= 19 && frozen.constants.count > 80)
    let (then, now) = (
      try frozen.values(in: FrozenPlugin.folder), try frozen.values(in: InterfaceHeader.current)
    )
    let growing = Set(frozen.structs.filter(\.grows).map { "size \($0.name)" })
    for (name, value) in then.sorted(by: { $0.key < $1.key }) {
      if growing.contains(name) {
        #expect((now[name].flatMap { Int($0) } ?? 0) >= Int(value)!, "\(name) became shorter")
      } else if name != "CODIRA_ABI_VERSION", name != "CODIRA_ABI_OLDEST" {
        #expect(now[name] == value, "\(name)")
      }
    }
  }

  /// While it does, what is built for that release is served.
  @Test func theWindowHoldsTheRelease() throws {
    let header = try InterfaceHeader(folder: InterfaceHeader.current)
    let now = try header.values(in: InterfaceHeader.current)
    #expect(now["CODIRA_ABI_OLDEST"] == "1")
    #expect((now["CODIRA_ABI_VERSION"].flatMap { Int($0) } ?? 0) >= 1)
  }

  @Test func fieldsStandWhereTheyStoodAndKeepTheirTypes() throws {
    let frozen = try InterfaceHeader(folder: FrozenPlugin.folder)
    let current = try InterfaceHeader(folder: InterfaceHeader.current)
    for item in frozen.structs {
      let fields = current.structs.first { $0.name == item.name }?.fields ?? []
      let count = item.fields.count
      #expect(Array(fields.prefix(count)) == item.fields, "\(item.name)")
      if !item.grows { #expect(fields.count == count, "\(item.name) is a leaf and grew") }
    }
    #expect(Set(frozen.opaqueTypes).isSubset(of: current.opaqueTypes))
    #expect(Set(frozen.functions).isSubset(of: current.functions))
  }
}

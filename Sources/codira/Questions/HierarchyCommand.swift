import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira hierarchy NAME`: the types above and below a type, or the members that override each other.
struct HierarchyCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "hierarchy",
    abstract: "Show the types above and below a type; of a method, what overrides what.")

  @Argument(help: "The type's or method's name, qualified name or stable id.") var name: String
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let query = (["name": .string(name)] as JSONObject).appending(filters.query)
    let subject = Subject(name, try filters.filter())
    return try context.reading { view in
      try subject.answer(in: view, query: query) { rows in
        try RelativesReport(of: rows, in: view, directions: [.above, .below], limit: limits.limit ?? 100)
          .answer(query: query)
      }
    }
  }
}

/// `codira implementations NAME`: who implements or extends a type, who overrides a method.
struct ImplementationsCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "implementations",
    abstract: "List the types that implement or extend a type, or the methods that override one.")

  @Argument(help: "The type's or method's name, qualified name or stable id.") var name: String
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let query = (["name": .string(name)] as JSONObject).appending(filters.query)
    let subject = Subject(name, try filters.filter())
    return try context.reading { view in
      try subject.answer(in: view, query: query) { rows in
        try RelativesReport(of: rows, in: view, directions: [.below], limit: limits.limit ?? 100)
          .answer(query: query)
      }
    }
  }
}

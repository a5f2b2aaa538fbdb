import CodiraAnalyzerKit
import TreeSitterBash

/// The words of tree-sitter-bash that the analyzer knows.
enum Bash: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case ansiString = "ansi_c_string"
    case command
    case commandName = "command_name"
    case commandSubstitution = "command_substitution"
    case concatenation
    case declarationCommand = "declaration_command"
    case expansion
    case functionDefinition = "function_definition"
    case number
    case processSubstitution = "process_substitution"
    case program
    case rawString = "raw_string"
    case simpleExpansion = "simple_expansion"
    case string
    case stringContent = "string_content"
    case subscriptExpression = "subscript"
    case subshell
    case variableAssignment = "variable_assignment"
    case variableName = "variable_name"
    case word
  }

  enum Field: String, CaseIterable {
    case none = ""
    case argument, body, name, value
  }

  static var language: OpaquePointer { tree_sitter_bash() }
}

typealias Node = SyntaxNode<Bash>

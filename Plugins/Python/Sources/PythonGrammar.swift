import CodiraAnalyzerKit
import TreeSitterPython

/// The words of tree-sitter-python that the analyzer knows.
enum Python: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case async = "'async'"
    case aliasedImport = "aliased_import"
    case argumentList = "argument_list"
    case asPattern = "as_pattern"
    case asPatternTarget = "as_pattern_target"
    case assertStatement = "assert_statement"
    case assignment
    case attribute
    case augmentedAssignment = "augmented_assignment"
    case awaitExpression = "await"
    case binaryOperator = "binary_operator"
    case block
    case booleanOperator = "boolean_operator"
    case call
    case caseClause = "case_clause"
    case casePattern = "case_pattern"
    case classDefinition = "class_definition"
    case classPattern = "class_pattern"
    case concatenatedString = "concatenated_string"
    case conditionalExpression = "conditional_expression"
    case decoratedDefinition = "decorated_definition"
    case decorator
    case defaultParameter = "default_parameter"
    case dictionary
    case dictionaryComprehension = "dictionary_comprehension"
    case dictionarySplat = "dictionary_splat"
    case dictionarySplatPattern = "dictionary_splat_pattern"
    case dottedName = "dotted_name"
    case elifClause = "elif_clause"
    case elseClause = "else_clause"
    case exceptClause = "except_clause"
    case exceptGroupClause = "except_group_clause"
    case expressionList = "expression_list"
    case expressionStatement = "expression_statement"
    case falseLiteral = "false"
    case float
    case forInClause = "for_in_clause"
    case forStatement = "for_statement"
    case functionDefinition = "function_definition"
    case futureImportStatement = "future_import_statement"
    case generatorExpression = "generator_expression"
    case genericType = "generic_type"
    case globalStatement = "global_statement"
    case identifier
    case ifClause = "if_clause"
    case ifStatement = "if_statement"
    case importFromStatement = "import_from_statement"
    case importPrefix = "import_prefix"
    case importStatement = "import_statement"
    case integer
    case keywordArgument = "keyword_argument"
    case keywordSeparator = "keyword_separator"
    case lambda
    case list
    case listComprehension = "list_comprehension"
    case listPattern = "list_pattern"
    case listSplat = "list_splat"
    case listSplatPattern = "list_splat_pattern"
    case matchStatement = "match_statement"
    case module
    case namedExpression = "named_expression"
    case none
    case nonlocalStatement = "nonlocal_statement"
    case pair
    case parenthesizedExpression = "parenthesized_expression"
    case patternList = "pattern_list"
    case positionalSeparator = "positional_separator"
    case raiseStatement = "raise_statement"
    case relativeImport = "relative_import"
    case returnStatement = "return_statement"
    case set
    case setComprehension = "set_comprehension"
    case slice
    case splatPattern = "splat_pattern"
    case string
    case stringContent = "string_content"
    case stringEnd = "string_end"
    case stringStart = "string_start"
    case subscriptExpression = "subscript"
    case trueLiteral = "true"
    case tryStatement = "try_statement"
    case tuple
    case tuplePattern = "tuple_pattern"
    case type
    case typeAliasStatement = "type_alias_statement"
    case typeParameter = "type_parameter"
    case typedDefaultParameter = "typed_default_parameter"
    case typedParameter = "typed_parameter"
    case whileStatement = "while_statement"
    case wildcardImport = "wildcard_import"
    case withStatement = "with_statement"
    case withItem = "with_item"
    case yield
  }

  enum Field: String, CaseIterable {
    case none = ""
    case alias, alternative, arguments, attribute, body, condition, consequence, definition, expression,
      function
    case guardClause = "guard"
    case key, left
    case moduleName = "module_name"
    case name, object, parameters
    case returnType = "return_type"
    case right, subject
    case subscriptIndex = "subscript"
    case superclasses, type
    case typeParameters = "type_parameters"
    case value
  }

  static var language: OpaquePointer { tree_sitter_python() }
}

typealias Node = SyntaxNode<Python>

import CodiraAnalyzerKit
import TreeSitterGo

/// The words of tree-sitter-go that the analyzer knows.
enum Go: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case argumentList = "argument_list"
    case arrayType = "array_type"
    case assignmentStatement = "assignment_statement"
    case binaryExpression = "binary_expression"
    case blankIdentifier = "blank_identifier"
    case block
    case callExpression = "call_expression"
    case channelType = "channel_type"
    case communicationCase = "communication_case"
    case compositeLiteral = "composite_literal"
    case constDeclaration = "const_declaration"
    case constSpec = "const_spec"
    case defaultCase = "default_case"
    case dot
    case expressionCase = "expression_case"
    case expressionList = "expression_list"
    case fieldDeclaration = "field_declaration"
    case fieldDeclarationList = "field_declaration_list"
    case fieldIdentifier = "field_identifier"
    case falseLiteral = "false"
    case floatLiteral = "float_literal"
    case forClause = "for_clause"
    case forStatement = "for_statement"
    case funcLiteral = "func_literal"
    case functionDeclaration = "function_declaration"
    case functionType = "function_type"
    case genericType = "generic_type"
    case identifier
    case ifStatement = "if_statement"
    case imaginaryLiteral = "imaginary_literal"
    case implicitLengthArrayType = "implicit_length_array_type"
    case importDeclaration = "import_declaration"
    case importSpec = "import_spec"
    case indexExpression = "index_expression"
    case interfaceType = "interface_type"
    case interpretedStringLiteral = "interpreted_string_literal"
    case intLiteral = "int_literal"
    case iota
    case keyedElement = "keyed_element"
    case labelName = "label_name"
    case literalElement = "literal_element"
    case literalValue = "literal_value"
    case mapType = "map_type"
    case methodDeclaration = "method_declaration"
    case methodElem = "method_elem"
    case negatedType = "negated_type"
    case nilLiteral = "nil"
    case packageClause = "package_clause"
    case packageIdentifier = "package_identifier"
    case parameterDeclaration = "parameter_declaration"
    case parameterList = "parameter_list"
    case parenthesizedExpression = "parenthesized_expression"
    case parenthesizedType = "parenthesized_type"
    case pointerType = "pointer_type"
    case qualifiedType = "qualified_type"
    case rangeClause = "range_clause"
    case rawStringLiteral = "raw_string_literal"
    case receiveStatement = "receive_statement"
    case runeLiteral = "rune_literal"
    case selectStatement = "select_statement"
    case selectorExpression = "selector_expression"
    case shortVarDeclaration = "short_var_declaration"
    case sliceExpression = "slice_expression"
    case sliceType = "slice_type"
    case structType = "struct_type"
    case switchStatement = "expression_switch_statement"
    case trueLiteral = "true"
    case typeAlias = "type_alias"
    case typeArguments = "type_arguments"
    case typeAssertion = "type_assertion_expression"
    case typeCase = "type_case"
    case typeConstraint = "type_constraint"
    case typeConversion = "type_conversion_expression"
    case typeDeclaration = "type_declaration"
    case typeElem = "type_elem"
    case typeIdentifier = "type_identifier"
    case typeInstantiation = "type_instantiation_expression"
    case typeParameterDeclaration = "type_parameter_declaration"
    case typeSpec = "type_spec"
    case typeSwitch = "type_switch_statement"
    case unaryExpression = "unary_expression"
    case varDeclaration = "var_declaration"
    case variadicArgument = "variadic_argument"
    case variadicParameter = "variadic_parameter_declaration"
    case varSpec = "var_spec"
    case varSpecList = "var_spec_list"
  }

  enum Field: String, CaseIterable {
    case none = ""
    case alias, alternative, arguments, body, communication, condition, consequence, element, field, function,
      index
    case initializer, key, label, left, length, name, operand, parameters, path, receiver, result, right
    case package
    case tag, type
    case typeArguments = "type_arguments"
    case typeParameters = "type_parameters"
    case value
  }

  static var language: OpaquePointer { tree_sitter_go() }
}

typealias Node = SyntaxNode<Go>

extension Node {
  /// A literal whose type has no methods.
  var isLiteral: Bool {
    switch kind {
    case .intLiteral, .floatLiteral, .imaginaryLiteral, .runeLiteral, .interpretedStringLiteral,
      .rawStringLiteral, .trueLiteral, .falseLiteral, .nilLiteral, .iota:
      true
    default: false
    }
  }
}

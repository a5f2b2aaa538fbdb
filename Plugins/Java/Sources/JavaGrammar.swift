import CodiraAnalyzerKit
import TreeSitterJava

/// The words of tree-sitter-java that the analyzer knows.
enum Java: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case annotatedType = "annotated_type"
    case annotation
    case annotationTypeBody = "annotation_type_body"
    case annotationTypeDeclaration = "annotation_type_declaration"
    case annotationTypeElementDeclaration = "annotation_type_element_declaration"
    case argumentList = "argument_list"
    case arrayAccess = "array_access"
    case arrayCreationExpression = "array_creation_expression"
    case arrayInitializer = "array_initializer"
    case arrayType = "array_type"
    case assignmentExpression = "assignment_expression"
    case asterisk
    case binaryExpression = "binary_expression"
    case binaryIntegerLiteral = "binary_integer_literal"
    case block
    case booleanType = "boolean_type"
    case castExpression = "cast_expression"
    case catchClause = "catch_clause"
    case catchFormalParameter = "catch_formal_parameter"
    case catchType = "catch_type"
    case characterLiteral = "character_literal"
    case classBody = "class_body"
    case classDeclaration = "class_declaration"
    case classLiteral = "class_literal"
    case compactConstructorDeclaration = "compact_constructor_declaration"
    case constantDeclaration = "constant_declaration"
    case constructorBody = "constructor_body"
    case constructorDeclaration = "constructor_declaration"
    case decimalFloatingPointLiteral = "decimal_floating_point_literal"
    case decimalIntegerLiteral = "decimal_integer_literal"
    case dimensions
    case dimensionsExpression = "dimensions_expr"
    case elementValuePair = "element_value_pair"
    case enhancedForStatement = "enhanced_for_statement"
    case enumBody = "enum_body"
    case enumBodyDeclarations = "enum_body_declarations"
    case enumConstant = "enum_constant"
    case enumDeclaration = "enum_declaration"
    case explicitConstructorInvocation = "explicit_constructor_invocation"
    case expressionStatement = "expression_statement"
    case extendsInterfaces = "extends_interfaces"
    case falseLiteral = "false"
    case fieldAccess = "field_access"
    case fieldDeclaration = "field_declaration"
    case floatingPointType = "floating_point_type"
    case forStatement = "for_statement"
    case formalParameter = "formal_parameter"
    case formalParameters = "formal_parameters"
    case genericType = "generic_type"
    case hexFloatingPointLiteral = "hex_floating_point_literal"
    case hexIntegerLiteral = "hex_integer_literal"
    case identifier
    case importDeclaration = "import_declaration"
    case inferredParameters = "inferred_parameters"
    case instanceofExpression = "instanceof_expression"
    case integralType = "integral_type"
    case interfaceBody = "interface_body"
    case interfaceDeclaration = "interface_declaration"
    case lambdaExpression = "lambda_expression"
    case localVariableDeclaration = "local_variable_declaration"
    case markerAnnotation = "marker_annotation"
    case methodDeclaration = "method_declaration"
    case methodInvocation = "method_invocation"
    case methodReference = "method_reference"
    case modifiers
    case moduleBody = "module_body"
    case moduleDeclaration = "module_declaration"
    case nullLiteral = "null_literal"
    case objectCreationExpression = "object_creation_expression"
    case octalIntegerLiteral = "octal_integer_literal"
    case packageDeclaration = "package_declaration"
    case parenthesizedExpression = "parenthesized_expression"
    case permits
    case providesModuleDirective = "provides_module_directive"
    case receiverParameter = "receiver_parameter"
    case recordDeclaration = "record_declaration"
    case recordPatternComponent = "record_pattern_component"
    case requiresModuleDirective = "requires_module_directive"
    case resource
    case returnStatement = "return_statement"
    case scopedIdentifier = "scoped_identifier"
    case scopedTypeIdentifier = "scoped_type_identifier"
    case spreadParameter = "spread_parameter"
    case staticInitializer = "static_initializer"
    case stringLiteral = "string_literal"
    case `super`
    case superInterfaces = "super_interfaces"
    case superclass
    case switchBlock = "switch_block"
    case switchBlockStatementGroup = "switch_block_statement_group"
    case switchExpression = "switch_expression"
    case switchLabel = "switch_label"
    case switchRule = "switch_rule"
    case ternaryExpression = "ternary_expression"
    case this
    case throwStatement = "throw_statement"
    case `throws`
    case trueLiteral = "true"
    case tryWithResourcesStatement = "try_with_resources_statement"
    case typeArguments = "type_arguments"
    case typeBound = "type_bound"
    case typeIdentifier = "type_identifier"
    case typeList = "type_list"
    case typeParameter = "type_parameter"
    case typeParameters = "type_parameters"
    case typePattern = "type_pattern"
    case unaryExpression = "unary_expression"
    case updateExpression = "update_expression"
    case usesModuleDirective = "uses_module_directive"
    case variableDeclarator = "variable_declarator"
    case voidType = "void_type"
    case wildcard
    case abstractToken = "'abstract'"
    case defaultToken = "'default'"
    case finalToken = "'final'"
    case newToken = "'new'"
    case privateToken = "'private'"
    case protectedToken = "'protected'"
    case publicToken = "'public'"
    case staticToken = "'static'"
  }

  enum Field: String, CaseIterable {
    case none = ""
    case alternative, arguments, array, body, condition, consequence, constructor, declarator, dimensions,
      element, field, index
    case initializer = "init"
    case interfaces, key, left, modifiers, module, modules, name, object, operand, `operator`, package,
      parameters, pattern, permits, provided, provider, resources, right, scope, superclass, type
    case typeArguments = "type_arguments"
    case typeParameters = "type_parameters"
    case update, value
  }

  static var language: OpaquePointer { tree_sitter_java() }
}

typealias Node = SyntaxNode<Java>

extension SyntaxNode<Java> {
  var isTypeDeclaration: Bool {
    switch kind {
    case .classDeclaration, .interfaceDeclaration, .enumDeclaration, .recordDeclaration,
      .annotationTypeDeclaration:
      true
    default: false
    }
  }

  var isType: Bool {
    switch kind {
    case .typeIdentifier, .scopedTypeIdentifier, .genericType, .arrayType, .annotatedType, .integralType,
      .floatingPointType, .booleanType, .voidType:
      true
    default: false
    }
  }

  var isAnnotation: Bool { kind == .annotation || kind == .markerAnnotation }

  /// The first child that is a type.
  var typeChild: SyntaxNode? { children.first { $0.isType } }

  var modifiers: SyntaxNode? { child(of: .modifiers) }

  func has(_ modifier: Java.Kind) -> Bool { modifiers?.child(of: modifier) != nil }
}

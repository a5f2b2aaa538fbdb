import CodiraAnalyzerKit
import TreeSitterCpp

/// The words of the C++ grammar that the analyzer knows.
enum CppGrammar: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case translationUnit = "translation_unit"
    case linkageSpecification = "linkage_specification"
    case declarationList = "declaration_list"
    case namespaceDefinition = "namespace_definition"
    case nestedNamespace = "nested_namespace_specifier"
    case namespaceAlias = "namespace_alias_definition"
    case usingDeclaration = "using_declaration"
    case aliasDeclaration = "alias_declaration"
    case typeDefinition = "type_definition"
    case conceptDefinition = "concept_definition"
    case templateDeclaration = "template_declaration"
    case templateInstantiation = "template_instantiation"
    case templateParameters = "template_parameter_list"
    case typeParameter = "type_parameter_declaration"
    case optionalTypeParameter = "optional_type_parameter_declaration"
    case variadicTypeParameter = "variadic_type_parameter_declaration"
    case templateTemplateParameter = "template_template_parameter_declaration"
    case friendDeclaration = "friend_declaration"
    case accessSpecifier = "access_specifier"
    case staticAssert = "static_assert_declaration"

    case functionDefinition = "function_definition"
    case declaration
    case fieldDeclaration = "field_declaration"
    case expressionStatement = "expression_statement"
    case compoundStatement = "compound_statement"
    case forStatement = "for_statement"
    case forRangeLoop = "for_range_loop"
    case ifStatement = "if_statement"
    case whileStatement = "while_statement"
    case switchStatement = "switch_statement"
    case catchClause = "catch_clause"
    case tryStatement = "try_statement"
    case returnStatement = "return_statement"
    case conditionClause = "condition_clause"
    case initStatement = "init_statement"
    case defaultMethod = "default_method_clause"
    case deleteMethod = "delete_method_clause"
    case pureVirtual = "pure_virtual_clause"

    case classSpecifier = "class_specifier"
    case structSpecifier = "struct_specifier"
    case unionSpecifier = "union_specifier"
    case enumSpecifier = "enum_specifier"
    case baseClause = "base_class_clause"
    case fieldDeclarationList = "field_declaration_list"
    case enumeratorList = "enumerator_list"
    case enumerator
    case primitiveType = "primitive_type"
    case sizedTypeSpecifier = "sized_type_specifier"
    case typeIdentifier = "type_identifier"
    case templateType = "template_type"
    case templateFunction = "template_function"
    case templateMethod = "template_method"
    case templateArguments = "template_argument_list"
    case qualifiedIdentifier = "qualified_identifier"
    case namespaceIdentifier = "namespace_identifier"
    case dependentType = "dependent_type"
    case dependentName = "dependent_name"
    case placeholder = "placeholder_type_specifier"
    case decltype
    case typeDescriptor = "type_descriptor"
    case storageClass = "storage_class_specifier"
    case typeQualifier = "type_qualifier"
    case refQualifier = "ref_qualifier"
    case virtual
    case bitfieldClause = "bitfield_clause"
    case trailingReturn = "trailing_return_type"

    case functionDeclarator = "function_declarator"
    case pointerDeclarator = "pointer_declarator"
    case referenceDeclarator = "reference_declarator"
    case arrayDeclarator = "array_declarator"
    case parenthesizedDeclarator = "parenthesized_declarator"
    case attributedDeclarator = "attributed_declarator"
    case variadicDeclarator = "variadic_declarator"
    case initDeclarator = "init_declarator"
    case structuredBinding = "structured_binding_declarator"
    case abstractFunctionDeclarator = "abstract_function_declarator"
    case abstractPointerDeclarator = "abstract_pointer_declarator"
    case abstractReferenceDeclarator = "abstract_reference_declarator"
    case abstractArrayDeclarator = "abstract_array_declarator"
    case abstractParenthesizedDeclarator = "abstract_parenthesized_declarator"
    case parameterList = "parameter_list"
    case parameterDeclaration = "parameter_declaration"
    case optionalParameter = "optional_parameter_declaration"
    case variadicParameter = "variadic_parameter_declaration"
    case operatorName = "operator_name"
    case operatorCast = "operator_cast"
    case destructorName = "destructor_name"
    case fieldInitializerList = "field_initializer_list"
    case fieldInitializer = "field_initializer"

    case string = "string_literal"
    case rawString = "raw_string_literal"
    case concatenatedString = "concatenated_string"
    case character = "char_literal"
    case number = "number_literal"
    case `true`
    case `false`
    case null
    case unary = "unary_expression"
    case binary = "binary_expression"
    case sizeof = "sizeof_expression"
    case identifier
    case fieldIdentifier = "field_identifier"
    case call = "call_expression"
    case argumentList = "argument_list"
    case fieldExpression = "field_expression"
    case pointerExpression = "pointer_expression"
    case subscriptExpression = "subscript_expression"
    case castExpression = "cast_expression"
    case compoundLiteral = "compound_literal_expression"
    case initializerList = "initializer_list"
    case initializerPair = "initializer_pair"
    case assignment = "assignment_expression"
    case conditional = "conditional_expression"
    case parenthesized = "parenthesized_expression"
    case comma = "comma_expression"
    case newExpression = "new_expression"
    case lambda = "lambda_expression"
    case lambdaCapture = "lambda_capture_specifier"
    case lambdaCaptureInitializer = "lambda_capture_initializer"
    case this
    case packExpansion = "parameter_pack_expansion"
    case arrow = "'->'"
    case address = "'&'"
    case ellipsis = "'...'"
    case inlineWord = "'inline'"
    case namespaceWord = "'namespace'"
  }

  enum Field: String, CaseIterable {
    case none = ""
    case type, declarator, name, body, value, function, arguments, argument, field, left, right, parameters
    case condition, consequence, alternative, scope, base, initializer, placement, captures, indices
    case defaultType = "default_type"
    case defaultValue = "default_value"
  }

  static var language: OpaquePointer { tree_sitter_cpp() }
}

typealias Node = SyntaxNode<CppGrammar>

extension Node {
  var isRecord: Bool { kind == .structSpecifier || kind == .unionSpecifier || kind == .classSpecifier }

  var isTag: Bool { isRecord || kind == .enumSpecifier }

  var tagKind: SymbolKind {
    switch kind {
    case .enumSpecifier: .enum
    case .unionSpecifier: .union
    case .classSpecifier: .class
    default: .struct
    }
  }

  /// All children that are the declaration's declarators.
  var declarators: [Node] { children.filter { $0.field == .declarator } }

  func isConst(_ file: FileContext) -> Bool {
    children.contains {
      $0.kind == .typeQualifier && $0.field != .declarator && file.text($0).hasPrefix("const")
    }
  }

  var isParameter: Bool {
    kind == .parameterDeclaration || kind == .optionalParameter || kind == .variadicParameter
  }
}

import CodiraAnalyzerKit
import TreeSitterC

/// The words of the C grammar that the analyzer knows.
enum CGrammar: Grammar {
  enum Kind: String, CaseIterable {
    case other = ""
    case error = "ERROR"
    case translationUnit = "translation_unit"
    case linkageSpecification = "linkage_specification"
    case declarationList = "declaration_list"
    case functionDefinition = "function_definition"
    case declaration
    case typeDefinition = "type_definition"
    case expressionStatement = "expression_statement"
    case compoundStatement = "compound_statement"
    case forStatement = "for_statement"
    case returnStatement = "return_statement"

    case structSpecifier = "struct_specifier"
    case unionSpecifier = "union_specifier"
    case enumSpecifier = "enum_specifier"
    case fieldDeclarationList = "field_declaration_list"
    case fieldDeclaration = "field_declaration"
    case enumeratorList = "enumerator_list"
    case enumerator
    case primitiveType = "primitive_type"
    case sizedTypeSpecifier = "sized_type_specifier"
    case typeIdentifier = "type_identifier"
    case typeDescriptor = "type_descriptor"
    case storageClass = "storage_class_specifier"
    case typeQualifier = "type_qualifier"
    case bitfieldClause = "bitfield_clause"

    case functionDeclarator = "function_declarator"
    case pointerDeclarator = "pointer_declarator"
    case arrayDeclarator = "array_declarator"
    case parenthesizedDeclarator = "parenthesized_declarator"
    case attributedDeclarator = "attributed_declarator"
    case initDeclarator = "init_declarator"
    case abstractFunctionDeclarator = "abstract_function_declarator"
    case abstractPointerDeclarator = "abstract_pointer_declarator"
    case abstractArrayDeclarator = "abstract_array_declarator"
    case abstractParenthesizedDeclarator = "abstract_parenthesized_declarator"
    case parameterList = "parameter_list"
    case parameterDeclaration = "parameter_declaration"
    case variadicParameter = "variadic_parameter"

    case identifier
    case fieldIdentifier = "field_identifier"
    case statementIdentifier = "statement_identifier"
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
    case arrow = "'->'"
    case address = "'&'"
  }

  enum Field: String, CaseIterable {
    case none = ""
    case type, declarator, name, body, value, function, arguments, argument, field, left, right, parameters
    case condition, consequence, alternative, designator, size, index
  }

  static var language: OpaquePointer { tree_sitter_c() }
}

typealias Node = SyntaxNode<CGrammar>

extension Node {
  var isRecord: Bool { kind == .structSpecifier || kind == .unionSpecifier }

  var isTag: Bool { isRecord || kind == .enumSpecifier }

  var tagKind: SymbolKind {
    switch kind {
    case .enumSpecifier: .enum
    case .unionSpecifier: .union
    default: .struct
    }
  }

  /// `struct x;`: neither part of a declaration nor of an expression.
  var isAlone: Bool {
    switch parent?.kind {
    case .translationUnit, .declarationList, .compoundStatement, .error: true
    default: false
    }
  }

  /// All children that are the declaration's declarators.
  var declarators: [Node] { children.filter { $0.field == .declarator } }
}

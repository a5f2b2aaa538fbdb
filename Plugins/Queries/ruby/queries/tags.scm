; Of several patterns that take one name the first counts.

; require "set"
(call
  !receiver
  method: (identifier) @_require
  arguments: (argument_list . (string (string_content) @source) .)
  (#any-of? @_require "require" "load")) @definition.import

; require_relative "../shop"
(call
  !receiver
  method: (identifier) @_require
  arguments: (argument_list . (string (string_content) @source.relative) .)
  (#eq? @_require "require_relative")) @definition.import

; module Shop, class Cart < Base
(module
  name: [(constant) (scope_resolution)] @name
  body: (_)? @body) @definition.module
(class
  name: [(constant) (scope_resolution)] @name
  body: (_)? @body) @definition.class

; Point = Struct.new(:x, :y) do … end
(assignment
  left: [(constant) (scope_resolution)] @name
  right: (call
    receiver: (constant) @_made
    method: (identifier) @_new
    block: (_)? @body)
  (#any-of? @_made "Class" "Struct" "Data")
  (#any-of? @_new "new" "define")) @definition.class
(assignment
  left: [(constant) (scope_resolution)] @name
  right: (call
    receiver: (constant) @_made
    method: (identifier) @_new
    block: (_)? @body)
  (#eq? @_made "Module")
  (#eq? @_new "new")) @definition.module

; LIMIT = 3
(assignment left: [(constant) (scope_resolution)] @name) @definition.constant
(operator_assignment left: [(constant) (scope_resolution)] @name) @definition.constant
(assignment left: (left_assignment_list (constant) @name)) @definition.constant

; class << self
(singleton_class
  body: (body_statement
    (method
      name: (_) @name
      parameters: (method_parameters)? @parameters
      body: (_)? @body) @definition.singleton))
(singleton_class
  body: (body_statement
    (call
      method: (identifier) @_visibility
      arguments: (argument_list
        (method
          name: (_) @name
          parameters: (method_parameters)? @parameters
          body: (_)? @body) @definition.singleton @visibility.private)))
  (#any-of? @_visibility "private" "protected"))

; private def secret
(call
  method: (identifier) @_visibility
  arguments: (argument_list
    (method
      name: (_) @name
      parameters: (method_parameters)? @parameters
      body: (_)? @body) @definition.method @visibility.private)
  (#eq? @_visibility "private"))
(call
  method: (identifier) @_visibility
  arguments: (argument_list
    (method
      name: (_) @name
      parameters: (method_parameters)? @parameters
      body: (_)? @body) @definition.method @visibility.protected)
  (#eq? @_visibility "protected"))
(call
  method: (identifier) @_visibility
  arguments: (argument_list
    (singleton_method
      object: (self)
      name: (_) @name
      parameters: (method_parameters)? @parameters
      body: (_)? @body) @definition.singleton @visibility.private)
  (#eq? @_visibility "private_class_method"))

; def initialize, def total, def self.open, def Cart.open
(method
  name: (identifier) @name
  parameters: (method_parameters)? @parameters
  body: (_)? @body
  (#eq? @name "initialize")) @definition.constructor
(method
  name: (_) @name
  parameters: (method_parameters)? @parameters
  body: (_)? @body) @definition.method
(singleton_method
  object: (self)
  name: (_) @name
  parameters: (method_parameters)? @parameters
  body: (_)? @body) @definition.singleton
(singleton_method
  object: (constant) @parent
  name: (_) @name
  parameters: (method_parameters)? @parameters
  body: (_)? @body) @definition.singleton
(singleton_method
  name: (_) @name
  parameters: (method_parameters)? @parameters
  body: (_)? @body) @definition.singleton

; define_method(:total) { … }
(call
  !receiver
  method: (identifier) @_define
  arguments: (argument_list . [(simple_symbol) (string)] @name)
  (#eq? @_define "define_method")) @definition.method
(call
  !receiver
  method: (identifier) @_define
  arguments: (argument_list . [(simple_symbol) (string)] @name)
  (#eq? @_define "define_singleton_method")) @definition.singleton

; attr_reader :price, "name"
(call
  !receiver
  method: (identifier) @_attribute
  arguments: (argument_list [(simple_symbol) (string)] @name)
  (#any-of? @_attribute
    "attr" "attr_reader" "attr_writer" "attr_accessor" "mattr_reader" "mattr_writer" "mattr_accessor"
    "cattr_reader" "cattr_writer" "cattr_accessor" "class_attribute" "thread_mattr_accessor")) @definition.property

; alias sum total, alias_method :sum, :total
(alias name: (_) @name) @definition.alias
(call
  !receiver
  method: (identifier) @_alias
  arguments: (argument_list . [(simple_symbol) (string)] @name)
  (#eq? @_alias "alias_method")) @definition.alias

; private, and from here on
(body_statement (identifier) @section.private (#eq? @section.private "private"))
(body_statement (identifier) @section.protected (#eq? @section.protected "protected"))
(body_statement (identifier) @section.public (#eq? @section.public "public"))

; private :total
(call
  !receiver
  method: (identifier) @_visibility
  arguments: (argument_list (simple_symbol) @name) @visibility.private
  (#any-of? @_visibility "private" "private_class_method" "private_constant"))
(call
  !receiver
  method: (identifier) @_visibility
  arguments: (argument_list (simple_symbol) @name) @visibility.protected
  (#eq? @_visibility "protected"))

(method_parameters (identifier) @parameter)
(method_parameters (optional_parameter) @parameter.optional)
(method_parameters (keyword_parameter) @parameter.optional)
(method_parameters (splat_parameter) @parameter.rest)
(method_parameters (hash_splat_parameter) @parameter.rest)
(method_parameters (forward_parameter) @parameter.rest)
(method_parameters (destructured_parameter) @parameter)

; A name that is bound here is no call of that name.
(method_parameters (identifier) @local)
(block_parameters (identifier) @local)
(lambda_parameters (identifier) @local)
(optional_parameter name: (identifier) @local)
(keyword_parameter name: (identifier) @local)
(splat_parameter name: (identifier) @local)
(hash_splat_parameter name: (identifier) @local)
(block_parameter name: (identifier) @local)
(destructured_parameter (identifier) @local)
(assignment left: (identifier) @local)
(operator_assignment left: (identifier) @local)
(left_assignment_list (identifier) @local)
(exception_variable (identifier) @local)
(for pattern: (identifier) @local)

; class Cart < Base, include Enumerable
(superclass [(constant) (scope_resolution)] @name) @reference.inherits
(call
  !receiver
  method: (identifier) @_mix
  arguments: (argument_list [(constant) (scope_resolution)] @name)
  (#any-of? @_mix "include" "prepend" "extend")) @reference.implements

(call
  receiver: (_) @receiver
  method: [(identifier) (constant)] @name) @reference.call
(call
  !receiver
  method: [(identifier) (constant)] @name) @reference.call
((identifier) @reference.word)
((scope_resolution) @reference.type)
((constant) @reference.type)

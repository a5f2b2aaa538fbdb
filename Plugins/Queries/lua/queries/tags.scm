; Of several patterns that take one name the first counts.

; local money = require("shop.money")
(variable_declaration
  (assignment_statement
    (variable_list . name: (identifier) @name .)
    (expression_list . value: (function_call
      name: (identifier) @_require
      arguments: (arguments . (string content: (string_content) @source) .)) .))
  (#eq? @_require "require")) @definition.import

; require "shop.money"
(function_call
  name: (identifier) @_require
  arguments: (arguments . (string content: (string_content) @source) .)
  (#eq? @_require "require")) @definition.import

; local function helper() … end
(function_declaration
  "local"
  name: (identifier) @name
  parameters: (parameters) @parameters
  body: (block)? @body) @definition.function @visibility.private

; function everywhere() … end
(function_declaration
  name: (identifier) @name
  parameters: (parameters) @parameters
  body: (block)? @body) @definition.global

; function M.price() … end
(function_declaration
  name: (dot_index_expression) @name
  parameters: (parameters) @parameters
  body: (block)? @body) @definition.function

; function Cart:add() … end
(function_declaration
  name: (method_index_expression) @name
  parameters: (parameters) @parameters
  body: (block)? @body) @definition.method

; local helper = function() … end
(variable_declaration
  (assignment_statement
    (variable_list . name: (identifier) @name .)
    (expression_list . value: (function_definition
      parameters: (parameters) @parameters
      body: (block)? @body) .))) @definition.function @visibility.private

; helper = function() … end
(assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (function_definition
    parameters: (parameters) @parameters
    body: (block)? @body) .)) @definition.global

; M.price = function() … end
(assignment_statement
  (variable_list . name: (dot_index_expression) @name .)
  (expression_list . value: (function_definition
    parameters: (parameters) @parameters
    body: (block)? @body) .)) @definition.function

; { price = function() … end }
(field
  name: (identifier) @name
  value: (function_definition
    parameters: (parameters) @parameters
    body: (block)? @body)) @definition.function

; { ["price of"] = function() … end }, M["price of"] = function() … end
(field
  name: (string content: (string_content) @name)
  value: (function_definition
    parameters: (parameters) @parameters
    body: (block)? @body)) @definition.function
(assignment_statement
  (variable_list . name: (bracket_index_expression
    table: [(identifier) (dot_index_expression)] @parent
    field: (string content: (string_content) @name)) .)
  (expression_list . value: (function_definition
    parameters: (parameters) @parameters
    body: (block)? @body) .)) @definition.function

; local M = {} and local a, b at the file's top
(chunk
  (variable_declaration
    (assignment_statement (variable_list name: (identifier) @name))) @definition.variable @visibility.private)
(chunk
  (variable_declaration (variable_list name: (identifier) @name)) @definition.variable @visibility.private)

; LIMIT = 3 and M.limit = 3 at the file's top
(chunk
  (assignment_statement (variable_list name: (identifier) @name)) @definition.variable)
(chunk
  (assignment_statement (variable_list name: (dot_index_expression) @name)) @definition.field)

; local M = { limit = 3 } at the file's top
(chunk
  (variable_declaration
    (assignment_statement
      (expression_list value: (table_constructor (field name: (identifier) @name) @definition.field)))))
(chunk
  (assignment_statement
    (expression_list value: (table_constructor (field name: (identifier) @name) @definition.field))))

; return M: M is the module
(chunk
  (return_statement (expression_list . (identifier) @export .)))
; the same where more stands behind it, which the grammar cannot read
(ERROR . (identifier) @export .)
(ERROR . (identifier) @export . (function_call))
(ERROR (return_statement (expression_list . (identifier) @export .)))

(parameters name: (identifier) @parameter)
(parameters (vararg_expression) @parameter.rest)

(function_call
  name: [(identifier) (dot_index_expression) (method_index_expression)] @name) @reference.call

; A name that is bound here is no function of that name elsewhere.
(parameters name: (identifier) @local)
(variable_declaration (variable_list name: (identifier) @local))
(variable_declaration (assignment_statement (variable_list name: (identifier) @local)))
(for_generic_clause (variable_list name: (identifier) @local))
(for_numeric_clause name: (identifier) @local)

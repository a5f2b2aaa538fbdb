; What each pattern takes, and what it stands for. Of several that take one name the first counts.

; local money = require("shop.money")
(variable_declaration
  (assignment_statement
    (variable_list . name: (identifier) @name .)
    (expression_list . value: (function_call
      name: (identifier) @_require
      arguments: (arguments . (string content: (string_content) @source) .)) .))
  (#eq? @_require "require")) @definition.import

; function price(item) … end
(function_declaration
  name: [(identifier) (dot_index_expression)] @name
  parameters: (parameters) @parameters
  body: (block)? @body) @definition.function

; function Cart:add(item) … end
(function_declaration
  name: (method_index_expression) @name
  parameters: (parameters) @parameters
  body: (block)? @body) @definition.method

; local LIMIT = 3
(chunk
  (variable_declaration
    (assignment_statement (variable_list name: (identifier) @name))) @definition.variable)

(parameters name: (identifier) @parameter @local)
(parameters (vararg_expression) @parameter.rest)

; price(item), money.round(x), self:add(item)
(function_call
  name: [(identifier) (dot_index_expression) (method_index_expression)] @name) @reference.call

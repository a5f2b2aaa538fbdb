// Definitions and calls of a tree as the TypeScript compiler sees them, one JSON line each: see typescript.py.
//
//     node typescript.js ROOT < FILES            FILES: paths relative to ROOT, one a line
"use strict";
const fs = require("fs");
const path = require("path");
const ts = require("/usr/share/nodejs/typescript");

const root = fs.realpathSync(process.argv[2]);
const files = fs.readFileSync(0, "utf8").split("\n").filter((line) => line);

/** The folders of the tree's own packages by their names, and `paths` of the configuration at its root. */
function aliases() {
  const paths = {};
  for (const file of process.argv[3] ? process.argv[3].split(",") : []) {
    const folder = path.dirname(file);
    const name = JSON.parse(fs.readFileSync(path.join(root, file), "utf8")).name;
    if (!name) continue;
    const places = (rest) => [path.join(folder, "src", rest), path.join(folder, rest)];
    paths[name] = [...places(""), ...places("index")];
    paths[name + "/*"] = places("*");
  }
  const file = path.join(root, "tsconfig.json");
  if (!fs.existsSync(file)) return paths;
  const options = ts.readConfigFile(file, ts.sys.readFile).config?.compilerOptions ?? {};
  for (const [pattern, targets] of Object.entries(options.paths ?? {})) {
    paths[pattern] = targets.map((target) => path.join(options.baseUrl ?? "", target));
  }
  return paths;
}

const options = {
  allowJs: true, checkJs: false, noEmit: true, strict: true, jsx: ts.JsxEmit.Preserve, baseUrl: root,
  target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.NodeJs,
  experimentalDecorators: true, esModuleInterop: true, types: [], paths: aliases(), maxNodeModuleJsDepth: 0,
  resolveJsonModule: false,
};

/** A host that hands over what compiler 4.8 cannot read in older words of the same length. */
function host() {
  const host = ts.createCompilerHost(options);
  const { readFile } = host;
  host.readFile = (name) => readFile(name)
    ?.replace(/([<,]\s*)const(?=\s+[A-Z]\w*\s*(?:extends\b|[,>=]))/g, "$1     ")
    .replace(/(?<=[\w)\]}"'`] |^\s*)satisfies(?= )/gm, "as       ");
  return host;
}

const program = ts.createProgram(files.map((file) => path.join(root, file)), options, host());
const checker = program.getTypeChecker();
const lines = [];
let current;

function place(node, file = node.getSourceFile()) {
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { line: line + 1, units: character };
}

function relative(file) {
  const name = path.relative(root, file.fileName);
  return name.startsWith("..") || name.includes("node_modules") ? undefined : name;
}

// MARK: definitions

const kinds = new Map([
  [ts.SyntaxKind.ClassDeclaration, "class"], [ts.SyntaxKind.InterfaceDeclaration, "interface"],
  [ts.SyntaxKind.EnumDeclaration, "enum"], [ts.SyntaxKind.TypeAliasDeclaration, "type_alias"],
]);

const isFunction = (node) => node && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
const isWrapper = (node) => ts.isParenthesizedExpression(node) || ts.isAsExpression(node)
  || ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node);

function inner(node) {
  while (node && isWrapper(node)) node = node.expression;
  return node;
}

/** The node around casts and parentheses, with the node it stands in. */
function outer(node) {
  while (isWrapper(node.parent)) node = node.parent;
  return [node, node.parent];
}

/** Whether `node` assigns to a member, and the compiler takes that for the member's declaration. */
function isMade(node) {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  const left = node.left;
  if (!ts.isPropertyAccessExpression(left)) return false;
  if (/^(module\.)?exports(\.|$)/.test(left.getText())) return true;
  const symbol = checker.getSymbolAtLocation(left.name);
  return (symbol?.declarations ?? []).some((each) => each === left || each === node);
}

/** `module.exports = …`. */
const isWhole = (node) => ts.isBinaryExpression(node) && node.left.getText() === "module.exports";

/** Whether an object literal is the value of something with a name. */
function isNamed(literal) {
  const [node, parent] = outer(literal);
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && ts.isIdentifier(parent.name);
  if (ts.isPropertyAssignment(parent)) return isNamed(parent.parent);
  if (ts.isBinaryExpression(parent)) return parent.right === node && isMade(parent);
  if (ts.isReturnStatement(parent)) {
    let owner = parent.parent;
    while (owner && !ts.isFunctionLike(owner)) owner = owner.parent;
    return owner !== undefined && isDefined(owner);
  }
  if (ts.isArrowFunction(parent)) return isDefined(parent);
  return ts.isPropertyDeclaration(parent) || ts.isExportAssignment(parent);
}

/** Whether a function has a name of its own or the one it is bound to. */
function isDefined(node) {
  if (ts.isFunctionDeclaration(node) || ts.isGetAccessor(node)) return true;
  if (ts.isMethodDeclaration(node)) return !ts.isObjectLiteralExpression(node.parent) || isNamed(node.parent);
  const [value, parent] = outer(node);
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return ts.isIdentifier(parent.name);
  if (ts.isBinaryExpression(parent)) return parent.right === value && isMade(parent);
  return ts.isExportAssignment(parent) || (ts.isPropertyAssignment(parent) && isNamed(parent.parent));
}

/** Whether an object type is all or part of what something with a name is declared as. */
function isNamedType(literal) {
  let node = literal;
  let parent = node.parent;
  while (ts.isIntersectionTypeNode(parent) || ts.isUnionTypeNode(parent) || ts.isParenthesizedTypeNode(parent)) {
    [node, parent] = [parent, parent.parent];
  }
  if (ts.isFunctionLike(parent) && !ts.isFunctionTypeNode(parent)) return parent.type === node;
  return ts.isTypeAliasDeclaration(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)
    || (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name));
}

function define(name, kind, node) {
  if (!name || (ts.isComputedPropertyName(name) && !/^\[(Symbol\.|["'])/.test(name.getText()))) return;
  const text = ts.isComputedPropertyName(name) ? name.expression.text : name.text;
  lines.push({ path: current, ...place(name), name: text || name.getText(), kind });
}

/** A function or class without a name of its own that a module exports, or that stands alone. */
function defineUnnamed(node, name, kind) {
  lines.push({ path: current, ...place(node), name, kind });
}

function defineConstructor(node) {
  const others = node.parent.members.filter(ts.isConstructorDeclaration);
  if (!node.body && (others[0] !== node || others.some((other) => other.body))) return;
  const word = node.getChildren().find((child) => child.kind === ts.SyntaxKind.ConstructorKeyword) ?? node;
  lines.push({ path: current, ...place(word), name: "constructor", kind: "constructor" });
}

/** The first of several signatures stands for them, unless a body follows. */
function defineSignature(node) {
  const all = (node.parent.members ?? []).filter((other) => other.name?.getText() === node.name.getText()
    && isStatic(other) === isStatic(node));
  if (all[0] !== node || all.some((other) => other.body)) return;
  if (!ts.isTypeLiteralNode(node.parent) || isNamedType(node.parent)) define(node.name, "method", node);
}

const isStatic = (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;

/** What an expression defines under the name it is bound to. */
function defineValue(name, value, kind) {
  const bound = inner(value);
  if (isFunction(bound)) define(name, kind);
  else if (bound && ts.isClassExpression(bound)) define(name, "class");
}

function defineClassExpression(node) {
  const [, parent] = outer(node);
  const isField = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
  if (isField && ts.isIdentifier(parent.name)) return;
  if (ts.isPropertyAssignment(parent) ? isNamed(parent.parent) : isMade(parent) && !isWhole(parent)) return;
  if (node.name) define(node.name, "class");
  else defineUnnamed(node, ts.isExportAssignment(parent) || isWhole(parent) ? "default" : "class", "class");
}

function definitions(node) {
  if (current.endsWith(".d.ts")) return;
  if (kinds.has(node.kind)) {
    if (node.name) define(node.name, kinds.get(node.kind));
    else defineUnnamed(node, "default", "class");
  } else if (ts.isFunctionDeclaration(node)) {
    if (node.body && node.name) define(node.name, "function");
    else if (node.body) defineUnnamed(node, "default", "function");
  } else if (ts.isConstructorDeclaration(node)) defineConstructor(node);
  else if (ts.isMethodSignature(node) || (ts.isMethodDeclaration(node) && !node.body)) defineSignature(node);
  else if (ts.isMethodDeclaration(node)) {
    if (!ts.isObjectLiteralExpression(node.parent) || isNamed(node.parent)) define(node.name, "method");
  } else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
    defineValue(node.name, node.initializer, "function");
  } else if (ts.isPropertyDeclaration(node)) defineValue(node.name, node.initializer, "method");
  else if (ts.isPropertyAssignment(node)) {
    if (isNamed(node.parent)) defineValue(node.name, node.initializer, "method");
  } else if ((ts.isExportAssignment(node) || isWhole(node)) && isFunction(inner(node.expression ?? node.right))) {
    const value = inner(node.expression ?? node.right);
    if (value.name) define(value.name, "function");
    else defineUnnamed(value, "default", "function");
  } else if (isMade(node) && !isWhole(node)) defineValue(node.left.name, node.right, "method");
  else if (ts.isClassExpression(node)) defineClassExpression(node);
}

// MARK: calls

/** The part of a callee that names what is called; undefined where nothing does. */
function calleeName(node) {
  node = inner(node);
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.SuperKeyword) return node;
  return ts.isPropertyAccessExpression(node) ? node.name : undefined;
}

const isLibrary = (declaration) => program.isSourceFileDefaultLibrary(declaration.getSourceFile());

function isLocal(node) {
  for (let parent = node.parent; parent; parent = parent.parent) if (ts.isFunctionLike(parent)) return true;
  return false;
}

/** What a declaration stands for: itself, what it is another name of, or nothing that could be told. */
function ends(declaration, depth = 0) {
  if (depth > 4) return [declaration];
  if (ts.isParameter(declaration) && !ts.isParameterPropertyDeclaration(declaration, declaration.parent)) return [];
  if (ts.isBindingElement(declaration)) {
    const pattern = declaration.parent;
    const name = declaration.propertyName ?? declaration.name;
    if (!ts.isObjectBindingPattern(pattern) || !ts.isIdentifier(name)) return [];
    const property = checker.getTypeAtLocation(pattern).getProperty(name.text);
    return (property?.declarations ?? []).flatMap((end) => ends(end, depth + 1));
  }
  if (ts.isVariableDeclaration(declaration)) {
    const value = inner(declaration.initializer);
    if (value && (isFunction(value) || ts.isClassExpression(value))) return [declaration];
    if (value && (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value))) {
      const symbol = resolved(checker.getSymbolAtLocation(ts.isIdentifier(value) ? value : value.name));
      const others = (symbol?.declarations ?? []).flatMap((end) => ends(end, depth + 1));
      // A local that is another name of the library's is the library's.
      if (isLocal(declaration) && others.length > 0 && others.every(isLibrary)) return others;
      return others.length ? [declaration, ...others] : isLocal(declaration) ? [] : [declaration];
    }
    return isLocal(declaration) ? [] : [declaration];
  }
  return [declaration];
}

function resolved(symbol) {
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol && symbol.escapedName !== "unknown" && symbol.escapedName !== "__unknown" ? symbol : undefined;
}

function target(declaration) {
  const file = declaration.getSourceFile();
  const name = relative(file);
  if (name === undefined || program.isSourceFileDefaultLibrary(file)) return undefined;
  let named = declaration;
  if (isFunction(declaration) || ts.isClassExpression(declaration)) {
    const parent = declaration.parent;
    if (!declaration.name || ts.isVariableDeclaration(parent)) named = parent;
  }
  const constructor = ts.isConstructorDeclaration(declaration)
    && declaration.getChildren().find((child) => child.kind === ts.SyntaxKind.ConstructorKeyword);
  return [name, place(constructor || ts.getNameOfDeclaration(named) || named, file).line];
}

function call(node, callee) {
  const name = calleeName(callee);
  if (!name) return;
  if (ts.isIdentifier(name) && name.text === "require") return;
  const line = { path: current, ...place(name), name: name.text ?? "super" };
  lines.push(line);
  const symbol = resolved(checker.getSymbolAtLocation(name));
  let declarations = (symbol?.declarations ?? []).flatMap((each) => ends(each));
  const isKnown = symbol?.declarations?.length > 0;
  if (name.kind === ts.SyntaxKind.SuperKeyword || declarations.length > 0 || !isKnown) {
    const signature = ts.isDecorator(node) || ts.isCallLikeExpression?.(node) || ts.isCallExpression(node)
      || ts.isNewExpression(node) ? checker.getResolvedSignature(node) : undefined;
    if (signature?.declaration && !ts.isFunctionTypeNode(signature.declaration)
      && !ts.isJSDocSignature(signature.declaration)) {
      if (declarations.length > 0) declarations.push(signature.declaration);
      else if (name.kind === ts.SyntaxKind.SuperKeyword) declarations = [signature.declaration];
    }
  }
  for (const each of [...declarations]) {
    if (ts.isConstructorDeclaration(each)) declarations.push(each.parent);
    if (ts.isClassLike(each)) declarations.push(...each.members.filter(ts.isConstructorDeclaration));
  }
  if (declarations.length === 0) {
    line.unjudged = true;
    return;
  }
  // What the library declares and the tree adds to is the library's; a name of the tree's for it is not.
  const isOutside = (symbol?.declarations ?? declarations).some(isLibrary) || declarations.every(isLibrary);
  const places = isOutside ? [] : declarations.map(target).filter((each) => each);
  if (places.length === 0) line.outside = true;
  else {
    [line.target_path, line.target_line] = places[0];
    line.also = places;
  }
}

function calls(node) {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    if (node.expression.kind !== ts.SyntaxKind.ImportKeyword) call(node, node.expression);
  } else if (ts.isTaggedTemplateExpression(node)) call(node, node.tag);
  else if (ts.isDecorator(node) && !ts.isCallExpression(node.expression)) call(node, node.expression);
  else if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
    if (!ts.isIdentifier(node.tagName) || !/^[a-z]/.test(node.tagName.text)) call(node, node.tagName);
  }
}

/** Types that comments of JavaScript define. */
function documented(node) {
  for (const tag of (node.jsDoc ?? []).flatMap((comment) => [...comment.tags ?? []])) {
    if (ts.isJSDocTypedefTag(tag) && tag.name && /js[x]?$/.test(current)) define(tag.name, "type_alias");
  }
}

function visit(node) {
  documented(node);
  definitions(node);
  calls(node);
  ts.forEachChild(node, visit);
}

for (const file of files) {
  const source = program.getSourceFile(path.join(root, file));
  if (!source) continue;
  current = file;
  visit(source);
}
for (const line of lines) process.stdout.write(JSON.stringify(line) + "\n");

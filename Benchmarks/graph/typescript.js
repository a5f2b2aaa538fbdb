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

const program = ts.createProgram(files.map((file) => path.join(root, file)), {
  allowJs: true, checkJs: false, noEmit: true, strict: true, jsx: ts.JsxEmit.Preserve, baseUrl: root,
  target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.NodeJs,
  experimentalDecorators: true, esModuleInterop: true, types: [], paths: aliases(), maxNodeModuleJsDepth: 0,
  resolveJsonModule: false,
});
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

function inner(node) {
  while (node && (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)
    || node.kind === ts.SyntaxKind.SatisfiesExpression)) node = node.expression;
  return node;
}

/** Whether an object literal is the value of something with a name. */
function isNamed(literal) {
  let node = literal;
  let parent = node.parent;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)
    || parent.kind === ts.SyntaxKind.SatisfiesExpression) [node, parent] = [parent, parent.parent];
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && ts.isIdentifier(parent.name);
  if (ts.isPropertyAssignment(parent)) return isNamed(parent.parent);
  if (ts.isBinaryExpression(parent)) return parent.right === node && ts.isPropertyAccessExpression(parent.left);
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
  if (ts.isFunctionDeclaration(node)) return true;
  if (ts.isMethodDeclaration(node)) return !ts.isObjectLiteralExpression(node.parent) || isNamed(node.parent);
  let parent = node.parent;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) parent = parent.parent;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return ts.isIdentifier(parent.name);
  if (ts.isBinaryExpression(parent)) return ts.isPropertyAccessExpression(parent.left);
  return ts.isPropertyAssignment(parent) && isNamed(parent.parent);
}

function define(name, kind, node) {
  if (!name || (ts.isComputedPropertyName(name) && !/^\[Symbol\./.test(name.getText()))) return;
  lines.push({ path: current, ...place(name), name: name.text ?? name.getText(), kind });
}

function definitions(node) {
  if (current.endsWith(".d.ts")) return;
  if (kinds.has(node.kind)) define(node.name, kinds.get(node.kind), node);
  else if (ts.isFunctionDeclaration(node) && node.body) define(node.name, "function", node);
  else if (ts.isConstructorDeclaration(node) && (node.body || node.parent.members.find(
    (other) => ts.isConstructorDeclaration(other)) === node && !node.parent.members.some((other) =>
    ts.isConstructorDeclaration(other) && other.body))) {
    const word = node.getChildren().find((child) => child.kind === ts.SyntaxKind.ConstructorKeyword) ?? node;
    lines.push({ path: current, ...place(word), name: "constructor", kind: "constructor" });
  } else if (ts.isMethodSignature(node) || (ts.isMethodDeclaration(node) && !node.body)) {
    // The first of several signatures stands for them, unless a body follows.
    const all = (node.parent.members ?? []).filter((other) => other.name?.getText() === node.name.getText());
    const isAlias = ts.isTypeLiteralNode(node.parent) && !ts.isTypeAliasDeclaration(node.parent.parent);
    if (all[0] === node && !all.some((other) => other.body) && !isAlias) define(node.name, "method", node);
  } else if (ts.isMethodDeclaration(node) && node.body) {
    if (!ts.isObjectLiteralExpression(node.parent) || isNamed(node.parent)) define(node.name, "method", node);
  } else if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && ts.isIdentifier(node.name)) {
    const kind = ts.isPropertyDeclaration(node) ? "method" : "function";
    if (isFunction(inner(node.initializer))) define(node.name, kind, node);
    if (node.initializer && ts.isClassExpression(inner(node.initializer))) define(node.name, "class", node);
  } else if (ts.isPropertyAssignment(node) && isFunction(inner(node.initializer)) && isNamed(node.parent)) {
    define(node.name, "method", node);
  }
}

// MARK: calls

/** The part of a callee that names what is called; undefined where nothing does. */
function calleeName(node) {
  node = inner(node);
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.SuperKeyword) return node;
  return ts.isPropertyAccessExpression(node) ? node.name : undefined;
}

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
  // What the library declares and the tree adds to is the library's.
  const isLibrary = declarations.some((each) => program.isSourceFileDefaultLibrary(each.getSourceFile()));
  const places = isLibrary ? [] : declarations.map(target).filter((each) => each);
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

function visit(node) {
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

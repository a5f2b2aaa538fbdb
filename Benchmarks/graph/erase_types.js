// Blanks the types of parameters, variables, fields and results in a copy of a tree; every place stays where it is.
//
//     cp -a TREE COPY && cd COPY && git ls-files '*.ts' '*.tsx' | node erase_types.js .
//
// What an analyzer then loses is what annotations give it.
"use strict";
const fs = require("fs");
const path = require("path");
const ts = require("/usr/share/nodejs/typescript");

for (const name of fs.readFileSync(0, "utf8").split("\n").filter((line) => line && !line.endsWith(".d.ts"))) {
  const file = path.join(process.argv[2], name);
  const text = fs.readFileSync(file, "utf8");
  const kind = name.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true, kind);
  const ranges = [];
  const visit = (node) => {
    const isAnnotated = ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)
      || (ts.isFunctionLike(node) && node.body);
    const isInType = ts.isParameter(node) && !node.parent.body;
    if (isAnnotated && !isInType && node.type && text[node.type.pos - 1] === ":") {
      ranges.push([node.type.pos - 1, node.type.end]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let erased = text;
  for (const [start, end] of ranges) {
    // As many bytes as before, and as many lines.
    const blank = [...erased.slice(start, end)].map((c) => c === "\n" ? c : " ".repeat(Buffer.byteLength(c))).join("");
    if (blank.length !== end - start) continue;
    erased = erased.slice(0, start) + blank + erased.slice(end);
  }
  fs.writeFileSync(file, erased);
}

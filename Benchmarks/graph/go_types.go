// The helper of go.py: what go/ast and go/types say of a tree, as JSON lines for comparison.py.
//
//	go run go_types.go ROOT [PATH=FOLDER]…
//
// ROOT holds modules (go.mod) or is a GOPATH's src folder. PATH=FOLDER adds folders with sources of dependencies, by
// the import path they begin with; GOROOT and /usr/share/gocode/src are there already. A package is judged for
// linux/amd64 without cgo, with its tests; files that are built elsewhere give definitions, and their calls count as
// not judged.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

type row struct {
	Path       string `json:"path"`
	Line       int    `json:"line"`
	Column     int    `json:"column,omitempty"`
	Name       string `json:"name,omitempty"`
	Kind       string `json:"kind,omitempty"`
	TargetPath string `json:"target_path,omitempty"`
	TargetLine int    `json:"target_line,omitempty"`
	Outside    bool   `json:"outside,omitempty"`
	Unjudged   bool   `json:"unjudged,omitempty"`
	Note       string `json:"note,omitempty"`
	Relation   string `json:"relation,omitempty"`
}

var (
	root    string
	fset    = token.NewFileSet()
	out     = bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder = json.NewEncoder(out)
	context = build.Default
	folders = map[string]string{} // import path -> folder of the tree
	plain   = map[string]*types.Package{}
	tested  = map[string]*types.Package{}
	loading = map[string]bool{}
	judged  = map[string]bool{} // "path:line:column" of calls
	extra   = map[string]string{}
	files   = map[string]*ast.File{}
)

func main() {
	root, _ = filepath.Abs(os.Args[1])
	for _, argument := range os.Args[2:] {
		prefix, folder, _ := strings.Cut(argument, "=")
		extra[prefix] = folder
	}
	context.CgoEnabled = false
	context.GOOS, context.GOARCH = "linux", "amd64"
	paths := findPackages()
	for _, path := range paths {
		judge(path)
	}
	restOfCalls(paths)
	implementations(paths)
	out.Flush()
}

var moduleLine = regexp.MustCompile(`(?m)^module\s+"?([^\s"]+)"?`)

// findPackages fills folders, and emits the definitions of every file.
func findPackages() []string {
	modules := map[string]string{}
	var found []string
	filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return nil
		}
		if info.IsDir() {
			if info.Name() == ".git" || info.Name() == ".codira" {
				return filepath.SkipDir
			}
			if text, err := os.ReadFile(filepath.Join(path, "go.mod")); err == nil {
				if match := moduleLine.FindSubmatch(text); match != nil {
					modules[path] = string(match[1])
				}
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || info.Mode()&os.ModeSymlink != 0 {
			return nil
		}
		file, _ := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if file == nil {
			return nil
		}
		files[path] = file
		definitions(path, file)
		folder := filepath.Dir(path)
		name := importPath(folder, modules)
		if _, there := folders[name]; !there {
			folders[name] = folder
			found = append(found, name)
		}
		return nil
	})
	sort.Strings(found)
	return found
}

func importPath(folder string, modules map[string]string) string {
	for parent := folder; ; parent = filepath.Dir(parent) {
		if module, there := modules[parent]; there {
			rest, _ := filepath.Rel(parent, folder)
			if rest == "." {
				return module
			}
			if module == "std" {
				return filepath.ToSlash(rest)
			}
			return module + "/" + filepath.ToSlash(rest)
		}
		if parent == root || len(parent) <= 1 {
			rest, _ := filepath.Rel(root, folder)
			return filepath.ToSlash(rest)
		}
	}
}

func relative(path string) string {
	rest, err := filepath.Rel(root, path)
	if err != nil || strings.HasPrefix(rest, "..") {
		return ""
	}
	return filepath.ToSlash(rest)
}

// Definitions.

func emit(name *ast.Ident, kind string) {
	if name == nil || name.Name == "_" {
		return
	}
	place := fset.PositionFor(name.Pos(), false)
	encoder.Encode(row{Path: relative(place.Filename), Line: place.Line, Name: name.Name, Kind: kind})
}

func definitions(path string, file *ast.File) {
	for _, declaration := range file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil {
				emit(d.Name, "method")
			} else {
				emit(d.Name, "function")
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if values, ok := spec.(*ast.ValueSpec); ok {
					for _, name := range values.Names {
						emit(name, map[token.Token]string{token.CONST: "constant", token.VAR: "variable"}[d.Tok])
					}
					variableMembers(values)
				}
			}
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if spec, ok := node.(*ast.TypeSpec); ok {
			kind := "type_alias"
			switch spec.Type.(type) {
			case *ast.StructType:
				kind = "struct"
			case *ast.InterfaceType:
				kind = "interface"
			}
			emit(spec.Name, kind)
			members(spec.Type)
		}
		return true
	})
}

func variableMembers(values *ast.ValueSpec) {
	if values.Names[0].Name == "_" {
		return
	}
	members(values.Type)
	for _, value := range values.Values {
		if literal, ok := value.(*ast.CompositeLit); ok && values.Type == nil {
			members(literal.Type)
		}
	}
}

// members emits fields and methods of a type, and of types without a name in it.
func members(expression ast.Expr) {
	switch t := expression.(type) {
	case *ast.StructType:
		for _, field := range t.Fields.List {
			for _, name := range field.Names {
				emit(name, "field")
			}
			if len(field.Names) == 0 {
				emit(embedded(field.Type), "field")
			} else if field.Names[0].Name != "_" {
				members(field.Type)
			}
		}
	case *ast.InterfaceType:
		for _, field := range t.Methods.List {
			for _, name := range field.Names {
				emit(name, "method")
			}
		}
	case *ast.StarExpr:
		members(t.X)
	case *ast.ParenExpr:
		members(t.X)
	case *ast.ArrayType:
		members(t.Elt)
	case *ast.ChanType:
		members(t.Value)
	case *ast.MapType:
		members(t.Key)
		members(t.Value)
	}
}

func embedded(expression ast.Expr) *ast.Ident {
	switch e := expression.(type) {
	case *ast.Ident:
		return e
	case *ast.StarExpr:
		return embedded(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return embedded(e.X)
	case *ast.IndexListExpr:
		return embedded(e.X)
	case *ast.ParenExpr:
		return embedded(e.X)
	}
	return nil
}

// Loading.

// parse gives the files of a folder that are built here: without tests, with the package's own tests, and the files of
// its outer test package.
func parse(folder string) (own, tests, outer []*ast.File) {
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || entry.IsDir() {
			continue
		}
		if match, err := context.MatchFile(folder, name); err != nil || !match {
			continue
		}
		path := filepath.Join(folder, name)
		file := files[path]
		if file == nil {
			file, _ = parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		}
		if file == nil {
			continue
		}
		switch {
		case !strings.HasSuffix(name, "_test.go"):
			own = append(own, file)
		case strings.HasSuffix(file.Name.Name, "_test"):
			outer = append(outer, file)
		default:
			tests = append(tests, file)
		}
	}
	return
}

type importer struct {
	vendor string // folder whose `vendor` counts
	prefer string // package whose tested variant is meant
}

func (i importer) Import(path string) (*types.Package, error) { return i.ImportFrom(path, "", 0) }

func (i importer) ImportFrom(path, _ string, _ types.ImportMode) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if path == i.prefer && tested[path] != nil {
		return tested[path], nil
	}
	if known := plain[path]; known != nil {
		return known, nil
	}
	if loading[path] {
		return nil, fmt.Errorf("import cycle at %s", path)
	}
	folder := find(path)
	if folder == "" {
		return nil, fmt.Errorf("no sources of %s", path)
	}
	loading[path] = true
	own, _, _ := parse(folder)
	plain[path] = check(path, own, nil, importer{}, relative(folder) == "")
	loading[path] = false
	return plain[path], nil
}

func find(path string) string {
	if folder := folders[path]; folder != "" {
		return folder
	}
	for prefix, folder := range extra {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return filepath.Join(folder, strings.TrimPrefix(path, prefix))
		}
	}
	for _, base := range []string{
		filepath.Join(context.GOROOT, "src"), filepath.Join(context.GOROOT, "src", "vendor"), "/usr/share/gocode/src",
	} {
		if entries, err := os.ReadDir(filepath.Join(base, path)); err == nil && len(entries) > 0 {
			return filepath.Join(base, path)
		}
	}
	return ""
}

func check(path string, list []*ast.File, info *types.Info, from importer, isOutside bool) *types.Package {
	config := types.Config{
		Importer: from, Error: func(error) {}, IgnoreFuncBodies: isOutside, FakeImportC: true,
		Sizes: types.SizesFor("gc", "amd64"),
	}
	result, _ := config.Check(path, fset, list, info)
	return result
}

func newInfo() *types.Info {
	return &types.Info{
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Types: map[ast.Expr]types.TypeAndValue{},
	}
}

// Judging.

func judge(path string) {
	own, tests, outer := parse(folders[path])
	if len(own)+len(tests) > 0 {
		info := newInfo()
		tested[path] = check(path, append(own, tests...), info, importer{}, false)
		calls(append(own, tests...), info)
	}
	if len(outer) > 0 {
		info := newInfo()
		check(path+"_test", outer, info, importer{prefer: path}, false)
		calls(outer, info)
	}
}

func called(call *ast.CallExpr) *ast.Ident {
	expression := call.Fun
	for {
		switch e := expression.(type) {
		case *ast.ParenExpr:
			expression = e.X
		case *ast.IndexExpr:
			expression = e.X
		case *ast.IndexListExpr:
			expression = e.X
		case *ast.SelectorExpr:
			return e.Sel
		case *ast.Ident:
			return e
		default:
			return nil
		}
	}
}

func calls(list []*ast.File, info *types.Info) {
	for _, file := range list {
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := called(call)
			if name == nil {
				return true
			}
			place := fset.PositionFor(name.Pos(), false)
			result := row{Path: relative(place.Filename), Line: place.Line, Column: place.Column, Name: name.Name}
			key := fmt.Sprint(result.Path, ":", result.Line, ":", result.Column)
			if judged[key] {
				return true
			}
			judged[key] = true
			switch object := info.Uses[name].(type) {
			case nil:
				result.Unjudged = true
			case *types.Func:
				if index, ok := call.Fun.(*ast.IndexExpr); ok && isElement(index, info) {
					return true
				}
				target(&result, object.Origin())
			case *types.Builtin:
				result.Outside = true
			default:
				// A conversion, or a call of a variable: no callable that a name leads to.
				return true
			}
			encoder.Encode(result)
			return true
		})
	}
}

// isElement tells `table[i]()` from a generic function with its argument.
func isElement(index *ast.IndexExpr, info *types.Info) bool {
	value, ok := info.Types[index.Index]
	return ok && !value.IsType() && (value.Value == nil || value.Value.Kind() != constant.Unknown)
}

func target(result *row, object *types.Func) {
	place := fset.PositionFor(object.Pos(), false)
	if path := relative(place.Filename); path != "" && place.IsValid() {
		result.TargetPath, result.TargetLine = path, place.Line
	} else {
		result.Outside = true
	}
}

// implementations emits which types of the tree satisfy which of its interfaces that ask for methods: within a package
// with its tests, and between packages without them.
func implementations(paths []string) {
	var all []*types.TypeName
	for _, path := range paths {
		pairs(named(tested[path]), named(tested[path]))
		if plain[path] != nil {
			all = append(all, named(plain[path])...)
		} else {
			all = append(all, named(tested[path])...)
		}
	}
	pairs(all, all)
}

func named(from *types.Package) (found []*types.TypeName) {
	if from == nil {
		return nil
	}
	for _, name := range from.Scope().Names() {
		if object, ok := from.Scope().Lookup(name).(*types.TypeName); ok && !object.IsAlias() {
			if known, ok := object.Type().(*types.Named); ok && known.TypeParams().Len() == 0 {
				found = append(found, object)
			}
		}
	}
	return found
}

func pairs(candidates, interfaces []*types.TypeName) {
	for _, wanted := range interfaces {
		methods, ok := wanted.Type().Underlying().(*types.Interface)
		if !ok || methods.NumMethods() == 0 {
			continue
		}
		for _, object := range candidates {
			if types.IsInterface(object.Type()) {
				continue
			}
			if types.Implements(object.Type(), methods) || types.Implements(types.NewPointer(object.Type()), methods) {
				from, to := fset.PositionFor(object.Pos(), false), fset.PositionFor(wanted.Pos(), false)
				encoder.Encode(row{
					Path: relative(from.Filename), Line: from.Line, Name: object.Name(), Relation: "implements",
					TargetPath: relative(to.Filename), TargetLine: to.Line,
				})
			}
		}
	}
}

// restOfCalls emits the calls of files that are not built here.
func restOfCalls(paths []string) {
	built := map[*ast.File]bool{}
	for _, path := range paths {
		own, tests, outer := parse(folders[path])
		for _, file := range append(append(own, tests...), outer...) {
			built[file] = true
		}
	}
	for path, file := range files {
		if built[file] {
			continue
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok {
				if name := called(call); name != nil {
					place := fset.PositionFor(name.Pos(), false)
					encoder.Encode(row{
						Path: relative(path), Line: place.Line, Column: place.Column, Name: name.Name, Unjudged: true,
					})
				}
			}
			return true
		})
	}
}

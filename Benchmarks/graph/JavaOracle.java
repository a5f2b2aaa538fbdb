import com.sun.source.tree.*;
import com.sun.source.util.*;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.TreeInfo;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import javax.lang.model.element.ElementKind;
import javax.tools.*;

/** Prints the definitions and calls of Java files as javac attributes them: JSON lines, see comparison.py. */
public class JavaOracle extends TreePathScanner<Void, Void> {
  private static Path root;
  private static Trees trees;
  private static SourcePositions positions;
  private static final PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
  private static final Map<CompilationUnitTree, String> texts = new HashMap<>();

  private final CompilationUnitTree unit;
  private final String path;

  private JavaOracle(CompilationUnitTree unit) {
    this.unit = unit;
    path = relative(unit);
  }

  /** Arguments: the tree, a class path, and a file that lists the sources. */
  public static void main(String[] arguments) throws Exception {
    root = Path.of(arguments[0]).toRealPath();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    List<String> sources = Files.readAllLines(Path.of(arguments[2]));
    List<String> options = List.of(
        "-proc:none", "-nowarn", "--should-stop=ifError=FLOW", "-Xmaxerrs", "1", "-classpath", arguments[1]);
    JavacTask task = (JavacTask) compiler.getTask(
        new PrintWriter(Writer.nullWriter()), files, diagnostic -> {}, options, null,
        files.getJavaFileObjectsFromStrings(sources));
    trees = Trees.instance(task);
    positions = trees.getSourcePositions();
    List<CompilationUnitTree> units = new ArrayList<>();
    task.parse().forEach(units::add);
    task.analyze();
    for (CompilationUnitTree unit : units) new JavaOracle(unit).scan(unit, null);
    out.flush();
  }

  // Definitions

  @Override public Void visitClass(ClassTree tree, Void nothing) {
    if (!tree.getSimpleName().isEmpty()) {
      String kind = switch (tree.getKind()) {
        case INTERFACE, ANNOTATION_TYPE -> "interface";
        case ENUM -> "enum";
        default -> "class";
      };
      define(className(tree, unit), tree.getSimpleName().toString(), kind);
    }
    return super.visitClass(tree, nothing);
  }

  @Override public Void visitMethod(MethodTree tree, Void nothing) {
    Symbol symbol = ((JCTree.JCMethodDecl) tree).sym;
    ClassTree around = (ClassTree) getCurrentPath().getParentPath().getLeaf();
    boolean isConstructor = tree.getName().contentEquals("<init>");
    boolean isGenerated = isGenerated(symbol);
    if (isGenerated && !(isConstructor && around.getKind() == Tree.Kind.RECORD)) return null;
    int place = isGenerated ? className(around, unit) : ((JCTree) tree).pos;
    String name = isConstructor ? around.getSimpleName().toString() : tree.getName().toString();
    define(place, name, isConstructor ? "constructor" : "method");
    return isGenerated ? null : super.visitMethod(tree, nothing);
  }

  @Override public Void visitBlock(BlockTree tree, Void nothing) {
    if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
      define((int) positions.getStartPosition(unit, tree), tree.isStatic() ? "<clinit>" : "<initializer>", "method");
    }
    return super.visitBlock(tree, nothing);
  }

  @Override public Void visitVariable(VariableTree tree, Void nothing) {
    boolean isField = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
    boolean isConstant = isField && (((JCTree.JCVariableDecl) tree).mods.flags & Flags.ENUM) != 0;
    int place = ((JCTree) tree).pos;
    if (isConstant) place = nameFrom(source(unit), tree.getName().toString(), place);
    if (isField) define(place, tree.getName().toString(), "field");
    if (!isConstant) return super.visitVariable(tree, nothing);
    NewClassTree creation = (NewClassTree) tree.getInitializer();
    if (!creation.getArguments().isEmpty()) {
      call(place, tree.getName().toString(), constructor((JCTree.JCNewClass) creation));
    }
    scan(creation.getArguments(), null);
    TreePath outer = new TreePath(getCurrentPath(), creation);
    if (creation.getClassBody() != null) scan(new TreePath(outer, creation.getClassBody()), null);
    return null;
  }

  // Calls

  @Override public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
    JCTree select = (JCTree) tree.getMethodSelect();
    String name = TreeInfo.name(select).toString();
    int end = (int) positions.getEndPosition(unit, (Tree) select);
    if (end > 0) call(end - name.length(), name, TreeInfo.symbol(select));
    return super.visitMethodInvocation(tree, nothing);
  }

  @Override public Void visitNewClass(NewClassTree tree, Void nothing) {
    Tree type = tree.getIdentifier();
    while (!(type instanceof IdentifierTree) && !(type instanceof MemberSelectTree)) {
      if (type instanceof ParameterizedTypeTree generic) type = generic.getType();
      else if (type instanceof AnnotatedTypeTree annotated) type = annotated.getUnderlyingType();
      else return super.visitNewClass(tree, nothing);
    }
    String name = TreeInfo.name((JCTree) type).toString();
    int end = (int) positions.getEndPosition(unit, type);
    if (end > 0) {
      Symbol symbol = constructor((JCTree.JCNewClass) tree);
      boolean isInterface = tree.getClassBody() != null && isInterface(TreeInfo.symbol((JCTree) type));
      if (!isInterface) call(end - name.length(), name, symbol);
      if (tree.getClassBody() != null) define(end - name.length(), name, "class");
    }
    return super.visitNewClass(tree, nothing);
  }

  private static boolean isInterface(Symbol symbol) { return symbol == null || symbol.isInterface(); }

  /** Of an anonymous class the constructor that its own calls. */
  private static Symbol constructor(JCTree.JCNewClass tree) {
    if (tree.def == null) return tree.constructor;
    for (JCTree member : tree.def.defs) {
      if (member instanceof JCTree.JCMethodDecl method && TreeInfo.isConstructor(method) && method.body != null
          && method.body.stats.head instanceof JCTree.JCExpressionStatement statement
          && statement.expr instanceof JCTree.JCMethodInvocation invocation) {
        return TreeInfo.symbol(invocation.meth);
      }
    }
    return null;
  }

  // Rows

  private void define(int place, String name, String kind) {
    out.printf("{\"path\": %s, \"line\": %d, \"name\": %s, \"kind\": \"%s\"}%n",
        text(path), line(unit, place), text(name), kind);
  }

  private void call(int place, String name, Symbol symbol) {
    String head = String.format("{\"path\": %s, \"line\": %d, \"column\": %d, \"name\": %s",
        text(path), line(unit, place), column(place), text(name));
    if (symbol == null || symbol.kind.isResolutionError() || symbol.type == null || symbol.type.isErroneous()) {
      out.println(head + ", \"unjudged\": true}");
      return;
    }
    String target = target(symbol);
    out.println(head + (target == null ? ", \"outside\": true}" : target + "}"));
  }

  /** Where a symbol is declared; one that the compiler wrote stands at its class or component. */
  private static String target(Symbol symbol) {
    TreePath declared = trees.getPath(symbol);
    TreePath around = trees.getPath(symbol.enclClass());
    if (around == null) return null;
    CompilationUnitTree unit = around.getCompilationUnit();
    int place = className((ClassTree) around.getLeaf(), unit);
    if (declared != null && declared.getLeaf() instanceof MethodTree && !isGenerated(symbol)) {
      place = ((JCTree) declared.getLeaf()).pos;
    } else if (symbol.enclClass().getKind() == ElementKind.RECORD) {
      for (Tree member : ((ClassTree) around.getLeaf()).getMembers()) {
        if (member instanceof VariableTree field && field.getName().contentEquals(symbol.name)) {
          place = ((JCTree) field).pos;
        }
      }
    }
    return String.format(", \"target_path\": %s, \"target_line\": %d", text(relative(unit)), line(unit, place));
  }

  private static boolean isGenerated(Symbol symbol) {
    return symbol == null || (symbol.flags() & (Flags.GENERATEDCONSTR | Flags.GENERATED_MEMBER)) != 0;
  }

  /** Where a class has its name: javac keeps the place of the keyword. */
  private static int className(ClassTree tree, CompilationUnitTree unit) {
    String source = source(unit);
    String name = tree.getSimpleName().toString();
    int place = ((JCTree) tree).pos;
    return name.isEmpty() ? place : nameFrom(source, name, place);
  }

  /** The first place of a name from `place` on. */
  private static int nameFrom(String source, String name, int place) {
    for (int at = source.indexOf(name, place); at >= 0; at = source.indexOf(name, at + 1)) {
      boolean begins = at == 0 || !Character.isJavaIdentifierPart(source.charAt(at - 1));
      int end = at + name.length();
      if (begins && (end == source.length() || !Character.isJavaIdentifierPart(source.charAt(end)))) return at;
    }
    return place;
  }

  private static long line(CompilationUnitTree unit, int place) { return unit.getLineMap().getLineNumber(place); }

  /** In bytes, from 1. */
  private int column(int place) {
    int start = (int) unit.getLineMap().getStartPosition(line(unit, place));
    return 1 + source(unit).substring(start, place).getBytes(StandardCharsets.UTF_8).length;
  }

  private static String source(CompilationUnitTree unit) {
    return texts.computeIfAbsent(unit, key -> {
      try {
        return key.getSourceFile().getCharContent(true).toString();
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    });
  }

  private static String relative(CompilationUnitTree unit) {
    return root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
  }

  private static String text(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

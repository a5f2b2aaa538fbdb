import CodiraAnalyzerKit

/// What Java converts an argument to, in phases: widening and subtyping first, boxing then.
///
/// A row from a type to itself closes it: nothing converts to it that the table does not list.
enum Conversions {
  static var table: [AnalyzerDescription.Conversion] {
    var table: [AnalyzerDescription.Conversion] = []
    func add(_ from: String, _ to: String, _ phase: UInt32 = 0) {
      table.append(.init(from: from, to: to, phase: phase))
    }
    let boxes = [
      ("byte", "Byte"), ("short", "Short"), ("char", "Character"), ("int", "Integer"), ("long", "Long"),
      ("float", "Float"), ("double", "Double"), ("boolean", "Boolean"),
    ]
    for (primitive, box) in boxes {
      add(primitive, primitive)
      add(box, box)
      add(";null", box)
      add(primitive, box, 1)
      add(box, primitive, 1)
      for wider in widenings[primitive] ?? [] {
        add(primitive, wider)
        add(box, wider, 1)
      }
      let parents = primitive == "boolean" || primitive == "char" ? [] : ["Number"]
      for parent in parents + ["Comparable", "Serializable", "Constable", "ConstantDesc", "Object"] {
        add(primitive, parent, 1)
        add(box, parent)
      }
    }
    add("String", "String")
    add(";null", "String")
    for parent in ["CharSequence", "Comparable", "Serializable", "Constable", "ConstantDesc"] {
      add("String", parent)
    }
    for line in supertypes.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      for parent in words.dropFirst() { add(words[0], parent) }
      add(words[0], "")
    }
    add("[]", "[]")
    add("Object", "Object")
    // Whatever else is a reference.
    add(";null", "Object")
    add("", "Object")
    return table
  }

  /// What everybody passes around, with all its supertypes, nearest first.
  private static let supertypes = """
    ArrayDeque Deque Queue Collection Iterable
    ArrayList AbstractList List RandomAccess AbstractCollection Collection Iterable Cloneable Serializable
    AtomicInteger Number Serializable
    AtomicLong Number Serializable
    BigDecimal Number Comparable Serializable
    BigInteger Number Comparable Serializable
    BufferedInputStream FilterInputStream InputStream Closeable AutoCloseable
    BufferedReader Reader Readable Closeable AutoCloseable
    BufferedWriter Writer Appendable Flushable Closeable AutoCloseable
    ByteArrayInputStream InputStream Closeable AutoCloseable
    ByteArrayOutputStream OutputStream Flushable Closeable AutoCloseable
    ByteBuffer Buffer Comparable
    CharSequence
    Charset Comparable
    Class GenericDeclaration AnnotatedElement Type OfField Constable Serializable
    Collection Iterable
    Date Comparable Cloneable Serializable
    Error Throwable Serializable
    Exception Throwable Serializable
    File Comparable Serializable
    FileInputStream InputStream Closeable AutoCloseable
    FileOutputStream OutputStream Flushable Closeable AutoCloseable
    FileReader InputStreamReader Reader Readable Closeable AutoCloseable
    FileWriter OutputStreamWriter Writer Appendable Flushable Closeable AutoCloseable
    HashMap AbstractMap Map Cloneable Serializable
    HashSet AbstractSet Set AbstractCollection Collection Iterable Cloneable Serializable
    IOException Exception Throwable Serializable
    IllegalArgumentException RuntimeException Exception Throwable Serializable
    IllegalStateException RuntimeException Exception Throwable Serializable
    InputStream Closeable AutoCloseable
    InputStreamReader Reader Readable Closeable AutoCloseable
    Iterable
    Iterator
    LinkedHashMap HashMap AbstractMap Map Cloneable Serializable
    LinkedHashSet HashSet AbstractSet Set AbstractCollection Collection Iterable Cloneable Serializable
    LinkedList AbstractSequentialList AbstractList List Deque Queue AbstractCollection Collection Iterable
    List SequencedCollection Collection Iterable
    Locale Cloneable Serializable
    Map
    Number Serializable
    OutputStream Flushable Closeable AutoCloseable
    OutputStreamWriter Writer Appendable Flushable Closeable AutoCloseable
    Path Comparable Iterable Watchable
    Pattern Serializable
    PrintStream FilterOutputStream OutputStream Appendable Flushable Closeable AutoCloseable
    PrintWriter Writer Appendable Flushable Closeable AutoCloseable
    Reader Readable Closeable AutoCloseable
    RuntimeException Exception Throwable Serializable
    Set Collection Iterable
    SortedMap Map
    SortedSet Set Collection Iterable
    StringBuffer AbstractStringBuilder CharSequence Appendable Comparable Serializable
    StringBuilder AbstractStringBuilder CharSequence Appendable Comparable Serializable
    StringReader Reader Readable Closeable AutoCloseable
    StringWriter Writer Appendable Flushable Closeable AutoCloseable
    Thread Runnable
    Throwable Serializable
    TreeMap NavigableMap SortedMap AbstractMap Map Cloneable Serializable
    TreeSet NavigableSet SortedSet AbstractSet Set AbstractCollection Collection Iterable
    URI Comparable Serializable
    URL Serializable
    Writer Appendable Flushable Closeable AutoCloseable
    """

  private static let widenings = [
    "byte": ["short", "int", "long", "float", "double"], "short": ["int", "long", "float", "double"],
    "char": ["int", "long", "float", "double"], "int": ["long", "float", "double"],
    "long": ["float", "double"], "float": ["double"],
  ]
}

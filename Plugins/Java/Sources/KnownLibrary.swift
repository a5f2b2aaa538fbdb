import CodiraAnalyzerKit

/// What everybody's code takes from the standard library, by name.
final class KnownLibrary {
  private let language: Set<Text>
  private let everywhere: Set<Text> = [
    "Boolean", "Byte", "CharSequence", "Character", "Class", "Deprecated", "Double", "Float",
    "IllegalArgumentException", "Integer", "Iterable", "Long", "Number", "Object", "Override", "Runnable",
    "RuntimeException", "Short", "String", "StringBuilder", "SuppressWarnings", "System", "Throwable",
  ]
  private let ofObject: Set<Text> = [
    "clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait",
  ]
  private let elements: Set<Text> = [
    "apply", "call", "ceiling", "computeIfAbsent", "computeIfPresent", "current", "element", "first", "floor",
    "get", "getAndSet", "getFirst", "getLast", "getNow", "getOrDefault", "getPlain", "getValue", "higher",
    "join", "last", "lower", "merge", "next", "orElse", "orElseGet", "orElseThrow", "peek", "peekFirst",
    "peekLast", "poll", "pollFirst", "pollLast", "pop", "previous", "put", "putIfAbsent", "remove",
    "removeFirst", "removeLast", "take", "elementAt", "firstElement", "lastElement", "newInstance", "cast",
    "findFirst", "findAny",
  ]
  private let keys: Set<Text> = ["getKey", "firstKey", "lastKey"]
  private let same: Set<Text> = [
    "descendingIterator", "descendingSet", "distinct", "filter", "findAny", "findFirst", "headMap", "headSet",
    "iterator", "limit", "listIterator", "max", "min", "parallel", "parallelStream", "peek", "reversed",
    "sequential", "skip", "sorted", "spliterator", "stream", "subList", "tailMap", "tailSet", "toList",
    "unordered", "or", "of", "copyOf", "elements", "clone",
  ]
  private let takesElement: Set<Text> = [
    "allMatch", "anyMatch", "filter", "flatMap", "forEach", "forEachOrdered", "forEachRemaining", "ifPresent",
    "ifPresentOrElse", "map", "mapToInt", "mapToLong", "mapToObj", "noneMatch", "peek", "removeIf", "collect",
    "accept", "thenAccept", "thenApply", "replaceAll", "takeWhile", "dropWhile", "sort", "sorted", "max",
    "min",
    "reduce", "compute", "computeIfPresent", "merge",
  ]
  private let results: [Text: Text]
  private let stringResults: [Text: Text]

  init() {
    language = Set(KnownLibrary.languageTypes.split(at: " ").filter { !$0.isEmpty })
    results = KnownLibrary.table(KnownLibrary.resultTypes)
    stringResults = KnownLibrary.table(KnownLibrary.stringResultTypes)
  }

  /// Whether `java.lang` has a type of that name.
  func isLanguageType(_ name: Text) -> Bool { language.contains(name) }

  /// Whether nobody declares a type of that name of their own.
  func isEverywhere(_ name: Text) -> Bool { everywhere.contains(name) }

  func isOfObject(_ method: Text) -> Bool { ofObject.contains(method) }

  /// Methods of containers that give an element, a key, or a container of the same.
  func givesElement(_ method: Text) -> Bool { elements.contains(method) }
  func givesKey(_ method: Text) -> Bool { keys.contains(method) }
  func givesSame(_ method: Text) -> Bool { same.contains(method) }

  /// Methods that hand each element to a lambda.
  func takesElement(_ method: Text) -> Bool { takesElement.contains(method) }

  /// What a method of that name gives wherever the standard library declares it.
  func result(of method: Text) -> Text? { results[method] }

  /// What a method of `String` gives.
  func stringResult(of method: Text) -> Text? { stringResults[method] }

  /// The type of a box's limits: `Integer.MAX_VALUE` is an `int`.
  func primitive(of box: Text) -> Text? {
    switch box {
    case "Byte": "byte"
    case "Character": "char"
    case "Double": "double"
    case "Float": "float"
    case "Integer": "int"
    case "Long": "long"
    case "Short": "short"
    default: nil
    }
  }

  private static func table(_ text: Text) -> [Text: Text] {
    var table: [Text: Text] = [:]
    for line in text.split(at: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let type = line[0..<colon]
      for name in line.dropFirst(colon + 1).split(at: " ") where !name.isEmpty { table[name] = type }
    }
    return table
  }

  private static let resultTypes: Text = """
    String: toString getSimpleName getCanonicalName getMessage getAbsolutePath toUpperCase toLowerCase
    String: trim substring
    boolean: equals isEmpty contains containsKey containsValue hasNext hasMoreElements startsWith endsWith
    boolean: matches exists isDirectory isFile mkdirs equalsIgnoreCase isPresent
    int: hashCode size indexOf lastIndexOf intValue compareTo compare read parseInt ordinal
    long: longValue nanoTime currentTimeMillis parseLong
    double: doubleValue parseDouble random
    float: floatValue
    char: charAt
    byte[]: getBytes toByteArray
    char[]: toCharArray
    Class: getClass
    Charset: defaultCharset
    File: toFile getAbsoluteFile getCanonicalFile getParentFile
    Instant: toInstant
    Path: toPath toAbsolutePath toRealPath
    URI: toURI toUri
    URL: toURL
    """

  private static let stringResultTypes: Text = """
    int: length indexOf lastIndexOf compareTo compareToIgnoreCase hashCode codePointAt codePointCount
    int: codePointBefore
    boolean: equals equalsIgnoreCase startsWith endsWith contains matches isEmpty isBlank contentEquals
    boolean: regionMatches
    char: charAt
    char[]: toCharArray
    byte[]: getBytes
    String[]: split
    String: concat format formatted indent intern join repeat replace replaceAll replaceFirst strip
    String: stripIndent stripLeading stripTrailing substring toLowerCase toString toUpperCase
    String: translateEscapes trim valueOf copyValueOf
    """

  private static let languageTypes: Text = """
    AbstractMethodError Appendable ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException \
    AssertionError AutoCloseable Boolean BootstrapMethodError Byte CharSequence Character Class \
    ClassCastException ClassCircularityError ClassFormatError ClassLoader ClassNotFoundException ClassValue \
    CloneNotSupportedException Cloneable Comparable Compiler Deprecated Double Enum \
    EnumConstantNotPresentException Error Exception ExceptionInInitializerError Float FunctionalInterface \
    IllegalAccessError IllegalAccessException IllegalArgumentException IllegalCallerException \
    IllegalMonitorStateException IllegalStateException IllegalThreadStateException \
    IncompatibleClassChangeError IndexOutOfBoundsException InheritableThreadLocal InstantiationError \
    InstantiationException Integer InternalError InterruptedException Iterable LayerInstantiationException \
    LinkageError Long MatchException Math Module ModuleLayer NegativeArraySizeException NoClassDefFoundError \
    NoSuchFieldError NoSuchFieldException NoSuchMethodError NoSuchMethodException NullPointerException \
    Number NumberFormatException Object OutOfMemoryError Override Package Process ProcessBuilder ProcessHandle \
    Readable Record ReflectiveOperationException Runnable Runtime RuntimeException RuntimePermission \
    SafeVarargs ScopedValue SecurityException SecurityManager Short StackOverflowError StackTraceElement \
    StackWalker StrictMath String StringBuffer StringBuilder StringIndexOutOfBoundsException StringTemplate \
    SuppressWarnings System Thread ThreadDeath ThreadGroup ThreadLocal Throwable TypeNotPresentException \
    UnknownError UnsatisfiedLinkError UnsupportedClassVersionError UnsupportedOperationException VerifyError \
    VirtualMachineError Void WrongThreadException
    """
}

import CodiraAnalyzerKit

/// Names that the language or its library gives every file.
struct KnownNames {
  let prelude: Set<Text> = [
    "Option", "Some", "None", "Result", "Ok", "Err", "Vec", "String", "Box", "ToString", "ToOwned", "Clone",
    "Copy", "Send", "Sync", "Sized", "Unpin", "Drop", "Fn", "FnMut", "FnOnce", "AsyncFn", "Iterator",
    "IntoIterator", "Extend", "DoubleEndedIterator", "ExactSizeIterator", "Default", "PartialEq", "Eq",
    "PartialOrd", "Ord", "AsRef", "AsMut", "Into", "From", "TryFrom", "TryInto", "FromIterator", "drop",
  ]

  let primitives: Set<Text> = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
    "bool", "char", "str",
  ]

  let libraries: Set<Text> = ["std", "core", "alloc", "proc_macro", "test"]

  let macros: Set<Text> = [
    "println", "print", "eprintln", "eprint", "format", "vec", "assert", "assert_eq", "assert_ne",
    "debug_assert", "debug_assert_eq", "debug_assert_ne", "panic", "todo", "unimplemented", "unreachable",
    "write", "writeln", "matches", "include_str", "include_bytes", "include", "concat", "stringify", "env",
    "option_env", "cfg", "line", "file", "column", "module_path", "compile_error", "thread_local", "dbg",
    "format_args", "try", "addr_of", "addr_of_mut", "is_x86_feature_detected", "concat_idents", "global_asm",
    "asm",
  ]

  /// Types that are what they hold, as far as members go.
  let transparent: Set<Text> = [
    "Box", "Rc", "Arc", "Cow", "Pin", "Ref", "RefMut", "MutexGuard", "RwLockReadGuard", "RwLockWriteGuard",
    "ManuallyDrop", "LazyLock", "Lazy", "LazyCell", "Wrapping", "Peekable", "Rev", "Skip", "Take",
    "AssertUnwindSafe",
  ]

  /// Types with one kind of element.
  let holders: Set<Text> = [
    "Option", "Vec", "VecDeque", "LinkedList", "HashSet", "BTreeSet", "BinaryHeap", "IndexSet", "Mutex",
    "RwLock",
    "RefCell", "Cell", "UnsafeCell", "OnceCell", "OnceLock", "Weak", "Poll", "Receiver", "UnboundedReceiver",
    "IntoIter", "Iter", "IterMut", "Drain", "SmallVec", "MaybeUninit", "JoinHandle", "ReentrantLock",
  ]

  let maps: Set<Text> = ["HashMap", "BTreeMap", "IndexMap", "FxHashMap"]

  /// Methods of the library's types that so many types have that a bare name says nothing.
  let commonMethods: Set<Text> = [
    "clone", "iter", "iter_mut", "into_iter", "len", "is_empty", "push", "push_str", "pop", "insert",
    "remove",
    "get", "get_mut", "contains", "contains_key", "as_ref", "as_mut", "as_str", "as_bytes", "as_slice",
    "to_string",
    "to_owned", "to_vec", "unwrap", "expect", "unwrap_or", "unwrap_or_else", "unwrap_or_default", "map",
    "map_err",
    "and_then", "or_else", "ok", "err", "ok_or", "ok_or_else", "is_some", "is_none", "is_ok", "is_err",
    "take",
    "replace", "filter", "filter_map", "flat_map", "fold", "for_each", "collect", "enumerate", "zip", "chain",
    "rev",
    "skip", "any", "all", "find", "position", "next", "peekable", "peek", "count", "sum", "min", "max",
    "last",
    "first", "nth", "extend", "clear", "drain", "retain", "sort", "sort_by", "sort_by_key", "sort_unstable",
    "split", "split_at", "splitn", "trim", "lines", "chars", "bytes", "starts_with", "ends_with",
    "strip_prefix",
    "strip_suffix", "parse", "into", "try_into", "from", "borrow", "borrow_mut", "lock", "read", "write",
    "join",
    "send", "recv", "eq", "ne", "cmp", "partial_cmp", "hash", "fmt", "drop", "deref", "deref_mut", "load",
    "store",
    "swap", "fetch_add", "fetch_sub", "compare_exchange", "wrapping_add", "wrapping_sub", "saturating_sub",
    "checked_add", "checked_sub", "abs", "pow", "min_by_key", "max_by_key", "copied", "cloned", "entry",
    "or_insert",
    "or_insert_with", "or_default", "keys", "values", "append", "reverse", "concat", "windows", "chunks",
    "dedup",
    "truncate", "resize", "reserve", "capacity", "with_capacity", "is_some_and", "then", "then_some", "flush",
    "write_all", "write_str", "write_fmt", "read_to_string", "read_to_end", "display", "to_path_buf",
    "exists",
    "is_file", "is_dir", "as_ptr", "as_mut_ptr", "add", "sub", "mul", "div", "rem", "not", "neg", "index",
    "as_deref", "as_deref_mut", "to_lowercase", "to_uppercase", "poll", "wake", "as_os_str", "take_while",
    "skip_while", "step_by", "inspect", "last_mut", "first_mut", "copy_from_slice", "fill",
    "is_char_boundary",
    "get_or_insert_with", "to_le_bytes", "to_be_bytes", "finish", "field", "spawn", "elapsed", "as_secs",
    "default",
    "by_ref", "map_or", "map_or_else", "unzip", "partition", "product", "cycle", "rposition", "rfind",
    "unwrap_err",
    "expect_err", "downcast_ref", "is_ascii", "as_any", "source", "description", "cause", "size_hint",
  ]
}

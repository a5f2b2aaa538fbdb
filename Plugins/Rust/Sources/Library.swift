import CodiraAnalyzerKit

// What the methods of options, results, iterators, maps and locks do with what these hold.
extension FileReader {
  private func isMap(_ value: Value) -> Bool {
    value.chains.first.map { $0.root == "HashMap" && $0.isExternal && $0.members.isEmpty } ?? false
  }

  /// What a loop over a value gives.
  func element(of value: Value) -> Value {
    guard isMap(value) else { return step(value, "[]") }
    return holder("()", [("#0", step(value, "[k]")), ("#1", step(value, "[]"))])
  }

  /// What a method passes to its closure.
  func inputs(of name: Text, _ receiver: Value) -> [Value] {
    switch name {
    case "map", "for_each", "filter", "find", "any", "all", "and_then", "map_or", "map_or_else", "filter_map",
      "flat_map", "inspect", "take_while", "skip_while", "position", "is_some_and", "is_ok_and", "is_none_or",
      "retain", "retain_mut", "partition", "find_map", "max_by_key", "min_by_key", "sort_by_key",
      "sort_unstable_by_key", "sort_by_cached_key", "map_while", "try_for_each", "and_modify", "rposition",
      "with", "try_fold", "for_each_concurrent", "drain_filter", "map_ok":
      return [element(of: receiver)]
    case "map_err", "or_else", "unwrap_or_else", "inspect_err": return [step(receiver, "[k]")]
    case "fold", "scan": return [.unknown, element(of: receiver)]
    case "sort_by", "sort_unstable_by", "max_by", "min_by", "dedup_by", "is_sorted_by", "reduce":
      return [element(of: receiver), element(of: receiver)]
    default: return []
    }
  }

  /// nil for a method that the library's types do not have, or that gives nothing known.
  func libraryResult(_ name: Text, _ receiver: Value, _ values: [Value], _ callee: Value) -> Value? {
    switch name {
    case "clone", "to_owned", "by_ref", "as_deref", "as_deref_mut", "context", "with_context",
      "in_current_span":
      return receiver.isKnown ? receiver : nil
    case "unwrap", "expect", "unwrap_or", "unwrap_or_else", "unwrap_or_default", "unwrap_unchecked",
      "get_or_insert_with", "get_or_insert", "get_or_init", "or_insert", "or_insert_with", "or_default",
      "swap_remove":
      return step(receiver, "[]")
    case "unwrap_err", "expect_err": return step(receiver, "[k]")
    case "map", "and_then", "filter_map", "flat_map", "find_map", "map_while", "then", "map_or",
      "map_or_else",
      "map_err", "fold":
      return mapped(name, receiver, values, callee)
    case "borrow", "borrow_mut", "as_ref", "as_mut", "as_slice", "as_mut_slice", "deref", "deref_mut":
      return borrowed(name, receiver)
    case "lock", "read", "write", "try_lock", "into_inner": return locked(receiver, callee)
    default: break
    }
    if isMap(receiver), let value = mapResult(name, receiver, callee) { return value }
    return sequenceResult(name, receiver, values, callee)
  }

  private func mapped(_ name: Text, _ receiver: Value, _ values: [Value], _ callee: Value) -> Value? {
    guard let closure = values.last else { return nil }
    let result = part(closure, "()") ?? .unknown
    switch name {
    case "map":
      return Value(
        chains: callee.chains, parts: parts([("[]", result), ("[k]", part(receiver, "[k]") ?? .unknown)]))
    case "then": return result.isKnown ? holder("Option", [("[]", result)]) : nil
    case "map_or", "map_or_else": return result.isKnown ? result : nil
    case "map_err":
      return Value(chains: callee.chains, parts: parts([("[]", step(receiver, "[]")), ("[k]", result)]))
    case "fold": return values.first
    default: return result.isKnown ? Value(chains: callee.chains, parts: result.parts) : nil
    }
  }

  private func borrowed(_ name: Text, _ receiver: Value) -> Value? {
    let isCell = receiver.chains.first.map {
      $0.root == "RefCell" || $0.members.last == "RefCell"
    }
    if isCell == true, name.hasPrefix("borrow") { return step(receiver, "[]") }
    return receiver.isKnown ? receiver : nil
  }

  /// A guard is what it guards, whether it comes in a result or not.
  private func locked(_ receiver: Value, _ callee: Value) -> Value? {
    guard let inner = part(receiver, "[]") else { return nil }
    return Value(
      chains: inner.chains, parts: inner.parts.isEmpty ? parts([("[]", inner)]) : parts([("[]", inner)]))
  }

  private func mapResult(_ name: Text, _ receiver: Value, _ callee: Value) -> Value? {
    let key = step(receiver, "[k]")
    let value = step(receiver, "[]")
    switch name {
    case "get", "get_mut", "remove", "insert", "values", "values_mut", "into_values", "entry":
      return Value(chains: callee.chains, parts: parts([("[]", value)]))
    case "keys", "into_keys": return Value(chains: callee.chains, parts: parts([("[]", key)]))
    case "iter", "iter_mut", "into_iter", "drain":
      return Value(chains: callee.chains, parts: parts([("[]", element(of: receiver))]))
    default: return nil
    }
  }

  private func sequenceResult(_ name: Text, _ receiver: Value, _ values: [Value], _ callee: Value) -> Value? {
    switch name {
    case "iter", "iter_mut", "into_iter", "cloned", "copied", "rev", "skip", "take", "filter", "peekable",
      "chain",
      "step_by", "skip_while", "take_while", "inspect", "fuse", "cycle", "collect", "to_vec",
      "into_boxed_slice",
      "or", "or_else", "ok", "ok_or", "ok_or_else", "get_mut", "get", "first", "first_mut", "last",
      "last_mut",
      "pop", "pop_front", "pop_back", "front", "back", "front_mut", "back_mut", "next", "next_back", "nth",
      "peek",
      "peek_mut", "find", "max_by_key", "min_by_key", "max_by", "min_by", "max", "min", "drain", "replace",
      "xor",
      "recv", "try_recv", "upgrade", "as_pin_mut", "get_unchecked", "split_off", "into_vec", "as_pin_ref",
      "into_iter_sorted", "drain_all", "sorted", "sorted_by", "sorted_by_key", "unique", "dedup", "reduce":
      let inner = step(receiver, "[]")
      guard inner.isKnown else { return nil }
      return Value(
        chains: callee.chains, parts: parts([("[]", inner), ("[k]", part(receiver, "[k]") ?? .unknown)]))
    case "remove" where !receiver.parts.isEmpty: return step(receiver, "[]")
    case "enumerate":
      return Value(
        chains: callee.chains, parts: parts([("[]", holder("()", [("#1", element(of: receiver))]))]))
    case "zip":
      let pair = holder(
        "()", [("#0", element(of: receiver)), ("#1", values.first.map { element(of: $0) } ?? .unknown)])
      return Value(chains: callee.chains, parts: parts([("[]", pair)]))
    case "chunks", "windows", "chunks_exact", "split", "splitn":
      guard !receiver.parts.isEmpty else { return nil }
      return Value(
        chains: callee.chains, parts: parts([("[]", holder("[]", [("[]", step(receiver, "[]"))]))]))
    case "flatten", "transpose":
      let inner = step(receiver, "[]")
      return Value(chains: callee.chains, parts: parts([("[]", step(inner, "[]"))]))
    default: return nil
    }
  }
}

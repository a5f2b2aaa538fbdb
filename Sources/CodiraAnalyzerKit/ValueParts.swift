/// What analyzers do with the chains and parts of a value.
extension Arena {
  /// Both lists in order, each chain once; the second adds to the first up to `limit` chains.
  public func join(_ left: Chains, _ right: Chains, limit: Int = 4) -> Chains {
    if left.isEmpty { return right }
    if right.isEmpty || left.baseAddress == right.baseAddress { return left }
    var joined = Array(left)
    for chain in right where joined.count < limit && !joined.contains(chain) { joined.append(chain) }
    return copy(joined)
  }

  /// What stands behind `step`: the chains there, and the parts that lie deeper.
  public func behind(
    _ step: Text, _ parts: UnsafeBufferPointer<ValuePart>
  ) -> (chains: Chains, parts: UnsafeBufferPointer<ValuePart>) {
    var chains = Chains.none
    var rest: [ValuePart] = []
    for part in parts where part.path.first == step {
      if part.path.count == 1 {
        chains = part.chains
      } else {
        rest.append(ValuePart(path: UnsafeBufferPointer(rebasing: part.path.dropFirst()), part.chains))
      }
    }
    return (chains, copy(rest))
  }

  /// The part one step deeper.
  public func part(_ part: ValuePart, behind step: Text) -> ValuePart {
    ValuePart(path: copy([step] + Array(part.path)), part.chains)
  }
}

extension Text {
  /// The step `#n`, up to `#7`.
  public static func place(_ index: Int) -> Text {
    switch index {
    case 0: "#0"
    case 1: "#1"
    case 2: "#2"
    case 3: "#3"
    case 4: "#4"
    case 5: "#5"
    case 6: "#6"
    default: "#7"
    }
  }
}

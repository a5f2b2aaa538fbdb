/// One node of a `SyntaxTree`, as it lies in memory: before its children, which follow it at once.
@frozen
@usableFromInline
struct SyntaxRecord {
  @usableFromInline var kind: UInt8
  @usableFromInline var field: UInt8
  @usableFromInline var start: UInt32
  @usableFromInline var end: UInt32
  /// Records of the subtree, this one included.
  @usableFromInline var count: UInt32
  /// Records back to the parent; 0 for the root.
  @usableFromInline var up: UInt32

  @inlinable
  init(kind: UInt8, field: UInt8, start: UInt32, end: UInt32, up: UInt32) {
    self.kind = kind
    self.field = field
    self.start = start
    self.end = end
    count = 1
    self.up = up
  }
}

/// A node, one pointer into its tree.
///
/// Valid until its parser parses again.
@frozen
public struct SyntaxNode<G: Grammar>: Hashable {
  @usableFromInline let record: UnsafePointer<SyntaxRecord>

  @inlinable
  init(_ record: UnsafePointer<SyntaxRecord>) { self.record = record }

  @inlinable public var kind: G.Kind { unsafeBitCast(record.pointee.kind, to: G.Kind.self) }

  /// What it is to its parent.
  @inlinable public var field: G.Field { unsafeBitCast(record.pointee.field, to: G.Field.self) }

  /// Bytes from the source's start.
  @inlinable public var start: UInt32 { record.pointee.start }
  @inlinable public var end: UInt32 { record.pointee.end }

  @inlinable public var parent: SyntaxNode? {
    record.pointee.up == 0 ? nil : SyntaxNode(record - Int(record.pointee.up))
  }

  @inlinable public var firstChild: SyntaxNode? {
    record.pointee.count > 1 ? SyntaxNode(record + 1) : nil
  }

  @inlinable public var children: SyntaxChildren<G> {
    SyntaxChildren(next: record + 1, end: record + Int(record.pointee.count))
  }

  /// The first child with that field.
  @inlinable
  public func child(_ field: G.Field) -> SyntaxNode? {
    let wanted = unsafeBitCast(field, to: UInt8.self)
    var next = record + 1
    let end = record + Int(record.pointee.count)
    while next < end {
      if next.pointee.field == wanted { return SyntaxNode(next) }
      next += Int(next.pointee.count)
    }
    return nil
  }

  /// The first child of that kind.
  @inlinable
  public func child(of kind: G.Kind) -> SyntaxNode? {
    let wanted = unsafeBitCast(kind, to: UInt8.self)
    var next = record + 1
    let end = record + Int(record.pointee.count)
    while next < end {
      if next.pointee.kind == wanted { return SyntaxNode(next) }
      next += Int(next.pointee.count)
    }
    return nil
  }

  /// The sibling behind it.
  @inlinable public var nextSibling: SyntaxNode? {
    guard let parent else { return nil }
    let next = record + Int(record.pointee.count)
    return next < parent.record + Int(parent.record.pointee.count) ? SyntaxNode(next) : nil
  }

  /// The node and everything under it, parents first, without recursion.
  @inlinable public var descendants: SyntaxDescendants<G> {
    SyntaxDescendants(next: record, end: record + Int(record.pointee.count))
  }
}

/// The children of a node in source order; nothing is allocated.
@frozen
public struct SyntaxChildren<G: Grammar>: Sequence, IteratorProtocol {
  @usableFromInline var upcoming: UnsafePointer<SyntaxRecord>
  @usableFromInline let end: UnsafePointer<SyntaxRecord>

  @inlinable
  init(next: UnsafePointer<SyntaxRecord>, end: UnsafePointer<SyntaxRecord>) {
    upcoming = next
    self.end = end
  }

  @inlinable
  public mutating func next() -> SyntaxNode<G>? {
    guard upcoming < end else { return nil }
    defer { upcoming += Int(upcoming.pointee.count) }
    return SyntaxNode(upcoming)
  }
}

/// A subtree in source order, parents first; nothing is allocated.
@frozen
public struct SyntaxDescendants<G: Grammar>: Sequence, IteratorProtocol {
  @usableFromInline var upcoming: UnsafePointer<SyntaxRecord>
  @usableFromInline let end: UnsafePointer<SyntaxRecord>

  @inlinable
  init(next: UnsafePointer<SyntaxRecord>, end: UnsafePointer<SyntaxRecord>) {
    upcoming = next
    self.end = end
  }

  @inlinable
  public mutating func next() -> SyntaxNode<G>? {
    guard upcoming < end else { return nil }
    defer { upcoming += 1 }
    return SyntaxNode(upcoming)
  }

  /// Passes over everything under the node that came last.
  @inlinable
  public mutating func skipChildren(of node: SyntaxNode<G>) {
    upcoming = node.record + Int(node.record.pointee.count)
  }
}

/// What a cheap look at a file says of it: if none of it changed, the bytes are taken to be the same.
package struct StatKey: Hashable, Sendable {
  package var size: Int64
  /// Nanoseconds since 1970.
  package var modified: Int64
  package var changed: Int64
  package var inode: UInt64
  package var device: UInt64
  package var mode: UInt32
  /// When the scan that recorded this began, in nanoseconds since 1970.
  package var recorded: Int64

  package init(
    size: Int64, modified: Int64, changed: Int64, inode: UInt64, device: UInt64, mode: UInt32, recorded: Int64
  ) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.device = device
    self.mode = mode
    self.recorded = recorded
  }

  /// Whether a file that now has `other` still has the bytes it had: everything is the same, and it was last
  /// touched before the scan that recorded it began.
  ///
  /// A file touched during that scan may have been read before the touch, and a clock's grain may hide a
  /// second one.
  package func provesUnchanged(_ other: StatKey) -> Bool {
    size == other.size && modified == other.modified && changed == other.changed && inode == other.inode
      && device == other.device && mode == other.mode && max(modified, changed) < recorded
  }
}

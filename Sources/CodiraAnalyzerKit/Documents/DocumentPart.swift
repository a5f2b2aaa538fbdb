import CodiraModel

/// A part of a document that has a name: a section, or a description set apart by indentation.
public struct DocumentPart {
  public enum Level: Comparable, Sendable {
    /// 1 for the outermost sections; smaller numbers hold larger ones.
    case section(Int)
    /// What is indented deeper than its first line belongs to it.
    case indented(UInt32)
  }

  public var level: Level
  /// As a reader would type it, without markup; never empty.
  public var title: Text
  public var signature: Text
  public var start: UInt32
  /// Where its own text begins.
  public var bodyStart: UInt32
  public var nameStart: UInt32
  public var nameEnd: UInt32

  /// The title stands at `name` inside of what begins at `start`.
  public init(
    _ level: Level, title: Text, signature: Text, start: UInt32, bodyStart: UInt32, nameStart: UInt32,
    nameEnd: UInt32
  ) {
    self.level = level
    self.title = title
    self.signature = signature
    self.start = start
    self.bodyStart = bodyStart
    self.nameStart = nameStart
    self.nameEnd = nameEnd
  }
}

extension DocumentPart {
  /// Bytes of a title that a name holds.
  static let titleLimit = 200

  /// A title cut where it is too long to be a name, between two characters.
  public static func cutName(_ title: Text) -> Text {
    guard title.count > titleLimit else { return title }
    var end = titleLimit
    while end > 0, title[end] & 0xC0 == 0x80 { end -= 1 }
    return title[0..<end].trimmed
  }
}

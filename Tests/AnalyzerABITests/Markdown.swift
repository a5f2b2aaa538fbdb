import CodiraTestSupport
import Foundation

/// A page of the documentation, as far as tests read it.
struct Markdown {
  /// A fenced block: what stands behind the fence, and the lines up to the closing one.
  struct Block {
    let information: String
    let text: String
  }

  /// A heading, and what stands below it up to the next one.
  struct Section {
    let title: String
    var rows: [[String]] = []
    var blocks: [Block] = []
  }

  let text: String
  private(set) var sections: [Section] = []

  init(_ path: String) throws {
    text = try Checkout.text(path)
    var fence: (information: String, lines: [Substring])?
    sections = [Section(title: "")]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let open = fence {
          let text = open.lines.joined(separator: "\n") + "\n"
          sections[sections.count - 1].blocks.append(Block(information: open.information, text: text))
          fence = nil
        } else {
          fence = (String(line.dropFirst(3)), [])
        }
      } else if fence != nil {
        fence?.lines.append(line)
      } else if line.hasPrefix("#") {
        sections.append(Section(title: line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)))
      } else if line.hasPrefix("|"), !line.hasPrefix("|-"), !line.hasPrefix("| --") {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        sections[sections.count - 1].rows.append(cells.map { Self.plain($0) })
      }
    }
  }

  /// A cell without the back-ticks around it.
  private static func plain(_ cell: Substring) -> String {
    let cell = cell.trimmingCharacters(in: .whitespaces)
    guard cell.count > 2, cell.hasPrefix("`"), cell.hasSuffix("`") else { return cell }
    return cell.dropFirst().dropLast().trimmingCharacters(in: CharacterSet(charactersIn: "`"))
  }
}

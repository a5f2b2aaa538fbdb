import CodiraModel
import CodiraStore

/// The records of `codira export`; `type` and the fields that programs sort by come first.
extension JSONText {
  mutating func file(_ file: FileRow, analyzer: AnalyzerDescriptor?) {
    object { text in
      text.member("type", "file")
      text.member("path", file.path.text)
      text.optional("sha256", file.content?.hex)
      text.optional("language", file.language.isEmpty ? nil : file.language)
      text.optional("analyzer", analyzer?.id)
      text.optional("analyzer_version", analyzer?.version)
      text.member("status", file.status.name)
      text.optional("error", file.errorCode)
    }
  }

  mutating func chunk(_ chunk: ChunkRow, payload: ContentHash?, path: RepositoryPath) {
    object { text in
      text.member("type", "chunk")
      text.member("path", path.text)
      text.member("start_line", chunk.lines.lowerBound)
      text.member("end_line", chunk.lines.upperBound)
      text.key("names")
      text.array { text in for name in chunk.names { text.value(name) } }
      text.optional("payload", payload?.hex)
    }
  }

  mutating func symbol(_ symbol: Symbol, payload: ContentHash?, path: RepositoryPath) {
    object { text in
      text.member("type", "symbol")
      text.member("path", path.text)
      text.member("id", symbol.id.text)
      text.optional("parent", symbol.parent.isEmpty ? nil : symbol.parent.text)
      text.member("kind", symbol.kind.name)
      text.member("name", symbol.name)
      text.member("qualified_name", symbol.qualifiedName)
      text.member("signature", symbol.signature)
      text.member("documentation", symbol.documentation)
      text.member("start_line", Int(symbol.range.start.line))
      text.member("end_line", Int(symbol.range.lastLine))
      text.member("name_line", Int(symbol.nameRange.start.line))
      text.member("name_column", Int(symbol.nameRange.start.column))
      text.key("flags")
      text.array { text in for flag in symbol.flags.names { text.value(flag) } }
      text.optional("payload", payload?.hex)
      text.member("visibility", symbol.visibility.name)
      text.member("parameters_min", Int(symbol.parametersMin))
      text.member("parameters_max", Int(symbol.parametersMax))
      if !symbol.aliases.isEmpty {
        text.key("aliases")
        text.candidates(symbol.aliases)
      }
      if !symbol.valueTypes.isEmpty {
        text.key("value_types")
        text.array { text in
          for entry in symbol.valueTypes {
            text.object { text in
              text.member("path", entry.path.joined(separator: " "))
              text.key("candidates")
              text.candidates(entry.candidates)
            }
          }
        }
      }
    }
  }

  mutating func reference(_ reference: Reference, _ resolution: Resolution, path: RepositoryPath) {
    object { text in
      text.member("type", "reference")
      text.member("path", path.text)
      text.member("line", Int(reference.range.start.line))
      text.member("column", Int(reference.range.start.column))
      text.member("role", resolution.role.name)
      text.member("name", reference.name)
      text.member("owner", reference.owner.text)
      text.member("resolution", resolution.certainty.rawValue)
      text.key("targets")
      text.array { text in for target in resolution.targets { text.value(target.text) } }
      if !reference.receiver.isEmpty { text.member("receiver", reference.receiver) }
      if reference.externalKind != .none { text.member("external_kind", reference.externalKind.name) }
      if !reference.external.isEmpty { text.member("external", reference.external) }
      if reference.argumentCount >= 0 { text.member("arguments", Int(reference.argumentCount)) }
    }
  }

  mutating func documentation(_ documentation: Documentation, path: RepositoryPath) {
    object { text in
      text.member("type", "documentation")
      text.member("path", path.text)
      text.member("id", documentation.id.text)
      text.optional("owner", documentation.owner.isEmpty ? nil : documentation.owner.text)
      text.member("format", documentation.format)
      text.key("headings")
      text.array { text in for heading in documentation.headings { text.value(heading) } }
      text.member("text", documentation.text)
      text.member("start_line", Int(documentation.range.start.line))
      text.member("end_line", Int(documentation.range.lastLine))
    }
  }

  /// Each candidate as its root, members and flags, joined by spaces.
  private mutating func candidates(_ candidates: [Candidate]) {
    array { text in
      for candidate in candidates {
        let words =
          [candidate.root.text] + candidate.members
          + (candidate.flags.isEmpty ? [] : ["~\(candidate.flags.rawValue)"])
        text.value(words.joined(separator: " "))
      }
    }
  }

  private mutating func optional(_ name: String, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }
}

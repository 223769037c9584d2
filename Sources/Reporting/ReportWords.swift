internal import Validation

/// Every text of a report, put into the study's vocabulary. Code stays as it is.
extension Block {
  func said(in words: StudyVocabulary) -> Block {
    switch self {
    case .heading(let heading):
      return .heading(Heading(level: heading.level, text: words(heading.text), anchor: heading.anchor))
    case .paragraph(let text): return .paragraph(words(text))
    case .list(let items): return .list(items.map { words($0) })
    case .facts(let facts): return .facts(facts.map { Fact(words($0.name), words($0.value)) })
    case .notice(let text): return .notice(words(text))
    case .code: return self
    case .table(let table): return .table(table.said(in: words))
    case .figure(let figure): return .figure(figure.said(in: words))
    case .figures(let figures): return .figures(figures.map { $0.said(in: words) })
    }
  }
}

extension Table {
  func said(in words: StudyVocabulary) -> Table {
    Table(
      words(caption), standing: standing,
      columns: columns.map {
        Column(
          title: words($0.title), spanner: $0.spanner.map { words($0) }, alignment: $0.alignment)
      },
      lines: lines.map { line in
        Line(
          words(line.header), note: line.note.map { words($0) }, line.cells.map { $0.said(in: words) },
          style: line.style)
      }, readyNotes: notes.map { words($0) })
  }
}

extension Cell {
  fileprivate func said(in words: StudyVocabulary) -> Cell {
    isCode ? self : Cell(words(text), isMuted: isMuted, isStrong: isStrong, numbers: numbers)
  }
}

extension Figure {
  fileprivate func said(in words: StudyVocabulary) -> Figure {
    Figure(
      caption: words(caption), description: words(description), drawing: drawing.said(in: words),
      data: data.said(in: words))
  }
}

extension Cover {
  func said(in words: StudyVocabulary) -> Cover {
    Cover(
      facts: facts,
      criteria: criteria.map { Line(name: $0.name, verdict: $0.verdict, sentence: words($0.sentence)) })
  }
}

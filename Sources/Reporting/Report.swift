public import Validation

/// A study as a document: blocks in their printed order, numbered, and not yet in any format.
///
/// The same study gives the same report, byte for byte: nothing here reads a clock, a file or a random number.
public struct Report: Sendable {
  public let title: String
  /// Derived from the hashes of plan and data; the same evidence has the same id.
  public let id: String
  public let verdict: Verdict
  let cover: Cover
  let blocks: [Block]

  public init(on study: Study, provenance: Provenance) {
    let findings = study.plan.cohort.findings.indices.map { Evidence(study, provenance, finding: $0) }
    let evidence = findings[0].ofEveryFinding
    title = study.plan.title
    id = evidence.reportID
    verdict = study.verdict
    let levels = study.cohorts.flatMap { $0.attributes.flatMap { $0.levels.map(\.level.label) } }
    let words = StudyVocabulary(of: study.plan, levels: levels)
    cover = Cover(evidence).said(in: words)
    var numbering = Numbering()
    let blocks =
      findings.count > 1
      ? FindingsReport(evidence: evidence, findings: findings).blocks
      : Section.catalog.flatMap { $0.headed(evidence) }
    let hasComparator = study.plan.cohort.hasComparator
    self.blocks = blocks.map { numbering.numbered(hasComparator ? $0.said(in: words) : $0) }
  }

  /// One self-contained page: inline style and figures, no script, no request.
  public var html: String { HTMLPage(of: self).text }
}

/// Numbers headings (1, 1.1), tables (T1 …) and figures (F1 …) in reading order.
private struct Numbering {
  private var section = 0
  private var subsection = 0
  private var tables = 0
  private var figures = 0

  mutating func numbered(_ block: Block) -> Block {
    switch block {
    case .heading(var heading):
      switch heading.level {
      case 2:
        section += 1
        subsection = 0
        heading.number = "\(section)"
      case 3:
        subsection += 1
        heading.number = "\(section).\(subsection)"
      default: break
      }
      return .heading(heading)
    case .table(var table):
      tables += 1
      table.number = "T\(tables)"
      return .table(table)
    case .figure(let figure): return .figure(numbered(figure))
    case .figures(let pair): return .figures(pair.map { numbered($0) })
    case .paragraph, .list, .facts, .notice, .code: return block
    }
  }

  private mutating func numbered(_ figure: Figure) -> Figure {
    var figure = figure
    figures += 1
    figure.number = "F\(figures)"
    return figure
  }
}

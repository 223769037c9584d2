internal import Validation

/// A table of the report as a spreadsheet holds it: one number to a field, a heading in every line.
public struct Sheet: Sendable {
  /// `T3`; of a figure's numbers `F3`.
  public let id: String
  public let caption: String
  /// `by the plan, not locked`, `exploratory`; nil for a table that holds no result.
  public let standing: String?
  public let columns: [String]
  /// Each as long as `columns`.
  public let lines: [[Field]]
  public let notes: [String]

  public enum Field: Sendable {
    case empty
    case text(String)
    case number(Double, NumberFormat, isMuted: Bool)
  }

  package init(
    id: String, caption: String, standing: String? = nil, columns: [String], lines: [[Field]], notes: [String]
  ) {
    self.id = id
    self.caption = caption
    self.standing = standing
    self.columns = columns
    self.lines = lines
    self.notes = notes
  }

  /// What 83 % is: 0.83, which a workbook prints as `83.0%`, or 83 under a heading that says so.
  public enum Percentages: Sendable { case shares, hundreds }

  /// `T3-cases-by-attribute`, for the name of a file: ASCII letters, digits and hyphens, at most 64.
  public var slug: String {
    var slug = id
    for word in words where slug.utf8.count + word.utf8.count < 64 { slug += "-" + word }
    return slug
  }

  /// `T3 cases by attribute`, for the name of a sheet: at most 31 characters, as workbooks ask. Ids make it unique.
  package var name: String {
    var name = id
    for word in words {
      guard name.utf8.count + word.utf8.count < 31 else { break }
      name += " " + word
    }
    return name
  }

  /// Without what stands in brackets or behind them: counts, which differ from study to study.
  private var words: [String] {
    caption.lowercased().prefix { $0 != "(" }.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(
      String.init)
  }
}

extension Sheet {
  /// Lines under a heading carry it in a column of their own, so that sorting does not lose it.
  init(_ table: Table, id: String, _ percentages: Percentages) {
    let body = table.lines.filter { $0.style != .group }
    let layouts = table.columns.dropFirst().enumerated().map { index, column in
      SheetColumn(
        column, body.map { $0.cells.indices.contains(index) ? $0.cells[index] : .empty }, percentages)
    }
    let isGrouped = body.count < table.lines.count
    let hasNotes = body.contains { $0.note != nil }
    let columns =
      (isGrouped ? ["Heading"] : []) + table.columns.prefix(1).map(\.title) + (hasNotes ? ["Remark"] : [])
      + layouts.flatMap(\.titles)
    var heading = ""
    var lines: [[Field]] = []
    for line in table.lines {
      guard line.style != .group else {
        heading = line.header
        continue
      }
      var fields: [Field] = isGrouped ? [.text(heading)] : []
      fields.append(.text(line.header))
      if hasNotes { fields.append(line.note.map(Field.text) ?? .empty) }
      for (index, layout) in layouts.enumerated() {
        let cell = line.cells.indices.contains(index) ? line.cells[index] : .empty
        fields += layout.fields(of: cell, isMuted: cell.isMuted || line.style == .muted)
      }
      lines.append(fields)
    }
    self.init(
      id: id, caption: table.caption, standing: table.standing?.rawValue, columns: columns, lines: lines,
      notes: table.notes)
  }
}

/// A column of a table, spread out so that each number of its cells has a column.
private struct SheetColumn {
  private let title: String
  private let parts: [CellNumber.Part]
  private let hasUnit: Bool
  private let hasMark: Bool
  private let percentages: Sheet.Percentages

  init(_ column: Table.Column, _ cells: [Cell], _ percentages: Sheet.Percentages) {
    let title = [column.spanner, column.title].compactMap { $0 }.joined(separator: ": ")
    let held = Set(cells.flatMap { $0.numbers.map(\.part) })
    let parts = CellNumber.Part.allCases.filter(held.contains)
    self.title = title
    self.parts = parts.isEmpty ? [.value] : parts
    self.percentages = percentages
    // Where the heading names no unit, the cells did.
    hasUnit =
      !title.contains("%")
      && cells.contains { cell in
        Self.unit(of: cell) != nil && (percentages == .hundreds || cell.numbers.contains(where: \.isOfPoints))
      }
    hasMark = cells.contains { Self.mark(of: $0) != nil }
  }

  var titles: [String] {
    parts.map { $0 == .value ? title : "\(title), \($0.rawValue)" } + (hasUnit ? ["\(title), unit"] : [])
      + (hasMark ? ["\(title), mark"] : [])
  }

  /// A cell without numbers stands as text in the first column.
  func fields(of cell: Cell, isMuted: Bool) -> [Sheet.Field] {
    var fields = parts.map { part -> Sheet.Field in
      guard let number = cell.numbers.first(where: { $0.part == part }) else { return .empty }
      guard number.value.isFinite else { return .text(NumberText.fixed(number.value, decimals: 0)) }
      return .number(scaled(number), number.format, isMuted: isMuted)
    }
    if cell.numbers.isEmpty, !cell.text.isEmpty { fields[0] = .text(cell.text) }
    if hasUnit { fields.append(Self.unit(of: cell).map(Sheet.Field.text) ?? .empty) }
    if hasMark { fields.append(Self.mark(of: cell).map(Sheet.Field.text) ?? .empty) }
    return fields
  }

  /// Ten decimals of a percentage: 100 × 0.83 is otherwise 83.00000000000001 at times.
  private func scaled(_ number: CellNumber) -> Double {
    guard percentages == .hundreds || number.isOfPoints, number.format.unit != nil else {
      return number.value
    }
    return (number.value * 1e12).rounded() / 1e10
  }

  private static func unit(of cell: Cell) -> String? {
    cell.numbers.first { $0.part != .share }?.format.unit
  }

  /// What colour and small signs say in print; a fraction leaves it to the estimate beside it.
  private static func mark(of cell: Cell) -> String? {
    guard !cell.numbers.isEmpty, cell.numbers.last?.part != .denominator else { return nil }
    if cell.text.hasSuffix(Table.fewEventsMark) { return "‡" }
    return cell.isMuted ? "decides nothing" : nil
  }
}

extension Report {
  /// Every table, then the numbers of every figure, each in its printed order.
  public func sheets(_ percentages: Sheet.Percentages) -> [Sheet] {
    let tables = blocks.compactMap { block -> Sheet? in
      guard case .table(let table) = block else { return nil }
      return Sheet(table, id: table.number, percentages)
    }
    let figures = blocks.flatMap { block -> [Figure] in
      switch block {
      case .figure(let figure): [figure]
      case .figures(let figures): figures
      default: []
      }
    }
    return tables + figures.map { Sheet($0.data, id: $0.number, percentages) }
  }
}

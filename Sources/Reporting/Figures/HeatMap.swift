internal import Validation

/// One metric over the crossing of attributes: the last attribute across, the others down. The number stands in every
/// cell, so that shade only helps.
struct HeatMap {
  let dimension: [String]
  let columns: [String]
  let lines: [Line]

  struct Line {
    let label: String
    /// By column; nil where the cohort has no such group.
    let cells: [Square?]
  }

  struct Square {
    /// Nil: undefined.
    let value: Double?
    let text: String
    /// `n⁺ 14`.
    let support: String
    /// None where only the text says enough of it: undefined, or not assessable.
    let numbers: [CellNumber]
    let isAssessable: Bool
  }

  private static let width = 720.0
  private static let labelWidth = 190.0
  private static let rowHeight = 36.0

  /// The darkest shade marks the lowest value, since that is what a reader looks for.
  var drawing: Drawing {
    let cellWidth = min(120, (Self.width - Self.labelWidth) / Double(max(columns.count, 1)))
    let headers = columns.map { TextFit.wrapped($0, width: cellWidth - 6) }
    let top = 24 + Double(headers.map(\.count).max() ?? 1) * 14
    var drawing = Drawing(width: Self.width, height: top + Double(lines.count) * Self.rowHeight + 4)
    drawing.text(
      TextFit.shortened(dimension.dropLast().joined(separator: " · "), width: Self.labelWidth - 8),
      at: .init(0, top - 8), "strong")
    drawing.text(dimension.last ?? "", at: .init(Self.labelWidth, 12), "strong")
    for (index, words) in headers.enumerated() {
      let x = Self.labelWidth + (Double(index) + 0.5) * cellWidth
      for (line, text) in words.enumerated() {
        drawing.text(
          text, at: .init(x, top - 8 - Double(words.count - 1 - line) * 14), "label", anchor: .middle)
      }
    }
    for (row, line) in lines.enumerated() {
      let y = top + Double(row) * Self.rowHeight
      let words = TextFit.wrapped(line.label, width: Self.labelWidth - 10)
      for (index, text) in words.enumerated() {
        drawing.text(
          text, at: .init(0, y + 22 - Double(words.count - 1) * 7 + Double(index) * 14), "label")
      }
      for (column, cell) in line.cells.enumerated() {
        let x = Self.labelWidth + Double(column) * cellWidth
        square(cell, x: x, y: y, width: cellWidth, in: &drawing)
      }
    }
    return drawing
  }

  private func square(_ cell: Square?, x: Double, y: Double, width: Double, in drawing: inout Drawing) {
    guard let cell else {
      drawing.text("no cases", at: .init(x + width / 2, y + 22), "label faint", anchor: .middle)
      return
    }
    let isShaded = cell.isAssessable && cell.value != nil
    drawing.rectangle(
      x: x + 1, y: y + 1, width: width - 2, height: Self.rowHeight - 2, isShaded ? "heat" : "heat-none",
      opacity: isShaded ? shade(cell.value ?? 0) : nil)
    let kind = isShaded ? "label" : "label faint"
    drawing.text(cell.text, at: .init(x + width / 2, y + 16), kind, anchor: .middle)
    drawing.text(cell.support, at: .init(x + width / 2, y + 30), kind + " small", anchor: .middle)
  }

  private func shade(_ value: Double) -> Double {
    let values = lines.flatMap(\.cells).compactMap { $0 }.filter(\.isAssessable).compactMap(\.value)
    guard let low = values.min(), let high = values.max(), high > low else { return 0.15 }
    return 0.06 + 0.44 * (high - value) / (high - low)
  }
}

internal import Validation

extension Section {
  /// Enough to run the study again and to see that it is the same one.
  static let provenance = Section(anchor: "provenance", title: "Provenance") { evidence in
    let provenance = evidence.provenance
    return [
      .facts([
        Fact("Tool", "Equipoise \(provenance.toolVersion)"), Fact("Report", evidence.reportID),
        Fact("Protocol hash", provenance.protocolHash), Fact("Mapping hash", provenance.mappingHash),
        Fact("Seed", "\(evidence.plan.seed)"),
      ]),
      .table(
        Table(
          "Inputs", columns: [.text("File"), .text("SHA-256"), .number("Bytes"), .number("Rows")],
          lines: provenance.inputs.map { input in
            Table.Line(
              input.path,
              [
                Cell(input.sha256, isCode: true), .count(input.bytes), .count(input.rows),
              ])
          },
          notes: ["Digests are of the files as given, before decompression; paths are relative to the plan."])
      ),
      .paragraph(
        "The plan stands beside this report as plan.yaml. With the inputs in their places, the same tool gives the same bytes:"
      ),
      .code("equipoise validate plan.yaml"),
    ]
  }
}

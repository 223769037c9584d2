internal import Validation

/// The boxes of `cohort.flow[]`, in the order in which a case passes them.
///
/// `read` less every `excluded` is `combined` (or more, where a unit combines several rows); that is `no_reference` plus
/// `equivocal` plus `analysed`. An `excluded` box has the `id` of a rule, or the `file` of a join that leaves out its cases
/// without a row. The boxes `without_partner` and `only_in_joined_file` count rows too, and take nothing away; nor does
/// `equivocal_analysed`, the cases among the analysed whose equivocal reference counts as one class by the plan, or
/// `without_patient`, those without a patient id, each of which counts as a patient of its own by the plan.
extension Flow {
  func write(to writer: inout JSONWriter) {
    let boxes =
      [
        ("no_reference", noReference), ("equivocal", equivocal), ("analysed", analysed),
      ] + (equivocalAnalysed > 0 ? [("equivocal_analysed", equivocalAnalysed)] : [])
      + (withoutPatient > 0 ? [("without_patient", withoutPatient)] : [])
    let own: [(inout JSONWriter) -> Void] = boxes.map { box in { Flow.write(box.0, box.1, to: &$0) } }
    writer.array(shared + own) { $1(&$0) }
  }

  /// The boxes that do not depend on the finding.
  func writeShared(to writer: inout JSONWriter) { writer.array(shared) { $1(&$0) } }

  private var shared: [(inout JSONWriter) -> Void] {
    [{ Flow.write("read", read, to: &$0) }]
      + joins.flatMap { join in
        [
          ("without_partner", join.onlyHere, true), ("only_in_joined_file", join.onlyThere, true),
          ("repeated_in_joined_file", join.repeated, false),
          ("replaced_in_joined_file", join.replaced, false), ("key_spelt_otherwise", join.respelt, false),
        ].filter { $0.1 > 0 || $0.2 }.map { box in
          { writer in
            writer.object {
              $0.member("box", box.0)
              $0.member("cases", box.1)
              $0.member("file", join.file)
            }
          }
        }
      }
      + exclusions.map { exclusion in { exclusion.write(to: &$0) } }
      + (isCombined ? [{ Flow.write("combined", cases, to: &$0) }] : [])
  }

  private static func write(_ box: String, _ cases: Int, to writer: inout JSONWriter) {
    writer.object {
      $0.member("box", box)
      $0.member("cases", cases)
    }
  }
}

extension ExclusionCount {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("attributes") { writer in
        writer.array(attributes) { writer, attribute in
          writer.object { writer in
            writer.member("levels") { writer in
              writer.array(attribute.levels) { writer, count in
                writer.object {
                  $0.member("cases", count.rows)
                  switch count.level {
                  case .named(let name): $0.member("level", name)
                  case .unknown: $0.member("level", String?.none)
                  }
                }
              }
            }
            writer.member("name", attribute.name)
          }
        }
      }
      writer.member("box", "excluded")
      writer.member("cases", rows)
      writer.member("depends_on_result", dependsOnResult)
      writer.member(isJoin ? "file" : "id", id)
      writer.member("outside_intended_use", isOutsideIntendedUse)
      writer.member("reason", reason)
    }
  }
}

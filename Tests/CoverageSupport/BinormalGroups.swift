internal import Statistics
internal import Validation

/// Groups of as many positive as negative patients, whose latent scores are normal; those of a patient's images correlate.
struct BinormalGroups {
  let groups: Int
  /// Patients of each class in each group.
  let perClass: Int
  let images: Int
  let correlation: Double

  /// - Parameter mean: of the latent scores of a class in a group.
  func cohort(
    _ random: inout RandomStream, threshold: Double, mean: (_ isPositive: Bool, _ group: Int) -> Double
  ) -> Cohort {
    var scores: [Double] = []
    var truth: [UInt8] = []
    var patients: [UInt32] = []
    var codes: [UInt16] = []
    for group in 0..<groups {
      for patient in 0..<2 * perClass {
        let isPositive = patient < perClass
        let shared = correlation == 0 ? 0 : random.normal() * correlation.squareRoot()
        for _ in 0..<images {
          scores.append(mean(isPositive, group) + shared + random.normal() * (1 - correlation).squareRoot())
          truth.append(isPositive ? 1 : 0)
          patients.append(UInt32(group * 2 * perClass + patient))
          codes.append(UInt16(group))
        }
      }
    }
    let outputs = ModelOutputs(
      name: "Model", count: scores.count, scores: scores, flagged: scores.map { $0 >= threshold ? 1 : 0 })
    return Cohort(
      isPositive: truth, patients: images > 1 ? patients : nil,
      patientCount: images > 1 ? groups * 2 * perClass : 0, models: [outputs],
      attributes: [Attribute(name: "group", levels: (0..<groups).map { "g\($0)" }, codes: codes)],
      flow: Flow(read: scores.count, analysed: scores.count))
  }
}

import CoverageSupport
import Validation

/// How often tests over groups reject what is true and find what is not, what the mean and the prediction interval over
/// sites hold, and when a score is named as knowing only the hospital.
struct GroupsChapter {
  let replicates: Int
  let checkpoint: Checkpoint
  static let seed: UInt64 = 20_261_121

  private static let groups: [(name: String, scenario: GroupScenario)] = {
    var cells: [(String, GroupScenario)] = []
    for groups in [3, 6] {
      for perClass in [20, 50, 200] {
        for sensitivity in [0.8, 0.95] {
          cells.append(
            (
              "\(groups) groups of \(perClass), sensitivity \(sensitivity), independent",
              GroupScenario(groups: groups, perClass: perClass, sensitivity: sensitivity)
            ))
        }
      }
      for perClass in [20, 50, 200] {
        cells.append(
          (
            "\(groups) groups of \(perClass), sensitivity 0.8, 4 images, ICC 0.8",
            GroupScenario(
              groups: groups, perClass: perClass, sensitivity: 0.8, images: 4, correlation: 0.8)
          ))
      }
    }
    return cells
  }()

  func text() throws -> String {
    """
    # Groups and sites

    \(replicates) samples a cell, through the whole engine but for sites.

    ## Heterogeneity over groups

    Share of studies, per cent, with p ≤ .05 (largest gap: simultaneous interval without 0), when all groups are alike \
    (**size**, to be at most 6.5) and when the latent scores of positives in the first group are 0.8 lower (*power*). \
    Positives and negatives a group are as named; AUC \(percent(0.921)) %. "Read" is the p that the report reads: exact where \
    groups are sparse, else G²'s where cases are independent, else Q's. G² is for independent cases; with patients, p of Q is Welch's. `‼`: above 6.5.

    \(try heterogeneity())

    ## Sites

    Logit sensitivity over sites is normal with standard deviation τ about the logit of 84.6 %, 100 positives a site. Share \
    of mean intervals (Hartung-Knapp, never below the ordinary) that hold the mean, to be 92 to 99; share of sites not yet \
    seen that the 95 % prediction interval holds; share of studies in which it holds fewer than 80 % of them.

    \(try sites())

    The same with specificity about 90 % of 100 negatives, its logit moving with that of sensitivity at a correlation of \
    −0.5, in the model of both (\(replicates / 10) samples a cell): the mean of sensitivity by Student's t on sites − 1, \
    sites not yet seen as above; share of studies that give an interval of the correlation, of these that hold it, and \
    that say that sites differ by threshold, which is so where τ is above 0, or by quality, which is not.

    \(try jointSites())

    ## A score that knows only the hospital

    Five hospitals of 400 cases, prevalence 5 to 40 %. Share of studies, per cent, in which the report says that the score \
    may know only the site, or that part of the AUC over all cases comes from differences between sites.

    \(try shortcuts())
    """
  }

  private func heterogeneity() throws -> String {
    var lines = [
      "| | " + GroupScenario.names.joined(separator: " | ") + " |",
      "|---|" + String(repeating: "---|", count: GroupScenario.names.count),
    ]
    for (place, (name, scenario)) in Self.groups.enumerated() {
      let size = try checkpoint.cell("groups \(place)") {
        try scenario.rejections(replicates: replicates, seed: Self.seed + UInt64(place))
      }
      let worse = GroupScenario(
        groups: scenario.groups, perClass: scenario.perClass, sensitivity: scenario.sensitivity,
        images: scenario.images, correlation: scenario.correlation, deficit: 0.8)
      let power = try checkpoint.cell("groups power \(place)") {
        try worse.rejections(replicates: max(1, replicates / 4), seed: Self.seed + 1000 + UInt64(place))
      }
      let cells = zip(size, power).enumerated().map { index, shares in
        scenario.images > 1 && GroupScenario.names[index].contains("G²")
          ? "–" : "**\(percent(shares.0))**\(shares.0 > 0.065 ? "‼" : "") *\(percent(shares.1))*"
      }
      lines.append("| \(name) | " + cells.joined(separator: " | ") + " |")
      showProgress("Groups", place + 1, Self.groups.count)
    }
    return lines.joined(separator: "\n")
  }

  private func sites() throws -> String {
    var lines = [
      "| sites | τ | mean held | new sites held | studies holding < 80 % |", "|---|---|---|---|---|",
    ]
    for (i, sites) in [5, 8, 20].enumerated() {
      for (j, tau) in [0, 0.1, 0.3, 0.6].enumerated() {
        let shares = try checkpoint.cell("sites \(4 * i + j)") {
          let shares = try SiteScenario(sites: sites, tau: tau).coverage(
            replicates: replicates, seed: Self.seed + 2000 + UInt64(10 * i + j))
          return [shares.mean, shares.prediction, shares.bad]
        }
        lines.append("| \(sites) | \(tau) | " + shares.map(percent).joined(separator: " | ") + " |")
        showProgress("Sites", 4 * i + j + 1, 12)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func jointSites() throws -> String {
    let names = JointSiteScenario.names
    var lines = [
      "| sites | τ | " + names.joined(separator: " | ") + " |",
      "|---|---|" + String(repeating: "---|", count: names.count),
    ]
    for (i, sites) in [5, 8, 20].enumerated() {
      for (j, tau) in [0, 0.1, 0.3, 0.6].enumerated() {
        let shares = try checkpoint.cell("joint sites \(4 * i + j)") {
          try JointSiteScenario(sites: sites, tau: tau).shares(
            replicates: max(1, replicates / 10), seed: Self.seed + 4000 + UInt64(10 * i + j))
        }
        lines.append("| \(sites) | \(tau) | " + shares.map(percent).joined(separator: " | ") + " |")
        showProgress("Joint sites", 4 * i + j + 1, 12)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func shortcuts() throws -> String {
    var lines = ["| score | knows only the site | pooled AUC is higher |", "|---|---|---|"]
    let scores: [(String, ShortcutScenario)] = [
      ("the hospital's prevalence and noise, nothing of the case", .init(separation: 0, shortcut: 1)),
      ("fair, AUC .86", .init(separation: 1.5, shortcut: 0)),
      ("fair, AUC .69", .init(separation: 0.7, shortcut: 0)),
      ("knows nothing, AUC .5", .init(separation: 0, shortcut: 0)),
      ("the case and the hospital", .init(separation: 1, shortcut: 0.5)),
    ]
    for (place, (name, scenario)) in scores.enumerated() {
      let shares = try checkpoint.cell("scores \(place)") {
        let shares = try scenario.named(replicates: replicates, seed: Self.seed + 3000 + UInt64(place))
        return [shares.onlyTheSite, shares.higher]
      }
      lines.append("| \(name) | " + shares.map(percent).joined(separator: " | ") + " |")
      showProgress("Scores", place + 1, scores.count)
    }
    return lines.joined(separator: "\n")
  }

}

/// The page's look: quiet, one accent, Okabe-Ito colours, dark where the reader's system is, and made for paper too.
enum Stylesheet {
  static func text(runningTitle: String, reportID: String) -> String {
    light + dark + page + cover + tables + figures + print(runningTitle: runningTitle, reportID: reportID)
  }

  private static let light = """
    :root {
      color-scheme: light dark;
      --paper: #fff; --ink: #1b1f24; --soft: #57606a; --faint: #6a737d; --rule: #d0d7de; --hair: #e6e9ed;
      --wash: #f5f7f9; --accent: #0060a0; --blue: #0072b2; --vermilion: #d55e00; --goal: #a34400;
      --green: #00704f; --red: #a8330a; --amber: #7a5200; --bar-negative: #56b4e9;
    }

    """

  private static let dark = """
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --paper: #14171b; --ink: #e6e9ed; --soft: #a9b3bd; --faint: #98a2ad; --rule: #3c444d; --hair: #2a3037;
        --wash: #1c2127; --accent: #7cc4f5; --blue: #56b4e9; --vermilion: #f08a3c; --goal: #f5a066;
        --green: #4cc79d; --red: #ff8f66; --amber: #eabf5a; --bar-negative: #2f7fb0;
      }
    }

    """

  private static let page = """
    * { box-sizing: border-box; }
    html { font: 16px/1.55 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
      background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
    body { max-width: 52rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
    h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.015em; font-weight: 650; margin: .2rem 0 1.4rem; max-width: 22em; }
    h2 { font-size: 1.4rem; line-height: 1.25; letter-spacing: -.01em; font-weight: 650; margin: 4rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
    h3 { font-size: 1.1rem; line-height: 1.3; font-weight: 650; margin: 2.6rem 0 .7rem; }
    h4 { font-size: 1rem; font-weight: 650; color: var(--accent); margin: 2rem 0 .5rem; }
    h5 { font-size: .92rem; font-weight: 650; color: var(--soft); margin: 1.6rem 0 .4rem; }
    h2 .number, h3 .number { color: var(--soft); font-weight: 400; margin-right: .3em; }
    p, ul { margin: 0 0 .9rem; max-width: 44rem; }
    ul { padding-left: 1.2rem; } li { margin: .3rem 0; }
    a { color: var(--accent); text-underline-offset: .15em; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
    .kicker { text-transform: uppercase; letter-spacing: .09em; font-size: .78rem; font-weight: 600; color: var(--accent); margin: 0; }
    .notice { border-left: 3px solid var(--goal); background: var(--wash); padding: .7rem 1rem; }
    pre { background: var(--wash); padding: .8rem 1rem; overflow-x: auto; font-size: .85rem; }
    code, .code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
    nav { margin: 2.5rem 0 0; } nav h2 { font-size: 1rem; border: 0; margin: 0 0 .4rem; padding: 0; }
    nav ol { list-style: none; margin: 0; padding: 0; } nav > ol { columns: 2; column-gap: 2.5rem; }
    nav li { break-inside: avoid; margin: .2rem 0; } nav li li { padding-left: 1.6rem; font-size: .92rem; }
    nav a { color: inherit; text-decoration: none; } nav a:hover { text-decoration: underline; }
    nav .number { display: inline-block; min-width: 1.4rem; color: var(--soft); }
    footer { margin-top: 4rem; border-top: 1px solid var(--rule); padding-top: .8rem; color: var(--soft); font-size: .82rem; }
    @media (max-width: 40rem) { body { padding: 1.5rem 1rem 3rem; } nav > ol { columns: 1; } h1 { font-size: 1.6rem; } }

    """

  private static let cover = """
    .facts { margin: 0 0 1.2rem; font-size: .92rem; max-width: 44rem; }
    .facts div { display: grid; grid-template-columns: 10rem 1fr; gap: 0 1rem; padding: .18rem 0; }
    .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
    .verdict { border: 1px solid var(--rule); border-left: 6px solid var(--tone); padding: 1.2rem 1.4rem 1rem; margin: 1.6rem 0 0; }
    .met { --tone: var(--green); } .not_met { --tone: var(--red); } .inconclusive { --tone: var(--amber); }
    .not_assessable, .no_criteria { --tone: var(--soft); }
    .verdict p { margin: 0 0 .4rem; }
    .verdict .word { display: flex; align-items: center; gap: .8rem; font-size: 1.7rem; line-height: 1.2; margin-bottom: .6rem; }
    .verdict .word strong { color: var(--tone); font-weight: 700; } .verdict .of { color: var(--soft); font-size: 1rem; display: block; }
    .verdict .word > .verdict-mark { width: 2.6rem; height: 2.6rem; }
    .verdict ul { list-style: none; padding: .7rem 0 0; margin: .8rem 0 0; border-top: 1px solid var(--hair); max-width: none; }
    .verdict li { display: flex; gap: .7rem; margin: .5rem 0; font-size: .95rem; line-height: 1.45; }
    .verdict-mark { flex: none; width: 1.15rem; height: 1.15rem; margin-top: .12rem; fill: var(--tone); }
    .verdict-mark .sign { fill: none; stroke: var(--paper); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
    .verdict-mark .open { fill: none; stroke: var(--tone); stroke-width: 3; stroke-dasharray: 5 2.5; }
    .verdict-mark.no_criteria .open { stroke-dasharray: none; }

    """

  private static let tables = """
    .table { margin: 1.6rem 0 2rem; } .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .82rem; line-height: 1.4; border-bottom: 1.5px solid var(--ink); }
    caption { text-align: left; font-size: .92rem; padding: 0 0 .5rem; }
    caption strong, figcaption strong { color: var(--accent); margin-right: .25em; }
    .standing { color: var(--soft); font-style: italic; white-space: nowrap; } .standing::before { content: "· "; }
    thead { border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink); }
    th, td { padding: .32rem .55rem; vertical-align: baseline; text-align: left; font-weight: 400; }
    thead th { font-weight: 600; vertical-align: bottom; } tbody tr > :first-child, thead tr:first-child > :first-child { padding-left: 0; }
    th.trailing, td.trailing { text-align: right; } td.trailing { white-space: nowrap; }
    th.spanner { text-align: center; padding-bottom: 0; } th.spanner span { display: block; border-bottom: 1px solid var(--rule); padding-bottom: .2rem; }
    tbody tr + tr { border-top: 1px solid var(--hair); } tbody + tbody { border-top: 1px solid var(--rule); }
    tbody th { min-width: 5rem; max-width: 17rem; overflow-wrap: anywhere; }
    .group th { font-weight: 600; padding-top: .7rem; max-width: none; }
    td:last-child:not(.trailing) { padding-right: 0; } .total th, .total td { font-weight: 600; }
    .muted, .muted th, .muted td, .line-note { color: var(--faint); } .line-note { display: block; font-size: .92em; font-style: italic; }
    td.strong { font-weight: 600; } .wide table { font-size: .75rem; } .wide th, .wide td { padding-left: .38rem; padding-right: .38rem; }
    .code { font-size: .78rem; overflow-wrap: anywhere; }
    .table-note { font-size: .8rem; color: var(--soft); margin: .4rem 0 0; max-width: none; line-height: 1.45; }

    """

  private static let figures = """
    figure { margin: 1.8rem 0 2.2rem; } figure svg { display: block; width: 100%; height: auto; font-size: 12px; overflow: visible; }
    figcaption { font-size: .92rem; margin-top: .5rem; max-width: 44rem; }
    .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; align-items: start; } .pair figure { min-width: 0; }
    @media (max-width: 40rem) { .pair { grid-template-columns: 1fr; } .canvas { overflow-x: auto; } figure .canvas svg { min-width: 34rem; } .pair .canvas svg { min-width: 0; } }
    details { font-size: .85rem; margin-top: .3rem; } summary { color: var(--soft); cursor: pointer; }
    svg text { fill: var(--ink); font-size: 12px; } svg .strong { font-weight: 600; } svg .tick { fill: var(--soft); } svg .small { font-size: 11px; }
    svg text.faint { fill: var(--faint); font-style: italic; }
    svg .grid { stroke: var(--hair); } svg .axis, svg .rule { stroke: var(--soft); fill: none; } svg .rule { stroke: var(--rule); }
    svg .reference { stroke: var(--soft); stroke-dasharray: 5 4; stroke-width: 1.4; } svg .reference-label { fill: var(--soft); }
    svg .goal { stroke: var(--goal); stroke-width: 1.6; } svg .goal-label { fill: var(--goal); }
    svg .whisker { stroke: var(--blue); stroke-width: 1.8; } svg .mark, svg .head { fill: var(--blue); }
    svg .whisker.faint { stroke: var(--faint); stroke-width: 1.2; } svg .head.faint { fill: var(--faint); }
    svg .hollow { fill: var(--paper); stroke: var(--faint); stroke-width: 1.4; } svg .paper { fill: var(--paper); }
    svg .margin { fill: var(--soft); fill-opacity: .14; }
    svg .curve { fill: none; stroke: var(--blue); stroke-width: 2.2; stroke-linejoin: round; }
    svg .band { fill: var(--blue); fill-opacity: .14; stroke: none; }
    svg .all { fill: none; stroke: var(--vermilion); stroke-width: 1.8; stroke-dasharray: 7 3; } svg .none { stroke: var(--soft); stroke-width: 1.6; stroke-dasharray: 2 3; }
    svg .point-a, svg .point-b, svg .point-c { stroke: var(--paper); stroke-width: 1.5; }
    svg .point-a { fill: var(--blue); } svg .point-b { fill: var(--vermilion); } svg .point-c { fill: var(--green); }
    svg .bar-positive { fill: var(--vermilion); } svg .bar-negative { fill: var(--bar-negative); }
    svg .box { fill: var(--wash); stroke: var(--rule); } svg .arrow { fill: var(--soft); }
    svg .heat { fill: var(--vermilion); } svg .heat-none { fill: none; stroke: var(--rule); stroke-dasharray: 3 3; }

    """

  /// A4 and Letter alike; what runs along the edge is the study, its verdict, the report's id and the page.
  private static func print(runningTitle: String, reportID: String) -> String {
    """
    @page { margin: 20mm 17mm 18mm;
      @top-left { content: "\(escapedForStyle(runningTitle))"; font: 8pt "Liberation Sans", Arial, sans-serif; color: #57606a; }
      @bottom-left { content: "Report \(escapedForStyle(reportID))"; font: 8pt "Liberation Sans", Arial, sans-serif; color: #57606a; }
      @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Liberation Sans", Arial, sans-serif; color: #57606a; }
    }
    @media print {
      html { font-size: 10pt; } body { max-width: none; padding: 0; }
      .skip, details, footer { display: none; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
      nav { break-after: page; } h2 { margin-top: 2.2rem; } nav h2 { margin-top: 0; }
      h2, h3, h4, h5, caption { break-after: avoid; } p:has(+ figure), p:has(+ .table) { break-after: avoid; } p, li { orphans: 3; widows: 3; }
      figure, .verdict, .table, .notice, pre { break-inside: avoid; } .table.long { break-inside: auto; }
      thead { display: table-header-group; } tr { break-inside: avoid; } .group { break-after: avoid; }
      .scroll { overflow: visible; } table { font-size: 8pt; } th, td { padding: .25rem .4rem; }
      a { color: inherit; text-decoration: none; }
    }

    """
  }
}

import NNCore

/// How the report looks.
enum ReportStyle {
  static let sheet = """
    :root{\(variables(.light))--rule:#dfe3e8;--card:#f6f7f9;--right:31,95,168;--wrong:200,50,30}
    \(SVG.rules(.light, scope: "svg "))
    @media (prefers-color-scheme:dark){
    :root{\(variables(.dark))--rule:#30353d;--card:#1e2127;--right:45,110,185;--wrong:205,70,50}
    \(SVG.rules(.dark, scope: "svg "))
    }
    \(layout)
    """

  private static func variables(_ palette: Palette) -> String {
    Paint.allCases.map { "--\($0):\(palette[$0]);" }.joined()
  }

  private static let layout = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--surface);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe \
    UI",sans-serif}
    header,main,footer{max-width:64rem;margin:0 auto;padding:0 1.5rem}
    header{padding-top:2.5rem}
    h1{margin:0;font-size:2rem;line-height:1.2;overflow-wrap:anywhere}
    h2{margin:3rem 0 .75rem;font-size:1.35rem;border-bottom:1px solid var(--rule);padding-bottom:.35rem}
    h3{margin:2rem 0 .5rem;font-size:1rem}
    header p,footer p,.note{color:var(--muted)}
    header p{margin:.35rem 0 0;overflow-wrap:anywhere}
    p{max-width:46rem}
    footer{margin-top:3rem;padding-bottom:2rem;font-size:.85rem}
    .unseen{position:absolute;width:1px;height:1px;margin:0;padding:0;overflow:hidden;clip-path:inset(50%)}
    .key{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem;margin:2rem 0 0}
    .key div{background:var(--card);border:1px solid var(--rule);border-radius:.6rem;padding:.9rem 1.1rem}
    .key dt{color:var(--muted);font-size:.9rem}
    .key dd{margin:0;font-size:1.9rem;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums}
    .key dd.note{font-size:.85rem;font-weight:400}
    .chart{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:.75rem \
    .25rem;max-width:920px}
    .chart svg{width:100%;height:auto;display:block}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem \
    1.5rem;max-width:920px;margin:1rem 0 .5rem;padding:0 0 0 58px;font-size:.75rem}
    .legend li{display:flex;align-items:center;gap:.5rem;min-width:min(7rem,100%);overflow-wrap:anywhere}
    .legend i{flex:none;width:20px;border-radius:2px}
    svg text{font-size:12px;font-family:system-ui,-apple-system,"Segoe UI",sans-serif}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.95rem}
    caption{text-align:left;color:var(--muted);font-size:.85rem;padding-bottom:.5rem;max-width:min(46rem,100vw - 2rem)}
    th,td{padding:.3rem .8rem;text-align:right;border-bottom:1px solid var(--rule)}
    th{font-weight:600}
    tbody th{text-align:left;overflow-wrap:anywhere}
    thead th{color:var(--muted);font-size:.85rem;vertical-align:bottom}
    thead th:first-child{text-align:left}
    details{margin-top:.5rem}
    summary{cursor:pointer;color:var(--muted)}
    .matrix th,.matrix td{border:1px solid var(--rule);padding:.35rem .5rem;min-width:3.1rem;text-align:center}
    .matrix .corner{font-weight:400;white-space:nowrap}
    .matrix .right{background:rgba(var(--right),var(--shade))}
    .matrix .wrong{background:rgba(var(--wrong),var(--shade))}
    .matrix .deep{color:#fff}
    .bar{background:linear-gradient(90deg,var(--pale) calc(100% * var(--share)),transparent 0) no-repeat 0 100%/100% \
    3px;min-width:7rem;white-space:nowrap}
    td.name,th.name{text-align:left}
    .about td{text-align:left;overflow-wrap:anywhere}
    .picture img{max-width:100%;height:auto}
    .gallery{list-style:none;margin:1rem 0 \
    0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(6.5rem,1fr));gap:1.1rem .8rem}
    .gallery img{image-rendering:pixelated;border-radius:.25rem;background:#000;display:block}
    .gallery p{margin:.25rem 0 0;line-height:1.25;overflow-wrap:anywhere}
    .gallery .note{font-size:.75rem;margin:0}
    .truth{color:var(--first);font-weight:600}
    .given{color:var(--second);font-weight:600}
    .arrow{color:var(--muted)}
    @media (max-width:40rem){
    header,main,footer{padding-left:1rem;padding-right:1rem}
    .key{grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem}
    .key div{padding:.6rem .8rem}
    .key dd{font-size:1.5rem}
    .legend{padding-left:0}
    table{font-size:.85rem}
    th,td{padding:.3rem}
    .matrix th,.matrix td{min-width:0;padding:.25rem .1rem;font-size:.7rem}
    .matrix .corner{white-space:normal}
    .bar{min-width:0}
    }
    @media (max-width:30rem){svg text{font-size:14px}}
    @media print{details>*{display:block}section{break-inside:avoid-page}}
    """
}

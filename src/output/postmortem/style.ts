/**
 * The look of the page: readable on a screen, light and dark, and on paper in about four pages, on which the annex is a
 * list of what is in it. No font and no picture from elsewhere.
 */
const SCREEN = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--paper:#fff;--panel:#f6f8fa;--rule:#d1d9e0;--link:#0969da}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--paper:#0d1117;--panel:#161b22;--rule:#30363d;--link:#58a6ff}}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:60rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
h1{font-size:1.7rem;line-height:1.25;overflow-wrap:anywhere}h2{margin-top:2.2rem;border-bottom:1px solid var(--rule);padding-bottom:.3rem;font-size:1.3rem}
h3{font-size:1.05rem;margin-top:1.4rem;overflow-wrap:anywhere}h4,h5,h6{font-size:1rem;overflow-wrap:anywhere}a{color:var(--link)}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--panel);border-radius:4px}
code{padding:.1em .3em;overflow-wrap:anywhere}pre{padding:.8rem 1rem;overflow:auto;border:1px solid var(--rule)}pre code{padding:0;background:none;overflow-wrap:normal}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.93em}th,td{border:1px solid var(--rule);padding:.4rem .6rem;text-align:left;vertical-align:top}
th{background:var(--panel)}figure{margin:1.4rem 0}figure svg{max-width:100%;height:auto;border:1px solid var(--rule);border-radius:6px}
figcaption{color:var(--soft);font-size:.9em}ul.tasks{list-style:none;padding-left:.2rem}ul.tasks input{margin-right:.5rem}
ol.path{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}ol.path li{flex:1 1 11rem;border:1px solid var(--rule);border-radius:6px;padding:.6rem .8rem;background:var(--panel)}
ol.path li+li::before{content:"→ ";color:var(--soft)}ol.path span{display:block}footer{margin-top:3rem;color:var(--soft);font-size:.9em}
.changes{display:flex;flex-wrap:wrap;gap:0 1.5rem}.changes>div{flex:0 1 auto;min-width:0}
details{border-top:1px solid var(--rule);padding:.5rem 0}summary{cursor:pointer}summary h3{display:inline;margin:0}`;

const PRINT = `
@page{size:A4;margin:12mm 15mm}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--panel:#f6f8fa;--rule:#bbb;--link:#000}
body{max-width:none;padding:0;font-size:8.8pt;line-height:1.28}h1{font-size:15pt;margin:0 0 6pt}h2{font-size:11pt;margin:7pt 0 2pt;padding-bottom:1pt}
h3,h4{font-size:10pt;margin:6pt 0 2pt}p,ul,ol{margin:2pt 0}ul,ol{padding-left:14pt}a{text-decoration:none}
h2,h3,h4{break-after:avoid}figure,tr,pre,li{break-inside:avoid}p{orphans:3;widows:3}
figure{margin:4pt 0}figure svg{max-height:58mm;width:auto;border:0}figcaption{font-size:8pt}
table{font-size:8pt;width:100%}th,td{padding:1.5pt 4pt}.scroll{overflow:visible}pre{padding:3pt 6pt;margin:3pt 0;white-space:pre-wrap;overflow-wrap:anywhere}
ul.tasks{padding-left:0}footer{margin-top:8pt}
details{border:0;padding:0;font-size:8.5pt}summary{list-style:none}summary h3{font-size:9pt;font-weight:400}
#annex h2::after{content:" — closed on paper; open what is needed in the page before printing it";font-size:8.5pt;font-weight:400}}`;

export const PAGE_STYLE = `${SCREEN}${PRINT}`;

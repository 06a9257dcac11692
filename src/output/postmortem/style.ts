/** The look of the page: readable, printable, light and dark; no font and no picture from elsewhere. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--paper:#fff;--panel:#f6f8fa;--rule:#d1d9e0;--link:#0969da}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--paper:#0d1117;--panel:#161b22;--rule:#30363d;--link:#58a6ff}}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:60rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
h1{font-size:1.7rem;line-height:1.25;overflow-wrap:anywhere}h2{margin-top:2.6rem;border-bottom:1px solid var(--rule);padding-bottom:.3rem;font-size:1.3rem}
h3{font-size:1.05rem;margin-top:1.6rem;overflow-wrap:anywhere}h4{font-size:1rem}a{color:var(--link)}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--panel);border-radius:4px}
code{padding:.1em .3em;overflow-wrap:anywhere}pre{padding:.8rem 1rem;overflow:auto;border:1px solid var(--rule)}pre code{padding:0;background:none;overflow-wrap:normal}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.93em}th,td{border:1px solid var(--rule);padding:.4rem .6rem;text-align:left;vertical-align:top}
th{background:var(--panel)}figure{margin:1.4rem 0}figure svg{max-width:100%;height:auto;border:1px solid var(--rule);border-radius:6px}
figcaption{color:var(--soft);font-size:.9em}ul.tasks{list-style:none;padding-left:.2rem}ul.tasks input{margin-right:.5rem}
ol.path{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}ol.path li{flex:1 1 11rem;border:1px solid var(--rule);border-radius:6px;padding:.6rem .8rem;background:var(--panel)}
ol.path li+li::before{content:"→ ";color:var(--soft)}ol.path span{display:block}footer{margin-top:3rem;color:var(--soft);font-size:.9em}
@media print{body{max-width:none;padding:0}h2,h3{break-after:avoid}figure,tr{break-inside:avoid}}`;

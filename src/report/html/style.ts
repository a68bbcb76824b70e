// The one style sheet of the pages: readable on a ward screen and on paper; colour never carries meaning alone.
export const STYLE = `
:root{--ink:#1c2430;--soft:#5b6675;--line:#d8dee6;--paper:#fff;--page:#f5f7f9;--good:#0b6b4f;--maybe:#8a5a00;--bad:#a3243b;--link:#1f4f8f}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main,header.site{max-width:66rem;margin:0 auto;padding:1rem 1.25rem}
header.site{display:flex;gap:1.5rem;align-items:baseline;padding-bottom:0}
header.site strong{font-size:1.15rem}
a{color:var(--link)}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.15rem;margin:2rem 0 .5rem}
h3{font-size:1.02rem;margin:0}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1.1rem;margin:.7rem 0}
.option{border-left:.35rem solid var(--line)}
.option.recommended{border-left-color:var(--good)}
.option.consider{border-left-color:var(--maybe)}
.option.not-recommended{border-left-color:var(--bad)}
.head{display:flex;gap:.75rem;align-items:baseline;flex-wrap:wrap}
.rank{font-weight:700;font-variant-numeric:tabular-nums;min-width:1.5rem}
.band{font-size:.8rem;font-weight:600;border:1px solid currentColor;border-radius:1rem;padding:.05rem .6rem;white-space:nowrap}
.recommended .band{color:var(--good)}.consider .band{color:var(--maybe)}.not-recommended .band{color:var(--bad)}
.soft{color:var(--soft)}
.small{font-size:.88rem}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.4rem 0}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0}
ul{margin:.3rem 0;padding-left:1.2rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600}
.stop{background:#fff4e0;border-color:#e5c07b}
.danger{color:var(--bad);font-weight:600}
details>summary{cursor:pointer;color:var(--link);margin-top:.4rem}
form label{display:block;margin:.6rem 0 .2rem}
input,select,textarea,button{font:inherit;padding:.4rem .6rem;border:1px solid var(--line);border-radius:.35rem;background:#fff;color:inherit}
textarea{width:100%;min-height:16rem;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.85rem}
button{background:var(--link);border-color:var(--link);color:#fff;cursor:pointer}
.filters{display:flex;gap:.75rem;flex-wrap:wrap;align-items:end}
progress{width:14rem;max-width:100%;accent-color:var(--link)}
.state-running{color:var(--link)}.state-paused{color:var(--maybe)}.state-done{color:var(--good)}.state-failed,.state-cancelled{color:var(--bad)}
.turns{display:flex;gap:1rem;align-items:baseline}.turns p{margin:.6rem 0}
table.counts{width:auto}table.counts td:last-child{text-align:right;font-variant-numeric:tabular-nums}
footer{color:var(--soft);font-size:.85rem;margin:2.5rem 0 1rem}
@media print{body{background:#fff}header.site,form,nav{display:none}.card{break-inside:avoid}details>*{display:block}}
`;

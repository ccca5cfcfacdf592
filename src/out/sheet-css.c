/* How pages look that stand by themselves: light and dark, on a telephone and on paper.
 * In: nothing. Out: a style sheet. */
#include "out/sheet-css.h"

static const char css[] =
        ":root{color-scheme:light dark;--paper:#fbfbf9;--card:#fff;--ink:#1c2228;--soft:#5a6570;--line:#d9dde1;--go:#17673a;--look:#8a4b00;"
        "--bad:#a1201c;--link:#0b57a4;--look-paper:#fdf1de;--go-paper:#e3f3e8;--bad-paper:#fbe5e3;--bar:#4a7fb5}"
        "@media(prefers-color-scheme:dark){:root{--paper:#14181c;--card:#1b2127;--ink:#e4e8ec;--soft:#a0abb5;--line:#343c44;--go:#7ccf98;"
        "--look:#f0b665;--bad:#f5918a;--link:#86bdf5;--look-paper:#3a2c15;--go-paper:#18331f;--bad-paper:#40201e;--bar:#5b92cb}}"
        "*{box-sizing:border-box}"
        "body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
        "main{max-width:76rem;margin:0 auto;padding:1.25rem 1rem 4rem}"
        "h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.25rem 0 .6rem}h3{font-size:1rem;margin:1rem "
        "0 .3rem}"
        "p{margin:.4rem 0}a{color:var(--link)}.soft{color:var(--soft)}.number{text-align:right;font-variant-numeric:tabular-nums}"
        ".time{font-variant-numeric:tabular-nums;white-space:nowrap}"
        "nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem;margin:.75rem 0}"
        ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem;margin:1rem 0;padding:0;list-style:none}"
        ".tiles li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem;color:var(--soft)}"
        ".tiles b{display:block;color:var(--ink);font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}"
        ".tiles .look b{color:var(--look)}"
        ".scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.5rem}"
        "table{border-collapse:collapse;width:100%;font-size:.93rem}"
        "th,td{text-align:left;vertical-align:top;padding:.4rem .7rem;border-bottom:1px solid var(--line);unicode-bidi:isolate}"
        "td{overflow-wrap:break-word}th{color:var(--soft);font-weight:600;white-space:nowrap}tr:last-child td{border-bottom:0}"
        ".badge{display:inline-block;border-radius:1rem;padding:0 .55rem;white-space:nowrap;border:1px solid var(--line);font-size:.87rem}"
        ".badge.go{background:var(--go-paper);color:var(--go)}.badge.look{background:var(--look-paper);color:var(--look)}"
        ".badge.bad{background:var(--bad-paper);color:var(--bad)}"
        "details{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin:.4rem 0;padding:.4rem .8rem}"
        "details .scroll{border:0}summary{cursor:pointer}summary b{margin-right:.4rem}"
        "ul.why{margin:.2rem 0 0;padding:0 0 0 1.1rem;font-size:.93rem}ul.why q,ul.why .soft{display:block}"
        "q::before,q::after{content:none}code{font-family:ui-monospace,monospace;font-size:.9em}"
        "svg{display:block;width:100%;min-width:44rem;height:auto}svg text{fill:var(--soft);font:12px system-ui,sans-serif}svg "
        ".name{fill:var(--ink)}"
        "svg .grid{stroke:var(--line)}svg .bar{fill:var(--bar)}svg .bar.look{fill:var(--look)}svg "
        ".bar.clash{stroke:var(--bad);stroke-width:2}"
        "a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}"
        "@media(max-width:40rem){th{display:none}tr,td{display:block}td{border:0;padding:.1rem .7rem;overflow-wrap:anywhere}"
        "tr{border-bottom:1px solid var(--line);padding:.35rem 0}td:empty{display:none}}"
        "@media print{details{break-inside:avoid}body{font-size:11px}}";

const char *sheet_css(void)
{
        return css;
}

"""Plain HTML for the few pages outside Streamlit: sign-in, set-up. Everything put in is escaped."""

import html

STYLE = """
:root{color-scheme:light dark;--ink:#14202b;--paper:#fff;--line:#5b6773;--act:#1d4e79;--on:#fff;--bad:#9b1c1c}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--paper:#10161c;--line:#9aa7b3;--act:#7fb2e5;--on:#10161c;--bad:#ffb3b3}}
body{font:1.0625rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0}
main{max-width:30rem;margin:3rem auto;padding:0 1rem}
h1{font-size:1.65rem;margin:.2rem 0 1rem}p.name{font-weight:600;margin:0}
label{display:block;font-weight:600;margin:1rem 0 .3rem}
input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:2px solid var(--line);border-radius:4px;
color:inherit;background:var(--paper)}
button,a.button{font:inherit;font-weight:600;margin-top:1.5rem;padding:.65rem 1.2rem;border:0;border-radius:4px;
color:var(--on);background:var(--act);cursor:pointer;width:100%}
a.button{display:block;box-sizing:border-box;text-align:center;text-decoration:none}
code{font:600 1.0625rem ui-monospace,monospace;overflow-wrap:anywhere}summary{cursor:pointer;font-weight:600}
button:disabled{cursor:default;filter:grayscale(1);opacity:.6}
button.second{color:var(--act);background:none;border:2px solid var(--act)}progress{width:100%}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:2px}
a{color:var(--act)}a.button{color:var(--on)}
.error{border-left:5px solid var(--bad);padding:.4rem 1rem;margin:1rem 0}
.note{border:1px solid var(--line);border-radius:4px;padding:.6rem 1rem;margin:1.5rem 0}
section{border-top:1px solid var(--line);margin-top:2rem;padding-top:.5rem}h2{font-size:1.25rem}
"""


def page(title: str, body: str, *, refresh_seconds: int | None = None) -> str:
    """A whole page; `body` is our own HTML, with every value in it escaped."""
    refresh = f'<meta http-equiv="refresh" content="{refresh_seconds}">' if refresh_seconds else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{refresh}'
        f"<title>{html.escape(title)} - Threshold</title><style>{STYLE}</style></head>"
        f'<body><main><p class="name">Threshold</p><h1>{html.escape(title)}</h1>{body}</main></body></html>'
    )


def error(sentence: str) -> str:
    return f'<p class="error" role="alert">{html.escape(sentence)}</p>' if sentence else ""


def note(sentence: str) -> str:
    return f'<p class="note">{html.escape(sentence)}</p>'


def link(address: str, words: str) -> str:
    return f'<p><a class="button" href="{html.escape(address)}">{html.escape(words)}</a></p>'


def back(sentence: str = "Back to Your account") -> str:
    return f'<p><a href="/account">{html.escape(sentence)}</a></p>'


def user_name(name: str) -> str:
    """What a password manager needs to know whose password is asked for; nobody types it."""
    return f'<input name="user" value="{html.escape(name)}" autocomplete="username" readonly hidden>'


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'

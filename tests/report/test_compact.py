"""Compact HTML means what the long one meant, and takes less room."""

from __future__ import annotations

import pytest
from report.parsed_page import read

from harness.report.compact import compact

LONG = """<!doctype html>
<html lang="en"><head>
<meta content="style-src 'sha256-aA1='"><style>a[href="#x"] { color: red; }</style>
<script>const one = '<p class="kept">&#34;';</script></head>
<body><p id="check-a.b_3c_" class="small">She said &#34;no&#34;,
it&#39;s &lt;b class=&#34;c&#34;&gt;
<a class="tag" href="#R6" title="2 &#34;words&#34;">R6</a> <b class="two names">&amp;#34;</b>
<input value="" placeholder="x"><a href="https://example.com/?a=b">there</a></p></body></html>"""


def test_a_page_means_the_same() -> None:
    before, after = read(LONG), read(compact(LONG))

    assert after.text.split() == before.text.split()
    assert [(one.tag, one.attributes) for one in after.elements] == [
        (one.tag, one.attributes) for one in before.elements
    ]


def test_style_and_script_keep_every_byte() -> None:
    short = compact(LONG)

    assert '<style>a[href="#x"] { color: red; }</style>' in short
    assert """<script>const one = '<p class="kept">&#34;';</script>""" in short


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<p class="small">', "<p class=small>"),
        ('<i id="a.b-c_1" class="x y">', '<i id=a.b-c_1 class="x y">'),
        ('<a href="/">', '<a href="/">'),
        ('<a title="a=b">', '<a title="a=b">'),
        ('<a title="it&#39;s">', '<a title="it&#39;s">'),
        ('<input value="">', '<input value="">'),
        ("<ul>\n<li>a <b>c</b>\n<li>d\n</ul>", "<ul><li>a <b>c</b><li>d\n</ul>"),
        ("<b>a</b>\n<a>b</a>", "<b>a</b>\n<a>b</a>"),
        ("it&#39;s &#34;so&#34;", 'it\'s "so"'),
        ("&amp;#34; &lt;b&gt;", "&amp;#34; &lt;b&gt;"),
    ],
)
def test_only_what_html_lets_one_leave_out_goes(written: str, shown: str) -> None:
    assert compact(written) == shown

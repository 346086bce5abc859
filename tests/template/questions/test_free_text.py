"""Free text is data: whatever is accepted comes out unchanged in every kind of file."""

import ast
import tomllib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from cmarkgfm import github_flavored_markdown_to_html, markdown_to_html
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support import checks
from tests.support.projects import Render, Run
from tests.support.selection import thorough_but

FRAGMENTS = [
    "'", '"', '"""', "'''", "\\", "\\n", "\\u0041", "\\N{DASH}", "`", "``", "{", "}", "{{ 1 }}",
    "{% raw %}", "{# x #}", "${{ github.token }}", "%(x)s", "%s", "#", "# noqa", "# type: ignore",
    ":", ": ", " #", "- ", "* ", "+ ", "1. ", "2) ", ">", "!", "!x", "&", "&amp;", "&#65;", "*a*",
    "_a_", "__a__", "~~a~~", "[a](b)", "[a]: b", "![a](b)", "<b>", "</p>", "<!--", "<a@b.c>",
    "https://a.example/_b_", "|", "$x$", "=", "---", "===", "null", "yes", "1e3", "0o7", "~", "@x",
    ",", ";", "(", ")", "<x", "🎉", "👩‍👩‍👧", "שלום", "مرحبا", "é", "e\u0301", "\u00a0", "\u200d",
    "\u200f", "\u061c", "www.a.example\u3000*b*", "Ω", "日本語", "𝔘",
]  # fmt: skip
lines = (
    st.lists(
        st.sampled_from(FRAGMENTS) | st.text(max_size=3) | st.just(" "),
        min_size=1,
        max_size=8,
    )
    .map("".join)
    .map(str.strip)
)
emails = st.from_regex(
    r"[a-z'`{}+]{1,9}(\.[a-z#$%]{1,9})?@[a-z]{1,9}\.example", fullmatch=True
)


INVISIBLE = "\u200b\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"


def accepted(text: str) -> bool:
    """Return whether a line is to be accepted, without the template's macros."""

    def bad(c: str) -> bool:
        control = ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000
        return control or c in INVISIBLE

    return bool(text) and "  " not in text and not any(map(bad, text))


def assert_unchanged(project: Path, description: str, name: str, email: str) -> None:
    """Each file says what was answered, when it is read by a parser of its type."""
    table = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    assert table["description"] == description
    assert table["authors"] == [{"name": name, "email": email}]

    given = checks.answers(project)
    assert (given["description"], given["user_name"]) == (description, name)

    module = (project / "src" / given["package_name"] / "__init__.py").read_text(
        "utf-8"
    )
    assert ast.get_docstring(ast.parse(module), clean=False) == description

    readme = (project / "README.md").read_text("utf-8")
    for html in (markdown_to_html(readme), github_flavored_markdown_to_html(readme)):
        assert first_paragraph(html) == description

    assert f"Copyright (c) {name}\n" in (project / "LICENSE").read_text("utf-8")


class FirstParagraph(HTMLParser):
    """The text of the first paragraph of a page, as a reader sees it."""

    text = ""
    state = "before"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin with the paragraph; in it, only a link leaves the text as it is."""
        if tag == "p" and self.state == "before":
            self.state = "inside"
        elif tag != "a" and self.state == "inside":
            self.text += f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        """End with the paragraph."""
        if tag == "p" and self.state == "inside":
            self.state = "after"

    def handle_data(self, data: str) -> None:
        """Collect the text in between."""
        if self.state == "inside":
            self.text += data


def first_paragraph(html: str) -> str:
    """Return the text of the first paragraph of a page."""
    page = FirstParagraph()
    page.feed(html)
    page.close()
    return page.text


@given(text=lines)
@settings(max_examples=500)
def test_every_line_is_refused_or_unchanged(
    macros: Callable[[str], Any], text: str
) -> None:
    """The macros that the files are written with, on many more lines than are rendered."""
    macro = macros("escaping.jinja")
    refusal = macros("validation.jinja").text("description", text, 512)
    assert (refusal == "") == accepted(text)
    if accepted(text):
        string = str(macro.string(text))
        docstring = f'"""{macro.docstring(text)}"""'
        paragraph = f"# Title\n\n{macro.markdown(text)}\n"
        assert tomllib.loads(f"x = {string}")["x"] == text
        assert yaml.safe_load(f"x: {string}")["x"] == text
        assert ast.literal_eval(string) == text
        assert ast.literal_eval(docstring) == text
        assert first_paragraph(markdown_to_html(paragraph)) == text
        assert first_paragraph(github_flavored_markdown_to_html(paragraph)) == text


@pytest.mark.parametrize("projects", thorough_but([6, 40], 6))
def test_accepted_text_comes_out_unchanged(
    render: Render, run: Run, tmp_path: Path, projects: int
) -> None:
    """Any line of text survives TOML, YAML, Python, Markdown and the package's metadata."""
    folders = [tmp_path / str(number) / "my-project" for number in range(projects)]

    @given(text=st.tuples(*(lines.filter(accepted) for _ in "ab")), email=emails)
    @settings(
        deadline=None,
        max_examples=projects,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(text: tuple[str, str], email: str) -> None:
        project = folders.pop()
        description, name = text
        render(project, description=description, user_name=name, user_email=email)
        assert_unchanged(project, description, name, email)
        checks.described(project)

    check()
    run(tmp_path, "ruff", "format", "--diff")
    run(tmp_path, "ruff", "check")


NASTY = (
    """He said "it's \\ {{ 7 * 7 }} {% x %} {# y #} ${{ z }} # a: b, `c` """
    """<script> & 'd' \"\"\" *e* _f_ [g](h) 🎉 שלום\\"""
)


def test_every_check_passes_on_hostile_text(render: Render) -> None:
    """The whole project works, not only its parsers, and with the longest name of a package."""
    email, name = "o'neill+x@a-b.example", "n" * 40
    text = {"description": NASTY, "user_name": NASTY, "user_email": email}
    project = render(package_name=name, **text)
    assert_unchanged(project, NASTY, NASTY, email)
    for check in checks.CHECKS:
        if check is not checks.tidy:  # It looks for the braces that the text has.
            check(project)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pyproject.toml", "A plain line", "A plain  line"),
        ("README.md", "A plain line", "A *plain* line"),
        ("src/my_project/__init__.py", "A plain line", "A plain line "),
        ("LICENSE", "Ada", "Bob"),
        (".copier-answers.yml", "A plain line", "A plane line"),
    ],
)
def test_changed_text_is_found(render: Render, file: str, old: str, new: str) -> None:
    """The comparison above fails where one file says something else."""
    project = render(
        description="A plain line", user_name="Ada", user_email="a@b.example"
    )
    assert_unchanged(project, "A plain line", "Ada", "a@b.example")
    text = (project / file).read_text("utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(AssertionError):
        assert_unchanged(project, "A plain line", "Ada", "a@b.example")

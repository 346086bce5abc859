"""A small template with two releases, for the tests of the comparison."""

from pathlib import Path

from tests.support.changes import append, replace
from tests.support.releases import commit

FILES = {
    "copier.yml": "_subdirectory: template\n_templates_suffix: .jinja\n"
    "description:\n  type: str\n  default: Good.\n",
    "template/{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers | to_nice_yaml }}",
    "template/pyproject.toml.jinja": '[project]\nname = "x"\nversion = "0"\ndependencies = []\n'
    "description = {{ description | to_json }}\n",
    "template/.github/workflows/ci.yml": "on: push\npermissions: {}\njobs:\n  a: {runs-on: a, steps: []}\n",
    "template/README.md": "# Old\n",
}


def small_template(folder: Path, **more: str) -> None:
    """Make a template of two releases, the newer of which changes the README."""
    for name, text in FILES.items():
        append(folder / name, text + more.get(name, ""))
    commit(folder, "1.0.0")
    replace(folder / "template/README.md", "Old", "New")
    commit(folder, "2.0.0", "3.0.0rc1")

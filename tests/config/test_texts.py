"""No text that the sources show is missing from the catalogues, and no two rooms translate it differently."""

from __future__ import annotations

from pathlib import Path

import polib

from backend.config.texts import of_python, of_template, untold


def test_texts_of_a_module_are_found() -> None:
    source = (
        "from django.utils.translation import gettext_noop as later\n"
        "_('one'); ngettext('two', 'many', n); pgettext_lazy('round', 'final'); later('four'); _(word); other('no')"
    )

    assert list(of_python(source)) == ["one", "two", "final", "four"]


def test_texts_of_a_template_are_found() -> None:
    source = (
        '{% load i18n %}{% translate "A \'b\'" %}{{ _("X")|upper }}{% translate "It" context "c" %}'
        "{% blocktranslate count n=x %}{{ n }} one{% plural %}{{ n }} many{% endblocktranslate %}"
    )

    assert list(of_template(source)) == ["A 'b'", "X", "It", "%(n)s one"]


def test_a_text_without_translation_and_one_with_two_are_told(tmp_path: Path) -> None:
    (tmp_path / "realtime").mkdir()
    (tmp_path / "realtime" / "web.py").write_text("_('Heard'); _('Unheard')")
    catalogues = []
    for told in ("听到", "已听到"):
        catalogue = polib.POFile()
        catalogue.append(polib.POEntry(msgid="Heard", msgstr=told))
        catalogues.append(catalogue)

    assert untold(tmp_path, catalogues) == [
        "realtime/web.py: in no catalogue: 'Unheard'",
        "told in 2 ways: 'Heard': ['听到', '已听到']",
    ]

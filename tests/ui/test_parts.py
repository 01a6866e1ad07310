"""The parts of pages: pills, fields, paging, captured titles, state words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from backend.people.models import Group
from backend.ui import registry
from backend.ui.words import joined


def rendered(source: str, **values: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(values)).strip()


@pytest.mark.parametrize(
    ("tone", "css"), [("good", "good"), ("bad", "danger"), ("now", "info"), ("wait", "warning"), ("odd", "muted")]
)
def test_a_pill_says_its_state_in_a_word(tone: str, css: str) -> None:
    pill = rendered("{% pill word tone %}", word="<评分中>", tone=tone)

    assert pill == f'<span class="pill pill-{css}">&lt;评分中&gt;</span>'


def test_states_are_shown_in_the_words_of_their_room() -> None:
    registry.states("test-kind", {"filed": ("已提交", "now")})

    assert "已提交" in rendered("{% state 'test-kind' 'filed' %}")
    assert "unheard" in rendered("{% state 'test-kind' 'unheard' %}")


class Form(forms.Form):
    name = forms.CharField(label="姓名", help_text="与身份证一致")
    agreed = forms.BooleanField(label="已核对")
    kind = forms.ChoiceField(label="类别", choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_field_ties_help_and_errors_to_its_control() -> None:
    field = rendered("{% field form.name %}", form=Form({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field
    assert 'for="id_name"' in field


def test_choices_are_a_group_with_a_legend() -> None:
    assert "<legend" in rendered("{% field form.kind %}", form=Form())


def test_a_checkbox_stands_within_its_label() -> None:
    assert '<label class="form-check">' in rendered("{% field form.agreed %}", form=Form())


def test_paging_keeps_the_filters_and_vanishes_on_one_page() -> None:
    request = RequestFactory().get("/?q=王&page=2&format=xlsx")
    many = Paginator(range(95), 40).page(2)

    links = rendered("{% pages page %}", page=many, request=request)

    assert 'href="?q=%E7%8E%8B&amp;page=1"' in links
    assert rendered("{% pages page %}", page=Paginator(range(9), 40).page(1), request=request) == ""


def test_a_title_can_stand_in_two_places() -> None:
    twice = rendered("{% capture as title %}{{ word }}{% endcapture %}{{ title }}|{{ title }}", word="<b>")

    assert twice == "&lt;b&gt;|&lt;b&gt;"


def test_a_work_code_has_the_same_colour_everywhere() -> None:
    assert rendered("{{ code|code_hue }}", code="B17") == rendered("{{ code|code_hue }}", code="B17")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", "请核对后重新提交；学号: 不一致；照片: 太小。"),
        ("en", "请核对后重新提交; 学号: 不一致; 照片: 太小。"),
    ],
)
def test_remarks_stand_in_one_line_in_the_readers_punctuation(language: str, told: str) -> None:
    with override(language):
        assert joined(["请核对后重新提交。", "", "学号: 不一致", "照片: 太小。"]) == told


class GroupForm(forms.Form):
    must = forms.ModelChoiceField(Group.objects.none(), label="组")
    may = forms.ModelChoiceField(Group.objects.none(), label="组", required=False)
    told = forms.ModelChoiceField(Group.objects.none(), label="组", empty_label="整个赛项")


@pytest.mark.django_db
def test_a_choice_of_rows_says_in_words_what_choosing_nothing_means() -> None:
    form = GroupForm()

    shown = [rendered("{% field bound %}", bound=form[name]) for name in ("must", "may", "told")]

    assert [re.findall(r'<option value=""[^>]*>([^<]*)<', html) for html in shown] == [
        ["请选择"],
        ["不选"],
        ["整个赛项"],
    ]

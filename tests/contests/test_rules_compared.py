"""What one version of the rules changes against another, told line by line in words."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings

from backend.config.demo import basics, regulations
from competitions.contests.projections import change_lines, unasked_places
from competitions.contests.rulebook.comparing import changes
from tests.contests.rules_documents import UGLY, documents


@settings(max_examples=60, deadline=None)
@given(documents(), documents())
def test_two_documents_have_no_changes_exactly_when_they_are_equal(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (changes(one, other) == []) is (one == other)
    assert len(change_lines(one, other)) == len(changes(one, other))


def test_a_comparison_is_told_in_words() -> None:
    new = copy.deepcopy(regulations.HIGHER_STUDENTS)
    new["team"]["contestants"] = 4
    new["eligibility"][1]["params"]["tiers"] = ["一等奖", "二等奖"]
    new["eligibility"][0], new["eligibility"][2] = new["eligibility"][2], new["eligibility"][0]
    new["result"]["awards"]["tiers"].pop()
    new["promotion"] = {"take": "ratio", "ratio": "0.30"}
    new["panel"] = {**new["panel"], "weights": {"home": 9, "novice": "hard", "takes_part": 2}}
    new["result"]["awards"] |= {"merge_rule": "worldskills", "shared_silver": "keep_bronze"}
    new["result"]["ranking"]["incomplete_last_by"] = [["A", "asc"]]

    told = [(c.section, c.place, c.before, c.after) for c in change_lines(regulations.HIGHER_STUDENTS, new)]

    assert told == [
        ("队伍", "每队选手人数", "3", "4"),
        ("参赛资格", "未曾获奖 · 所获奖项", "一等奖", "一等奖、二等奖"),
        ("参赛资格", "顺序", "全日制在籍 → 未曾获奖 → 属于参赛学校", "属于参赛学校 → 未曾获奖 → 全日制在籍"),
        ("组建裁判组的取舍", "优先选用省外裁判", "", "9"),
        ("组建裁判组的取舍", "优先选用有执裁经历者", "", "必须遵守"),
        ("排名", "成绩不完整者排在最后，其先后顺序 · A", "", "以何为优：数值低者"),
        ("奖项", "三等奖", "占参赛队的百分比：30 %", ""),
        ("奖项", "分数相近者共享奖牌", "", "按世界技能大赛规则共享奖牌"),
        ("奖项", "两人并列银牌时", "不再设铜牌，与并列金牌时相同（缺省）", "仍设铜牌"),
        ("晋级", "晋级方式", "", "按比例取前列"),
        ("晋级", "比例（%）", "", "30 %"),
        ("其他部分", "panel.weights", "", '{"takes_part": 2}'),
    ]


def test_a_line_without_a_code_that_changed_is_told_as_changed() -> None:
    old = {
        "bases": [{"code": "a", "name": "双高校", "n": 3}, {"name": "高水平校", "n": 2}],
        "adjustments": [{"name": "国赛获奖", "delta": 1, "evidence": "证书"}],
        "history": [{"years": 1, "below": "1", "delta": -1}, {"years": 2, "below": "0.5", "delta": -1}],
        "distinct": [{"field": "topic"}],
    }
    new = copy.deepcopy(old)
    new["bases"][1]["n"], new["adjustments"][0]["delta"] = 4, 2
    new["history"] = [{"years": 2, "below": "0.5", "delta": -2}, {"years": 3, "below": "1", "delta": -1}]
    new["distinct"][0]["together"] = "教学"

    told = [(c.place, c.before, c.after) for c in change_lines({"quota": old}, {"quota": new})]

    assert told == [
        ("高水平校 · 基数", "2", "4"),
        ("国赛获奖 · 增减数", "1", "2"),
        ("连续几年 2 · 增减数", "-1", "-2"),
        ("连续几年 3 · 连续几年", "1", "3"),
        ("顺序", "连续几年 1 → 连续几年 2", "连续几年 2 → 连续几年 1"),
        ("同一课程 · 与写有同一词的赛项合并计算", "", "教学"),
    ]


def test_what_no_field_asks_is_named() -> None:
    assert unasked_places(UGLY) == ["panel.weights"]
    assert unasked_places(basics.RULES) == []

"""Rules of the demo season that come from a document, each naming it; what no document says is named as a default.

Regulation: HN-ELIG, HN-MIN-SCHOOLS, HN-PROMOTE, HN-QUOTA-TEAMS, JX-QUOTA-2024
"""

from __future__ import annotations

from typing import Any

from backend.config.demo.basics import RULES, SOURCE

HIGHER = "教办职成〔2021〕72号（2021年规定，演示沿用）"
PILOT = "2020年全国职业院校技能大赛改革试点赛（演示沿用）"
TEACHING = "2024年河南省高等职业院校教学能力大赛方案（演示沿用）"
TEACHERS = "教办职成〔2023〕123号（2023年规定，演示沿用）"
DISABLED = "2022年河南省第七届残疾人职业技能大赛（职工组示例，演示沿用）"
SELECTION = "教职成函〔2023〕276号（2023年规定，演示沿用）"
WORLD = "2024年世界职业院校技能大赛排位赛说明（演示沿用）"
SMALL = "2024年国赛中职组选拔安排：不超过3队的赛项不举办（演示沿用）"


def condition(code: str, kind: str, source: str, evidence: str = "", **params: Any) -> dict[str, Any]:
    """One condition on contestants, as rules-1.json has it."""
    found = {"code": code, "kind": kind, "source": source, "params": params}
    return {**found, "evidence": evidence} if evidence else found


NO_FIRST_PRIZE = condition("HN-NOT-FIRST", "NOT_PRIOR_AWARD", HIGHER, "学校获奖台账", levels=["国赛"], tiers=["一等奖"])
SAME_SCHOOL = {"code": "HN-SAME-SCHOOL", "kind": "SAME_SCHOOL", "of": ["instructor"], "source": HIGHER}
HIGHER_STUDENTS: dict[str, Any] = {
    **RULES,
    "eligibility": [
        condition("HN-ENROLLED-H", "ENROLLED", HIGHER, "学籍在线验证报告", **{"as": ["高职"]}),
        NO_FIRST_PRIZE,
        {**SAME_SCHOOL, "evidence": "聘用合同或在编证明"},
    ],
}
SECONDARY_STUDENTS: dict[str, Any] = {
    **{key: value for key, value in RULES.items() if key != "age"},
    "team": {"contestants": 2, "contestants_min": 2, "instructors_max": 2, "leaders_max": 1},
    "eligibility": [condition("GS-AGE-21", "AGE_MAX", PILOT, max=21, on="2026-05-01")],
    "quota": {"scope": "city", "unit": "teams", "base": 6, "source": SOURCE},
    "minimum": {"entries": 4, "unit": "teams", "source": SMALL},
}
CITY_STUDENTS: dict[str, Any] = {
    **{key: value for key, value in SECONDARY_STUDENTS.items() if key != "quota"},
    "promotion": {"take": "top", "n": 6, "per_school_max": 2, "source": SOURCE},
}
SCHOOL_STUDENTS: dict[str, Any] = {**RULES, "promotion": {"take": "top", "n": 2, "source": SOURCE}}
RANKED_ONLY: dict[str, Any] = {
    **{key: value for key, value in RULES.items() if key != "certificate"},
    "team": {**RULES["team"], "teams_per_school_max": 1},
    "result": {key: value for key, value in RULES["result"].items() if key != "awards"},
    "promotion": {"take": "top", "n": 2, "source": SOURCE},
}
WORLD_TEAMS: dict[str, Any] = {
    **RULES,
    "team": {"contestants": 4, "contestants_min": 2, "instructors_max": 2, "leaders_max": 1, "teams_per_school_max": 1},
    "promotion": {"take": "ratio", "ratio": "0.30", "source": SOURCE},
}
EMPLOYEES: dict[str, Any] = {
    **{key: value for key, value in RULES.items() if key != "age"},
    "team": {"contestants": 1, "contestants_min": 1, "leaders_max": 1},
    "eligibility": [
        condition("ZG-AGE-59", "AGE_MAX", DISABLED, max=59, on="2026-05-01"),
        condition("ZG-NOT-STUDENT", "NOT_STUDENT", DISABLED, "单位社保缴费证明"),
        condition("ZG-NOT-HONOUR", "NOT_HONOUR", DISABLED, honours=["中华技能大奖", "全国技术能手"]),
    ],
    "quota": {"scope": "city", "unit": "persons", "base": 3, "source": SOURCE},
}
TEACHER_TEAM: dict[str, Any] = {
    **{key: value for key, value in RULES.items() if key not in ("age", "panel")},
    "team": {"contestants": 4, "contestants_min": 3},
    "eligibility": [condition("JX-YEARS-2", "TEACHING_YEARS_MIN", TEACHERS, "任课证明", min=2)],
}
TEACHING_WHOLE: dict[str, Any] = {
    "quota": {
        "scope": "school",
        "unit": "teams",
        "base": 4,
        "bases": [{"code": "double_high", "name": "双高校、本科职业学校", "n": 5}],
        "adjustments": [
            {"code": "national_prize", "name": "国赛获奖", "delta": 1, "bound": True, "evidence": "国赛获奖证书"},
            {"code": "national_first", "name": "国赛一等奖", "delta": 1, "evidence": "国赛获奖证书"},
        ],
        "history": [
            {"years": 3, "below": "1", "delta": -1},
            {"years": 2, "below": "0.5", "delta": -1},
            {"years": 3, "below": "0.5", "delta": -2},
            {"years": 3, "below": "0", "delta": -3},
        ],
        "source": TEACHING,
    }
}
TEACHING_GROUPS: dict[str, tuple[str, str, dict[str, Any]]] = {  # code: name, English name, the group's own quota
    "JX-2026-01": ("公共基础课程组", "General courses", {"base": 3, "distinct": [{"field": "topic"}]}),
    "JX-2026-02": (
        "专业课程一组",
        "Specialised courses I",
        {"base": 4, "distinct": [{"field": "topic_class", "together": "majors"}]},
    ),
    "JX-2026-03": (
        "专业课程二组",
        "Specialised courses II",
        {"base": 3, "distinct": [{"field": "topic_class", "together": "majors"}]},
    ),
}

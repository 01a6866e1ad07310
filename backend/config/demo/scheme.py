"""A small marking scheme in the CIS layout, with words a judge can read."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

LEVELS = ("低于行业水平或未做", "达到行业水平", "达到行业水平，部分超出", "明显优于行业水平")
Aspects = list[tuple[str, str, int, float]]  # type, description, section, marks
Criteria = list[tuple[str, str, list[tuple[str, Aspects]]]]  # letter, name, its sub-criteria
SCHEME: Criteria = [
    (
        "A",
        "页面设计与实现",
        [
            ("页面结构与导航", [("M", "五个页面均可由导航到达", 1, 4), ("J", "导航的层次与命名", 2, 6)]),
            (
                "视觉与排版",
                [("J", "对齐", 2, 6), ("J", "色彩与可读性", 2, 6), ("M", "手机宽度无横向滚动", 1, 8)],
            ),
        ],
    ),
    (
        "B",
        "交互与可访问性",
        [
            ("键盘操作", [("J", "键盘可完成全部操作", 2, 6), ("M", "焦点位置始终可见", 1, 6)]),
            ("表单", [("J", "错误提示准确", 2, 8), ("M", "必填项留空不能提交", 1, 8)]),
        ],
    ),
    (
        "C",
        "服务端与数据",
        [
            ("接口", [("M", "查询接口按规程返回", 3, 12), ("M", "参数错误时给出说明", 3, 8)]),
            ("数据与安全", [("M", "重复提交只保存一次", 3, 12), ("J", "代码结构清楚", 3, 10)]),
        ],
    ),
]
SHORT: Criteria = [
    ("A", "作品与讲解", [("综合评定", [("J", "技能水平与讲解", 2, 40), ("M", "作品功能", 1, 60)])]),
]
SECTIONS = {1: "页面实现", 2: "设计与沟通", 3: "后端开发"}
HEADERS = (
    "Sub\nCriterion\nID",
    "Sub Criterion\nName or Description",
    "Day of Marking",
    "Aspect\nType\nM = Meas\nJ = Judg",
    "Aspect - Description",
    "Judg Score",
    "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description (Judg only)",
    "Requirement\n(Measurement Only)",
    "WSOS Section",
    "Calculation Row \n(Export only)",
    "Max\nMark",
)


def scheme_workbook(title: str, scheme: Criteria = SCHEME) -> bytes:
    """The workbook as an organiser would upload it; it adds up to 100."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "CIS Marking Scheme Import"
    sheet.append([title])
    sheet.append([])
    sheet.append(["WorldSkills Occupational Standards"])
    sheet.append(["Section", "WSOS Marks", *[None] * 6, "WSOS Marks", "Aspect Marks", "Variation"])
    for number, name in SECTIONS.items():
        sheet.append([number, name, *[None] * 6, _section_sum(scheme, number)])
    sheet.append([])
    sheet.append(["Criteria"])
    sheet.append(["ID", "Name", *[None] * 8, "Mark"])
    for criterion, name, subs in scheme:
        sheet.append([criterion, name, *[None] * 8, sum(a[3] for _, aspects in subs for a in aspects)])
    for criterion, _name, subs in scheme:
        sheet.append([])
        sheet.append([*HEADERS, f"Criterion {criterion}", "Total\nMark", None])
        for n, (sub, aspects) in enumerate(subs, 1):
            sheet.append([f"{criterion}{n}", sub, "1"])
            for kind, description, section, marks in aspects:
                sheet.append([None, None, None, kind, description, None, None, None, section, None, marks])
                if kind == "J":
                    for level, words in enumerate(LEVELS):
                        sheet.append([*[None] * 5, level, words])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _section_sum(scheme: Criteria, number: int) -> float:
    return sum(a[3] for _, _, subs in scheme for _, aspects in subs for a in aspects if a[2] == number)

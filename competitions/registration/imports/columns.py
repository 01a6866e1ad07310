"""The layout in which schools send their entries (报名表)."""

from collections.abc import Collection

from backend.spreadsheets.columns import Column, Kind
from competitions.registration.rulebook.topics import TOPICS

COLUMNS = (
    Column("serial", ("序号",), prefilled=True),
    Column("event_code", ("赛项编号", "赛项代码"), required=True, filled=True, kind=Kind.CODE, prefilled=True),
    Column("event_name", ("赛项名称", "赛项"), prefilled=True),
    Column("division", ("组别",), prefilled=True),
    Column("school", ("参赛学校", "学校", "学校名称"), required=True, filled=True, prefilled=True),
    Column("team_number", ("参赛队序号", "队伍序号", "参赛队"), required=True, filled=True, kind=Kind.INTEGER),
    Column("role", ("角色", "人员类别", "身份"), required=True, filled=True),
    Column("name", ("姓名",), required=True, filled=True, kind=Kind.NAME),
    Column("sex", ("性别",)),
    Column("id_type", ("证件类型",)),
    Column("id_number", ("证件号码", "身份证号", "身份证号码"), required=True, filled=True, kind=Kind.ID_NUMBER),
    Column("study_number", ("学籍号/学号", "学籍号", "学号"), kind=Kind.CODE),
    Column("major_code", ("专业代码",), kind=Kind.CODE),
    Column("major_name", ("专业名称", "专业")),
    Column("grade", ("年级",)),
    Column("phone", ("手机号", "手机", "联系电话"), kind=Kind.PHONE),
    Column("tech_platform", ("技术平台", "技术平台选择")),
    Column("topic", ("课程（作品）", "课程名称", "作品名称", "作品", "课程", "选题")),
    Column("topic_class", ("专业类", "专业大类", "专业类别")),
    Column("remark", ("备注",)),
)
# Columns of the check page's grid, in the order of the sheet.
SHOWN = ("school", "team_number", "role", "name", "sex", "id_number", "phone", "tech_platform", *TOPICS)
EXAMPLE = ("1", "", "", "", "示例学校", "1", "选手", "张三", "女", "居民身份证")


def columns_for(topics: Collection[str]) -> tuple[Column, ...]:
    """The layout of an event that asks for these topic fields; a column that no rule looks at is none of its own."""
    return tuple(column for column in COLUMNS if column.key not in TOPICS or column.key in topics)

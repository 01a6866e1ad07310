"""Kinds of schedule items and whom they are for; labels are translated where they are shown."""

from enum import StrEnum


class ItemKind(StrEnum):
    CHECK_IN = "check_in"  # 报到
    LEADER_MEETING = "leader_meeting"  # 领队会
    JUDGE_MEETING = "judge_meeting"  # 裁判会
    VENUE_TOUR = "venue_tour"  # 熟悉赛场
    DRAW = "draw"  # 抽签
    CALL_ROOM = "call_room"  # 检录
    MODULE = "module"  # 竞赛
    SCORING = "scoring"  # 评分
    APPEAL_WINDOW = "appeal_window"  # 申诉受理
    DECRYPT = "decrypt"  # 解密
    ANNOUNCE = "announce"  # 公布
    CLOSING = "closing"  # 闭赛式


class Audience(StrEnum):
    TEAMS = "teams"
    LEADERS = "leaders"
    JUDGES = "judges"
    PUBLIC = "public"

"""Kinds of schedule items, whom they are for, and what is said at the door; words are where they are shown."""

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


class Verdict(StrEnum):
    ADMITTED = "admitted"
    LATE_ADMITTED = "late_admitted"
    REFUSED = "refused"


class Method(StrEnum):
    QR = "qr"
    MANUAL = "manual"


class Paper(StrEnum):
    """What a contestant may be asked to show."""

    ID_CARD = "id_card"
    STUDENT_CARD = "student_card"
    PARTICIPATION_CARD = "participation_card"


class Reason(StrEnum):
    """Why somebody was not let in."""

    PHOTO_DIFFERS = "photo_differs"
    NO_ID_CARD = "no_id_card"
    NO_STUDENT_CARD = "no_student_card"
    NO_PARTICIPATION_CARD = "no_participation_card"
    NOT_LISTED = "not_listed"
    CARD_ENDED = "card_ended"
    WRONG_SESSION = "wrong_session"
    TOO_LATE = "too_late"
    OTHER = "other"

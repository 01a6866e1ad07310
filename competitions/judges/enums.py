"""Duties of judges, rules of a panel, ties that can bias a judge; labels are translated where they are shown."""

from enum import StrEnum

OWN_PROVINCE = "河南"  # whoever works elsewhere is from outside the province


class Duty(StrEnum):
    CHIEF = "chief"
    JUDGE = "judge"
    ENCRYPT = "encrypt"
    SUPERVISOR = "supervisor"


class Tie(StrEnum):
    """How a judge is bound to an entering team."""

    TAKES_PART = "takes_part"
    SAME_SCHOOL = "same_school"
    SAME_FIRM = "same_firm"
    FORMER_SCHOOL = "former_school"
    COACHED = "coached"
    FORMER_STUDENT = "former_student"
    WAS_STUDENT = "was_student"
    AWARDED_TOGETHER = "awarded_together"
    DECLARED = "declared"


class Rule(StrEnum):
    """What a composition can break, ties aside."""

    UNAVAILABLE = "unavailable"  # not in the pool, has not agreed, or refused for this event
    VACANT = "vacant"
    OVERLAP = "overlap"
    BUSY = "busy"
    DUTY = "duty"
    SKILL = "skill"
    AGE = "age"
    SHARE = "share"
    FIRM = "firm"
    LOAD = "load"
    HOME = "home"
    NOVICE = "novice"

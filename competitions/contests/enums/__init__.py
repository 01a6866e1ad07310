"""Words for states and divisions, the same on every page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

EVENT_STATES = {  # state: (word, tone of its pill)
    "draft": (_("Being prepared"), "muted"),
    "registering": (_("Registration open"), "good"),
    "registered": (_("Registration closed"), "info"),
    "drawn": (_("Drawn"), "info"),
    "scoring": (_("Scoring"), "wait"),
    "tallied": (_("Tallied"), "info"),
    "signed": (_("Signed"), "info"),
    "published": (_("Published"), "good"),
    "cancelled": (_("Cancelled"), "danger"),
}
DIVISIONS = {
    "SECONDARY_STUDENT": _("Secondary vocational students"),
    "HIGHER_STUDENT": _("Higher vocational students"),
    "TEACHER": _("Teachers"),
    "EMPLOYEE": _("Employees"),
    "STUDENT_OPEN": _("Students (open)"),
    "INTERNATIONAL": _("International"),
}
LEVELS = {"SCHOOL": _("School level"), "CITY": _("City level"), "PROVINCE": _("Province"), "NATIONAL": _("National")}
LEVEL_WORDS = {  # as notices and rules write them; words of data, in one language
    "SCHOOL": ("校赛", "校级"),
    "CITY": ("市赛", "市级"),
    "PROVINCE": ("省赛", "省级"),
    "NATIONAL": ("国赛", "国家级", "全国"),
}
STAGES = {
    "PRELIMINARY": _("Preliminary (初赛)"),
    "SEMI": _("Semi-final (复赛)"),
    "FINAL": _("Final (决赛)"),
    "SELECTION": _("Selection (选拔赛)"),
    "ONLINE_REVIEW": _("Online review (网络评审)"),
    "ONSITE": _("On-site final (现场决赛)"),
    "CONTEST": _("Contest for places (争夺赛)"),
    "RANKING": _("Ranking (排位赛)"),
    "CHAMPION": _("Champions' final (冠军总决赛)"),
}
CADENCES = {"yearly": _("every year"), "odd": _("in odd years"), "even": _("in even years")}
HOLDING_WORDS = {
    "hold": _("Hold it anyway"),
    "cancel": _("Cancel the event"),
    "merge": _("Merge it into another event"),
}
SCOPES = {"school": _("school"), "city": _("city"), "group": _("group"), "province": _("province as a whole")}
ROLE_NAMES = {"contestant": _("Contestant"), "instructor": _("Instructor"), "leader": _("Team leader")}
CONDITIONS = {  # what has to be true, by kind of rule
    "AGE_MAX": _("at most %(max)s years old on %(on)s"),
    "AGE_MIN": _("at least %(min)s years old on %(on)s"),
    "ENROLLED": _("enrolled full-time %(as)s"),
    "STUDY_YEAR_RANGE": _("in study year %(min)s to %(max)s"),
    "TEACHING_YEARS_MIN": _("has taught for %(min)s years or more"),
    "EMPLOYED_MONTHS_MIN": _("employed by the school for %(min)s months or more"),
    "NOT_PRIOR_AWARD": _("has not won before: %(levels)s %(tiers)s"),
    "NOT_PRIOR_ENTRY": _("was not entered in the last %(years)s years: %(levels)s"),
    "NOT_HONOUR": _("does not hold: %(honours)s"),
    "NOT_STUDENT": _("is not a full-time student"),
    "SAME_SCHOOL": _("belongs to the entering school"),
    "EVENTS_MAX": _("in at most %(max)s events of the edition"),
    "TEAMS_MAX": _("in at most %(max)s teams of the event"),
}

HOSTING_QUESTIONS: tuple[dict[str, Any], ...] = (  # what an application to host is asked at first (domain.md 1.8)
    {"key": "programme", "label": _("Supporting programme and its code"), "kind": "text", "required": True},
    {"key": "area", "label": _("Area of the venue in square metres"), "kind": "amount", "required": True},
    {"key": "stations", "label": _("Number of stations"), "kind": "whole", "required": True},
    {"key": "equipment", "label": _("Equipment: name, model, number"), "kind": "long", "required": True},
    {"key": "staff", "label": _("Staff for organisation and technology"), "kind": "long", "required": True},
    {"key": "budget", "label": _("Budget in yuan"), "kind": "amount", "required": True},
    {"key": "safety", "label": _("Safety plan"), "kind": "long", "required": True},
    {"key": "lodging", "label": _("Lodging and transport"), "kind": "long", "required": False},
    {"key": "commitment", "label": _("We draft the plan, prepare the venue and report in time"), "kind": "yes"},
)
HOSTING_CRITERIA = (  # named by earlier calls; how many points each is worth is a stated default of 25
    (_("Level of the supporting programme"), "25"),
    (_("Venue, stations and equipment"), "25"),
    (_("Results in contests"), "25"),
    (_("Experience in hosting, safety plan and budget"), "25"),
)

"""Words of results, the same on every page."""

from django.utils.translation import gettext_lazy as _

PROMOTION_REASONS = {
    "not_ranked": _("not ranked"),
    "below_minimum": _("below the least total"),
    "school_full": _("the school has all the places it may have"),
    "tied_out": _("tied at the last place"),
    "beyond_places": _("after the last place"),
}

"""Code values declared in defaults/rules.toml and shown by this room, marked for translation (a test keeps them complete)."""

from __future__ import annotations

from salescli.core.i18n import C_

UNITS = (
    C_("people"), C_("minutes"), C_("days"), C_("months"), C_("years"), C_("percent"), C_("day_of_month"), C_("stages"),
    C_("claims"), C_("customers"), C_("visits"), C_("points"), C_("talks"), C_("parts"), C_("changes"), C_("activities"),
    C_("complaints"), C_("grades"), C_("books"), C_("hours"), C_("characters"),
)  # fmt: skip

TYPES = (
    C_("int"), C_("days"), C_("months"), C_("pct"), C_("amount"), C_("bool"), C_("text"), C_("staff"), C_("choice"), C_("date"),
    C_("time"), C_("list"), C_("int_list"), C_("pct_list"),
)  # fmt: skip

CHOICES = (
    C_("off"), C_("warn"), C_("approve"), C_("block"), C_("propose"), C_("simple"), C_("full"), C_("entry"), C_("approval"),
    C_("shipment"), C_("phone"), C_("letter"), C_("visit"), C_("legal"), C_("daily"), C_("workdays"), C_("weekly"), C_("biweekly"),
    C_("monthly"), C_("quarterly"), C_("monday"), C_("tuesday"), C_("wednesday"), C_("thursday"), C_("friday"), C_("saturday"),
    C_("sunday"), C_("contact"), C_("address"), C_("region"), C_("industry"), C_("kind"), C_("class"), C_("source"), C_("tax_no"),
    C_("SUP"), C_("MGR"), C_("DIR"), C_("MGT"), C_("GM"), C_("CHM"), C_("FIN"), C_("HR"), C_("MS"), C_("PRD"), C_("WH"), C_("PUR"),
    C_("FD"), C_("QC"), C_("AUD"), C_("AST"), C_("PRE"), C_("KAM"), C_("CS"), C_("best"), C_("priority"),
    C_("need"), C_("configuration"), C_("time_cost"), C_("after_sales"),
)  # fmt: skip

PRIORITIES = {"M": C_("must"), "S": C_("should"), "O": C_("out_of_scope")}
OWN, REGULATION = C_("own_default"), C_("regulation")
RULE, PARAMETER, FUNCTION = C_("rule"), C_("parameter"), C_("function")

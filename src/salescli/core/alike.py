"""Names and telephone numbers as they are compared, so that one firm spelt two ways is one firm (LED-10)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

KEPT = 200
"""Characters the columns that hold a compared name have."""

_SIGNS = re.compile(r"[\W_]+")
_CHINESE_FORM = re.compile(r"(股份有限公司|有限责任公司|有限责任|有限公司|责任公司|公司)$")
_LATIN_FORM = re.compile(
    r"(?<= )(co|coltd|company|limited|ltd|incorporated|inc|llc|llp|plc|corporation|corp|gmbh|ag|sarl|srl|spa|bv|pty|pte|kk|s a|l l c)$"
)
_NOT_DIGITS = re.compile(r"\D+")
_EXTENSION = re.compile(r"(转|分机|ext|x|#).*$", re.IGNORECASE)
_DESK = re.compile(r"(?<![0-9])((?!1[3-9])[0-9]{7,12})-[0-9]{1,5}$")
"""An extension behind a hyphen, 021-88886666-801; not the end of a mobile number, 1381234-5678."""
_SEVERAL = re.compile(r"[/、,;]")
SHORTEST = 7
"""Figures of a telephone number without its area code, at least."""
COUNTRY = "86"
WITH_COUNTRY = 11
"""Figures from which a number that begins with 86 carries the country's code: no area code and no mobile number begins so."""


def normal_name(name: str | None) -> str | None:
    """A name as it is compared: width, case, signs, blanks and the company's legal form (有限公司, Co., Ltd.) do not count. LED-10."""
    if not name:
        return None
    spaced = _SIGNS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()
    return _without_form(spaced).replace(" ", "")[:KEPT] or spaced.replace(" ", "")[:KEPT] or None


def _without_form(spaced: str) -> str:
    """The words without legal forms at their end, of which there may be several (科技有限公司 Ltd, Co Ltd)."""
    while True:
        bare = _CHINESE_FORM.sub("", _LATIN_FORM.sub("", spaced).rstrip()).rstrip()
        if bare == spaced or not bare:
            return spaced
        spaced = bare


def normal_phone(phone: str | None) -> str | None:
    """A telephone number as it is compared: its figures without the country's code, the 0 before an area code, the extension. LED-10.

    Of several numbers in one text the first.
    """
    if not phone or (len(phone) == WITH_COUNTRY and phone[0] == "1" and phone.isascii() and phone.isdecimal()):
        return phone or None
    plain = unicodedata.normalize("NFKC", phone)
    first = _SEVERAL.split(plain)[0]  # what stands in front of a slash is a number, or only its area code
    plain = first if len(_NOT_DIGITS.sub("", first)) >= SHORTEST else plain
    digits = _NOT_DIGITS.sub("", _DESK.sub(r"\1", _EXTENSION.sub("", plain).strip()))
    abroad = digits.removeprefix("00")
    if abroad.startswith(COUNTRY) and len(abroad) >= WITH_COUNTRY:
        abroad = abroad.removeprefix(COUNTRY)
    return abroad.removeprefix("0")[:60] or None


def numbers_in(text: str) -> list[str]:
    """The telephone numbers that somebody wrote into one text: parts between signs, each long enough to be one."""
    return [part for part in _SEVERAL.split(text) if len(_NOT_DIGITS.sub("", part)) >= SHORTEST]


# --- what is worth looking for in other names ------------------------------------------------------------------------------

# Words so many firms bear that they tell nobody apart: places in front, trades behind.
# Compiled when first used: most commands only compare.
_PLACES = (
    r"^(中国|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    r"|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾|深圳|广州|杭州|南京|苏州|无锡|宁波|成都|武汉|西安|青岛|大连|沈阳|长沙|郑州|济南|厦门|福州|合肥"
    r"|昆明|哈尔滨|长春|石家庄|太原|南昌|南宁|贵阳|兰州|海口|东莞|佛山|温州|常州|烟台|珠海|嘉兴|绍兴|徐州|泉州|中山|惠州)(省|市|自治区)?"
)
_TRADES = (
    r"(集团|控股|科技|技术|信息|网络|电子|电器|贸易|商贸|商行|商店|实业|发展|投资|国际|工程|设备|机械|办公|用品|文化|传媒|服务|咨询|管理|制造|工贸|材料"
    r"|trading|technology|technologies|tech|group|international|holding|holdings|industry|industries|office|systems|china)$"
)
_GROUP = r"(集团|控股|集团控股|group|holding|holdings)$"
_pattern = cache(re.compile)
LONG = {True: 4, False: 6}
"""Signs from which a name may hold a slip of the pen and still be the same: Chinese, Latin."""


def without_place(normal: str) -> str:
    """A compared name without the province or town in front and the word group behind, unless nothing would be left."""
    bare = _pattern(_GROUP).sub("", _pattern(_PLACES).sub("", normal))
    return bare if len(bare) > 1 else normal


def core_name(normal: str) -> str:
    """What is a firm's own in its compared name: without the place in front and the trades behind, unless nothing would be left."""
    bare = without_place(normal)
    while len(shorter := _pattern(_TRADES).sub("", bare)) > 1 and shorter != bare:
        bare = shorter
    return bare


def may_be_person(name: str, most: int) -> bool:
    """Whether a Chinese name of at most `most` signs may be a person's: no legal form, no trade at its end. LED-10."""
    bare = _SIGNS.sub("", unicodedata.normalize("NFKC", name))
    return not bare.isascii() and len(bare) <= most and normal_name(name) == bare.casefold() and not _pattern(_TRADES).search(bare)


def pieces(normal: str) -> tuple[str, ...]:
    """Parts of a compared name of which a similar one holds at least one: its core, or both halves of a core long enough for a slip."""
    core = core_name(normal)
    if len(core) < LONG[not core.isascii()]:
        return (core,)
    middle = len(core) // 2
    return (core[:middle], core[middle:])

"""One deal on the screen, in both languages: quote, review, negotiation, contract, signature, order (QUO-01..06, CTR-01..07)."""

from __future__ import annotations

import pytest

from tests.contract.conftest import C

Q = "QU-202611-0001"
OFFER = (
    '--pay 30%@sign,60%@delivery,10%@delivery+30 --configuration "标准配置，含安装" --after-sales "质保一年" --need "两台打印机全年耗材"'
)
REST = (
    "--delivery 2026-12-01 --place 上海 --transport 我方送货 --way 银行转账 --credit-limit 0 --credit-days 30 --duties 按附件 "
    "--technical-fee 0"
)
STORY = (
    ("quote_new", "LI", f"quote new HX TN2325=10@91 DRUM=1 --rival TN2325=90 {OFFER}"),
    ("quote_submit", "LI", f"quote submit {Q}"),
    ("quote_blocked", "LI", f"quote send {Q}"),
    ("quote_approve_1", "WANG", "approve AP-202611-0001"),
    ("quote_approve_2", "BOSS", "approve AP-202611-0001"),
    ("quote_send", "LI", f"quote send {Q} --way 电子邮件"),
    ("quote_talk", "LI", f'quote talk {Q} "希望再便宜些" --bottom-line 900 --concession 免运费'),
    ("quote_accept", "LI", f"quote accept {Q} --by 何静"),
    ("quote_show", "LI", f"quote show {Q}"),
    ("quote_list", "LI", "quote list"),
    ("convert", "LI", f"quote convert {Q}"),
    ("contract_missing", "LI", f"contract submit {C}"),
    ("contract_edit", "LI", f"contract edit {C} {REST}"),
    ("contract_submit", "LI", f"contract submit {C}"),
    ("contract_approve", "BOSS", "approve AP-202611-0002"),
    ("contract_unconfirmed", "LI", f"contract sign {C} --by 何静"),
    ("contract_confirm", "LI", f"contract confirm {C} --all"),
    ("contract_sign", "LI", f"contract sign {C} --by 何静"),
    ("contract_today", "LI", "today"),
    ("contract_file", "LI", f"contract file {C} 2026-117 --place 档案柜3"),
    ("contract_deposit", "LI", f"contract deposit {C} 333 --total 1110 --balance 2026-12-01 --way 现金"),
    ("contract_order", "LI", f"contract order {C}"),
    ("contract_execute", "LI", f"contract execute {C}"),
    ("contract_show", "LI", f"contract show {C}"),
    ("contract_list", "LI", "contract list"),
    ("help_quote", "LI", "quote --help"),
    ("help_contract", "LI", "contract --help"),
)


@pytest.mark.rule("QUO-01", "QUO-02", "QUO-03", "QUO-04", "QUO-06", "CTR-01", "CTR-02", "CTR-03", "CTR-04", "CTR-07")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_deal_from_quote_to_order(team, golden, lang: str) -> None:
    for name, user, line in STORY:
        result = team.run(line, user=user, lang=lang)
        golden(f"contract/{name}.{lang}.txt", f"$ salescli {line}   ({user})\n{result.out}{result.err}[{result.exit}]\n")

"""Twelve receivables of three customers and five receipts, worked out by hand at five days.

              date        due         amount   paid
I01 C1 S1     2026-03-02  2026-04-01  1000.00  600.00 by P1 on 07-20, 300.00 by the credit note on 09-20
I02 C1 S1     2026-06-10  2026-07-10  2500.50
I03 C1 S2     2026-08-05  2026-09-04   800.00  (another taker than the customer's owner)
I04 C1 S1     2026-10-01  2026-10-31  1200.00
I05 C2 S2     2026-07-01  2026-07-31   640.00  640.00 by P2 on 10-15
I06 C2 S2     2026-08-31  2026-09-30  1500.00  360.00 by P2 on 10-15, 1140.00 by P4 on 11-02
I07 C2 S2     2026-09-30  2026-10-30   300.30
I08 C2 S2     2026-10-20  2026-11-19   999.99
I09 C3 S1     2026-01-15  2026-02-14   450.00  450.00 by P3 on 09-01, typed before the receivable
I10 C3 S1     2026-09-15  2026-10-01   700.00   50.00 by P3, counting from 09-15
I11 C3 S1     2026-10-25  2026-10-25    50.00
K12 C1 S1     2026-09-20              -300.00  credit note
P5  C1        2026-10-10               100.00  held
"""

from __future__ import annotations

TYPED = """
ar receipt C3 500 --on 2026-09-01 --number P3
ar receivable C1 1000 --on 2026-03-02 --due 2026-04-01 --number I01 --order SO-1 --invoice-no 88001
ar receivable C1 2,500.50 --on 2026-06-10 --days 30 --number I02
ar receivable C1 800 --on 2026-08-05 --days 30 --number I03 --staff S2
ar receivable C1 1200 --on 2026-10-01 --due 2026-10-31 --number I04
ar receivable C2 640 --on 2026-07-01 --days 30 --number I05
ar receivable C2 1500 --on 2026-08-31 --days 30 --number I06
ar receivable C2 300.30 --on 2026-09-30 --days 30 --number I07
ar receivable C2 999.99 --on 2026-10-20 --days 30 --number I08
ar receivable C3 450 --on 2026-01-15 --days 30 --number I09
ar receivable C3 700 --on 2026-09-15 --due 2026-10-01 --number I10
ar receivable C3 50 --on 2026-10-25 --days 0 --number I11
ar receipt C1 600 --on 2026-07-20 --number P1 --method bank --account 招商银行
ar receivable C1 -300 --on 2026-09-20 --number K12
ar receipt C2 1000 --on 2026-10-15 --number P2
ar receipt C2 1140 --on 2026-11-02 --number P4
ar receipt C1 100 --on 2026-10-10 --number P5 --hold
"""

PEOPLE = """
staff add S1 李雷 --role rep
staff add S2 "Mary Smith" --role rep
staff add FIN 王芳 --role finance
staff add GM 张总 --role manager
staff add WH 老刘 --role warehouse
customer add 华信科技 --code C1 --staff S1 --region 华东 --contact 陈静 --phone 13812345678
customer add "Northwind Traders" --code C2 --staff S2 --region 华北 --contact "Ann Lee" --phone 021-55667788
customer add 蓝天贸易 --code C3 --staff S1 --region 华南
"""


def fill(book):
    """Type it all in."""
    for line in (PEOPLE + TYPED).strip().splitlines():
        book.ok(line)
    return book

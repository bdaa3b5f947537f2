"""The first book: every table and index as plain, frozen SQL."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


STATEMENTS = (
    r"""
CREATE TABLE carrier (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    site TEXT,
    active FLAG_INT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_carrier PRIMARY KEY (id),
    CONSTRAINT uq_carrier_code UNIQUE (code),
    CONSTRAINT ck_carrier_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 40),
    CONSTRAINT ck_carrier_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_carrier_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_carrier_site_type CHECK (site IS NULL OR typeof(site) = 'text' AND length(site) BETWEEN 1 AND 200),
    CONSTRAINT ck_carrier_active_type CHECK (active IN (0, 1))
)
""",
    r"""
CREATE TABLE category (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    parent_id INTEGER,
    note TEXT,
    CONSTRAINT pk_category PRIMARY KEY (id),
    CONSTRAINT uq_category_name UNIQUE (name),
    CONSTRAINT fk_category_parent_id_category FOREIGN KEY(parent_id) REFERENCES category (id),
    CONSTRAINT ck_category_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_category_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE TABLE contact_plan (
    id INTEGER NOT NULL,
    customer_class TEXT NOT NULL,
    days BIGINT NOT NULL,
    channel TEXT,
    CONSTRAINT pk_contact_plan PRIMARY KEY (id),
    CONSTRAINT ck_contact_plan_days_range CHECK (days BETWEEN 1 AND 3650),
    CONSTRAINT uq_contact_plan_customer_class UNIQUE (customer_class),
    CONSTRAINT ck_contact_plan_customer_class_type CHECK (customer_class IS NULL OR typeof(customer_class) = 'text' AND length(customer_class) BETWEEN 1 AND 40),
    CONSTRAINT ck_contact_plan_days_type CHECK (days IS NULL OR typeof(days) = 'integer'),
    CONSTRAINT ck_contact_plan_channel_type CHECK (channel IN ('visit', 'call', 'message', 'meeting', 'reception', 'after_sales', 'other'))
)
""",
    r"""
CREATE TABLE duty_group (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_duty_group PRIMARY KEY (id),
    CONSTRAINT uq_duty_group_name UNIQUE (name),
    CONSTRAINT ck_duty_group_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_duty_group_position_type CHECK (position IS NULL OR typeof(position) = 'integer')
)
""",
    r"""
CREATE TABLE exchange_rate (
    id INTEGER NOT NULL,
    currency TEXT NOT NULL,
    day TEXT NOT NULL,
    rate PRICE_INT NOT NULL,
    source TEXT,
    CONSTRAINT pk_exchange_rate PRIMARY KEY (id),
    CONSTRAINT uq_exchange_rate_currency_day UNIQUE (currency, day),
    CONSTRAINT ck_exchange_rate_rate_positive CHECK (rate > 0),
    CONSTRAINT ck_exchange_rate_currency_type CHECK (currency IS NULL OR typeof(currency) = 'text' AND length(currency) BETWEEN 1 AND 3),
    CONSTRAINT ck_exchange_rate_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_exchange_rate_rate_type CHECK (rate IS NULL OR typeof(rate) = 'integer'),
    CONSTRAINT ck_exchange_rate_source_type CHECK (source IS NULL OR typeof(source) = 'text' AND length(source) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE TABLE festival (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    month BIGINT NOT NULL,
    day BIGINT NOT NULL,
    lunar FLAG_INT DEFAULT 0 NOT NULL,
    active FLAG_INT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_festival PRIMARY KEY (id),
    CONSTRAINT ck_festival_day_range CHECK (month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31),
    CONSTRAINT uq_festival_name UNIQUE (name),
    CONSTRAINT ck_festival_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 60),
    CONSTRAINT ck_festival_month_type CHECK (month IS NULL OR typeof(month) = 'integer'),
    CONSTRAINT ck_festival_day_type CHECK (day IS NULL OR typeof(day) = 'integer'),
    CONSTRAINT ck_festival_lunar_type CHECK (lunar IN (0, 1)),
    CONSTRAINT ck_festival_active_type CHECK (active IN (0, 1))
)
""",
    r"""
CREATE TABLE history (
    id INTEGER NOT NULL,
    command BIGINT NOT NULL,
    at TEXT NOT NULL,
    day TEXT NOT NULL,
    os_account TEXT NOT NULL,
    staff TEXT,
    verb TEXT NOT NULL,
    document TEXT,
    tbl TEXT,
    row_id BIGINT,
    last_id BIGINT,
    "before" TEXT,
    "after" TEXT,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (id),
    CONSTRAINT ck_history_command_type CHECK (command IS NULL OR typeof(command) = 'integer'),
    CONSTRAINT ck_history_at_type CHECK (at IS NULL OR typeof(at) = 'text' AND length(at) BETWEEN 1 AND 40),
    CONSTRAINT ck_history_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_history_os_account_type CHECK (os_account IS NULL OR typeof(os_account) = 'text' AND length(os_account) BETWEEN 1 AND 80),
    CONSTRAINT ck_history_staff_type CHECK (staff IS NULL OR typeof(staff) = 'text' AND length(staff) BETWEEN 1 AND 40),
    CONSTRAINT ck_history_verb_type CHECK (verb IS NULL OR typeof(verb) = 'text' AND length(verb) BETWEEN 1 AND 80),
    CONSTRAINT ck_history_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 200),
    CONSTRAINT ck_history_tbl_type CHECK (tbl IS NULL OR typeof(tbl) = 'text' AND length(tbl) BETWEEN 1 AND 60),
    CONSTRAINT ck_history_row_id_type CHECK (row_id IS NULL OR typeof(row_id) = 'integer'),
    CONSTRAINT ck_history_last_id_type CHECK (last_id IS NULL OR typeof(last_id) = 'integer'),
    CONSTRAINT ck_history_before_type CHECK (before IS NULL OR typeof(before) = 'text' AND length(before) BETWEEN 1 AND 1000000),
    CONSTRAINT ck_history_after_type CHECK (after IS NULL OR typeof(after) = 'text' AND length(after) BETWEEN 1 AND 1000000),
    CONSTRAINT ck_history_prev_type CHECK (prev IS NULL OR typeof(prev) = 'text' AND length(prev) BETWEEN 1 AND 64),
    CONSTRAINT ck_history_hash_type CHECK (hash IS NULL OR typeof(hash) = 'text' AND length(hash) BETWEEN 1 AND 64)
)
""",
    r"""
CREATE INDEX ix_history_document ON history (document)
""",
    r"""
CREATE INDEX ix_history_row ON history (tbl, row_id)
""",
    r"""
CREATE TABLE holiday (
    id INTEGER NOT NULL,
    day TEXT NOT NULL,
    works FLAG_INT NOT NULL,
    name TEXT,
    CONSTRAINT pk_holiday PRIMARY KEY (id),
    CONSTRAINT uq_holiday_day UNIQUE (day),
    CONSTRAINT ck_holiday_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_holiday_works_type CHECK (works IN (0, 1)),
    CONSTRAINT ck_holiday_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80)
)
""",
    r"""
CREATE TABLE lead_source (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    closed FLAG_INT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_lead_source PRIMARY KEY (id),
    CONSTRAINT uq_lead_source_code UNIQUE (code),
    CONSTRAINT ck_lead_source_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 40),
    CONSTRAINT ck_lead_source_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_lead_source_closed_type CHECK (closed IN (0, 1))
)
""",
    r"""
CREATE TABLE meta (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY (id),
    CONSTRAINT uq_meta_key UNIQUE ("key"),
    CONSTRAINT ck_meta_key_type CHECK (key IS NULL OR typeof(key) = 'text' AND length(key) BETWEEN 1 AND 60),
    CONSTRAINT ck_meta_value_type CHECK (value IS NULL OR typeof(value) = 'text' AND length(value) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE TABLE number_series (
    id INTEGER NOT NULL,
    series TEXT NOT NULL,
    period TEXT NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT pk_number_series PRIMARY KEY (id),
    CONSTRAINT uq_number_series_series_period UNIQUE (series, period),
    CONSTRAINT ck_number_series_last_positive CHECK (last > 0),
    CONSTRAINT ck_number_series_series_type CHECK (series IS NULL OR typeof(series) = 'text' AND length(series) BETWEEN 1 AND 20),
    CONSTRAINT ck_number_series_period_type CHECK (period IS NULL OR typeof(period) = 'text' AND length(period) BETWEEN 1 AND 20),
    CONSTRAINT ck_number_series_last_type CHECK (last IS NULL OR typeof(last) = 'integer')
)
""",
    r"""
CREATE TABLE post (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit TEXT,
    duties TEXT,
    authority TEXT,
    skills TEXT,
    headcount BIGINT,
    standard BIGINT,
    reviewed_on TEXT NOT NULL,
    closed_on TEXT,
    CONSTRAINT pk_post PRIMARY KEY (id),
    CONSTRAINT ck_post_headcount_positive CHECK (headcount >= 0),
    CONSTRAINT ck_post_standard_range CHECK (standard BETWEEN 0 AND 100),
    CONSTRAINT uq_post_name UNIQUE (name),
    CONSTRAINT ck_post_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_post_unit_type CHECK (unit IS NULL OR typeof(unit) = 'text' AND length(unit) BETWEEN 1 AND 80),
    CONSTRAINT ck_post_duties_type CHECK (duties IS NULL OR typeof(duties) = 'text' AND length(duties) BETWEEN 1 AND 4000),
    CONSTRAINT ck_post_authority_type CHECK (authority IS NULL OR typeof(authority) = 'text' AND length(authority) BETWEEN 1 AND 4000),
    CONSTRAINT ck_post_skills_type CHECK (skills IS NULL OR typeof(skills) = 'text' AND length(skills) BETWEEN 1 AND 4000),
    CONSTRAINT ck_post_headcount_type CHECK (headcount IS NULL OR typeof(headcount) = 'integer'),
    CONSTRAINT ck_post_standard_type CHECK (standard IS NULL OR typeof(standard) = 'integer'),
    CONSTRAINT ck_post_reviewed_on_type CHECK (reviewed_on IS date(reviewed_on, '+0 days')),
    CONSTRAINT ck_post_closed_on_type CHECK (closed_on IS date(closed_on, '+0 days'))
)
""",
    r"""
CREATE TABLE staff (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    superior_id INTEGER,
    region TEXT,
    unit TEXT,
    post TEXT,
    grade TEXT,
    strengths TEXT,
    phone TEXT,
    email TEXT,
    hired TEXT,
    left_on TEXT,
    os_account TEXT,
    pinyin TEXT,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT ck_staff_superior_other CHECK (superior_id <> id),
    CONSTRAINT uq_staff_code UNIQUE (code),
    CONSTRAINT fk_staff_superior_id_staff FOREIGN KEY(superior_id) REFERENCES staff (id),
    CONSTRAINT uq_staff_os_account UNIQUE (os_account),
    CONSTRAINT ck_staff_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 40),
    CONSTRAINT ck_staff_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_staff_region_type CHECK (region IS NULL OR typeof(region) = 'text' AND length(region) BETWEEN 1 AND 80),
    CONSTRAINT ck_staff_unit_type CHECK (unit IS NULL OR typeof(unit) = 'text' AND length(unit) BETWEEN 1 AND 80),
    CONSTRAINT ck_staff_post_type CHECK (post IS NULL OR typeof(post) = 'text' AND length(post) BETWEEN 1 AND 80),
    CONSTRAINT ck_staff_grade_type CHECK (grade IS NULL OR typeof(grade) = 'text' AND length(grade) BETWEEN 1 AND 40),
    CONSTRAINT ck_staff_strengths_type CHECK (strengths IS NULL OR typeof(strengths) = 'text' AND length(strengths) BETWEEN 1 AND 400),
    CONSTRAINT ck_staff_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_staff_email_type CHECK (email IS NULL OR typeof(email) = 'text' AND length(email) BETWEEN 1 AND 200),
    CONSTRAINT ck_staff_hired_type CHECK (hired IS date(hired, '+0 days')),
    CONSTRAINT ck_staff_left_on_type CHECK (left_on IS date(left_on, '+0 days')),
    CONSTRAINT ck_staff_os_account_type CHECK (os_account IS NULL OR typeof(os_account) = 'text' AND length(os_account) BETWEEN 1 AND 80),
    CONSTRAINT ck_staff_pinyin_type CHECK (pinyin IS NULL OR typeof(pinyin) = 'text' AND length(pinyin) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_staff_superior_id ON staff (superior_id)
""",
    r"""
CREATE TABLE supplier (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT,
    phone TEXT,
    tax_no TEXT,
    pay_days BIGINT DEFAULT 0 NOT NULL,
    active FLAG_INT DEFAULT 1 NOT NULL,
    note TEXT,
    pinyin TEXT,
    CONSTRAINT pk_supplier PRIMARY KEY (id),
    CONSTRAINT ck_supplier_pay_days_range CHECK (pay_days BETWEEN 0 AND 3650),
    CONSTRAINT uq_supplier_code UNIQUE (code),
    CONSTRAINT ck_supplier_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 60),
    CONSTRAINT ck_supplier_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_supplier_contact_type CHECK (contact IS NULL OR typeof(contact) = 'text' AND length(contact) BETWEEN 1 AND 80),
    CONSTRAINT ck_supplier_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_supplier_tax_no_type CHECK (tax_no IS NULL OR typeof(tax_no) = 'text' AND length(tax_no) BETWEEN 1 AND 40),
    CONSTRAINT ck_supplier_pay_days_type CHECK (pay_days IS NULL OR typeof(pay_days) = 'integer'),
    CONSTRAINT ck_supplier_active_type CHECK (active IN (0, 1)),
    CONSTRAINT ck_supplier_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_supplier_pinyin_type CHECK (pinyin IS NULL OR typeof(pinyin) = 'text' AND length(pinyin) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_supplier_name ON supplier (name)
""",
    r"""
CREATE TABLE warehouse (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active FLAG_INT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_warehouse PRIMARY KEY (id),
    CONSTRAINT uq_warehouse_code UNIQUE (code),
    CONSTRAINT ck_warehouse_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 40),
    CONSTRAINT ck_warehouse_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_warehouse_active_type CHECK (active IN (0, 1))
)
""",
    r"""
CREATE TABLE approval (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    summary TEXT NOT NULL,
    facts TEXT,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    requested_by INTEGER NOT NULL,
    requested_on TEXT NOT NULL,
    reason TEXT,
    closed_on TEXT,
    CONSTRAINT pk_approval PRIMARY KEY (id),
    CONSTRAINT uq_approval_number UNIQUE (number),
    CONSTRAINT fk_approval_requested_by_staff FOREIGN KEY(requested_by) REFERENCES staff (id),
    CONSTRAINT ck_approval_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_approval_kind_type CHECK (kind IS NULL OR typeof(kind) = 'text' AND length(kind) BETWEEN 1 AND 20),
    CONSTRAINT ck_approval_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 80),
    CONSTRAINT ck_approval_summary_type CHECK (summary IS NULL OR typeof(summary) = 'text' AND length(summary) BETWEEN 1 AND 4000),
    CONSTRAINT ck_approval_facts_type CHECK (facts IS NULL OR typeof(facts) = 'text' AND length(facts) BETWEEN 1 AND 4000),
    CONSTRAINT ck_approval_content_type CHECK (content IS NULL OR typeof(content) = 'text' AND length(content) BETWEEN 1 AND 64),
    CONSTRAINT ck_approval_state_type CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
    CONSTRAINT ck_approval_requested_on_type CHECK (requested_on IS date(requested_on, '+0 days')),
    CONSTRAINT ck_approval_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_approval_closed_on_type CHECK (closed_on IS date(closed_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_approval_document ON approval (document, kind)
""",
    r"""
CREATE INDEX ix_approval_state ON approval (state)
""",
    r"""
CREATE TABLE attendance (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    minutes BIGINT,
    excuse TEXT,
    fine AMOUNT_INT DEFAULT 0 NOT NULL,
    leader_id INTEGER,
    filed_by INTEGER,
    CONSTRAINT pk_attendance PRIMARY KEY (id),
    CONSTRAINT uq_attendance_staff_id_day_kind UNIQUE (staff_id, day, kind),
    CONSTRAINT ck_attendance_fine_positive CHECK (fine >= 0),
    CONSTRAINT ck_attendance_minutes_positive CHECK (minutes > 0),
    CONSTRAINT ck_attendance_excused_free CHECK (excuse IS NULL OR fine = 0),
    CONSTRAINT uq_attendance_number UNIQUE (number),
    CONSTRAINT fk_attendance_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_attendance_leader_id_staff FOREIGN KEY(leader_id) REFERENCES staff (id),
    CONSTRAINT fk_attendance_filed_by_staff FOREIGN KEY(filed_by) REFERENCES staff (id),
    CONSTRAINT ck_attendance_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_attendance_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_attendance_kind_type CHECK (kind IN ('late_arrival', 'early_leaving')),
    CONSTRAINT ck_attendance_minutes_type CHECK (minutes IS NULL OR typeof(minutes) = 'integer'),
    CONSTRAINT ck_attendance_excuse_type CHECK (excuse IS NULL OR typeof(excuse) = 'text' AND length(excuse) BETWEEN 1 AND 4000),
    CONSTRAINT ck_attendance_fine_type CHECK (fine IS NULL OR typeof(fine) = 'integer')
)
""",
    r"""
CREATE INDEX ix_attendance_day ON attendance (day, staff_id)
""",
    r"""
CREATE TABLE command_grant (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    command TEXT NOT NULL,
    CONSTRAINT pk_command_grant PRIMARY KEY (id),
    CONSTRAINT uq_command_grant_staff_id_command UNIQUE (staff_id, command),
    CONSTRAINT fk_command_grant_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_command_grant_command_type CHECK (command IS NULL OR typeof(command) = 'text' AND length(command) BETWEEN 1 AND 80)
)
""",
    r"""
CREATE TABLE credential (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    changed TEXT NOT NULL,
    failures BIGINT DEFAULT 0 NOT NULL,
    locked_until TEXT,
    CONSTRAINT pk_credential PRIMARY KEY (id),
    CONSTRAINT uq_credential_staff_id UNIQUE (staff_id),
    CONSTRAINT fk_credential_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_credential_salt_type CHECK (salt IS NULL OR typeof(salt) = 'text' AND length(salt) BETWEEN 1 AND 64),
    CONSTRAINT ck_credential_hash_type CHECK (hash IS NULL OR typeof(hash) = 'text' AND length(hash) BETWEEN 1 AND 200),
    CONSTRAINT ck_credential_changed_type CHECK (changed IS date(changed, '+0 days')),
    CONSTRAINT ck_credential_failures_type CHECK (failures IS NULL OR typeof(failures) = 'integer'),
    CONSTRAINT ck_credential_locked_until_type CHECK (locked_until IS NULL OR typeof(locked_until) = 'text' AND length(locked_until) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE TABLE deputy (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    deputy_id INTEGER NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT,
    arranged_by INTEGER,
    CONSTRAINT pk_deputy PRIMARY KEY (id),
    CONSTRAINT ck_deputy_deputy_other CHECK (staff_id <> deputy_id),
    CONSTRAINT ck_deputy_until_after CHECK (until >= since),
    CONSTRAINT fk_deputy_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_deputy_deputy_id_staff FOREIGN KEY(deputy_id) REFERENCES staff (id),
    CONSTRAINT fk_deputy_arranged_by_staff FOREIGN KEY(arranged_by) REFERENCES staff (id),
    CONSTRAINT ck_deputy_since_type CHECK (since IS date(since, '+0 days')),
    CONSTRAINT ck_deputy_until_type CHECK (until IS date(until, '+0 days')),
    CONSTRAINT ck_deputy_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE TABLE desk_report (
    id INTEGER NOT NULL,
    day TEXT NOT NULL,
    told_on TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    visitors BIGINT NOT NULL,
    new_visitors BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    note TEXT,
    CONSTRAINT pk_desk_report PRIMARY KEY (id),
    CONSTRAINT uq_desk_report_day UNIQUE (day),
    CONSTRAINT fk_desk_report_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_desk_report_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_desk_report_told_on_type CHECK (told_on IS date(told_on, '+0 days')),
    CONSTRAINT ck_desk_report_visitors_type CHECK (visitors IS NULL OR typeof(visitors) = 'integer'),
    CONSTRAINT ck_desk_report_new_visitors_type CHECK (new_visitors IS NULL OR typeof(new_visitors) = 'integer'),
    CONSTRAINT ck_desk_report_calls_type CHECK (calls IS NULL OR typeof(calls) = 'integer'),
    CONSTRAINT ck_desk_report_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE TABLE duty_day (
    id INTEGER NOT NULL,
    day TEXT NOT NULL,
    group_id INTEGER NOT NULL,
    CONSTRAINT pk_duty_day PRIMARY KEY (id),
    CONSTRAINT uq_duty_day_day UNIQUE (day),
    CONSTRAINT fk_duty_day_group_id_duty_group FOREIGN KEY(group_id) REFERENCES duty_group (id),
    CONSTRAINT ck_duty_day_day_type CHECK (day IS date(day, '+0 days'))
)
""",
    r"""
CREATE TABLE duty_member (
    id INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_duty_member PRIMARY KEY (id),
    CONSTRAINT uq_duty_member_group_id_staff_id UNIQUE (group_id, staff_id),
    CONSTRAINT fk_duty_member_group_id_duty_group FOREIGN KEY(group_id) REFERENCES duty_group (id),
    CONSTRAINT fk_duty_member_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_duty_member_position_type CHECK (position IS NULL OR typeof(position) = 'integer')
)
""",
    r"""
CREATE INDEX ix_duty_member_staff_id ON duty_member (staff_id)
""",
    r"""
CREATE TABLE employment (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    contract_no TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    task_amount AMOUNT_INT,
    task_text TEXT,
    CONSTRAINT pk_employment PRIMARY KEY (id),
    CONSTRAINT ck_employment_task_positive CHECK (task_amount >= 0),
    CONSTRAINT ck_employment_until_after CHECK (until >= since),
    CONSTRAINT uq_employment_staff_id UNIQUE (staff_id),
    CONSTRAINT fk_employment_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_employment_contract_no_type CHECK (contract_no IS NULL OR typeof(contract_no) = 'text' AND length(contract_no) BETWEEN 1 AND 80),
    CONSTRAINT ck_employment_since_type CHECK (since IS date(since, '+0 days')),
    CONSTRAINT ck_employment_until_type CHECK (until IS date(until, '+0 days')),
    CONSTRAINT ck_employment_task_amount_type CHECK (task_amount IS NULL OR typeof(task_amount) = 'integer'),
    CONSTRAINT ck_employment_task_text_type CHECK (task_text IS NULL OR typeof(task_text) = 'text' AND length(task_text) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE TABLE guarantor (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    relation TEXT,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    ended_on TEXT,
    CONSTRAINT pk_guarantor PRIMARY KEY (id),
    CONSTRAINT ck_guarantor_until_after CHECK (until >= since),
    CONSTRAINT fk_guarantor_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_guarantor_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_guarantor_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_guarantor_relation_type CHECK (relation IS NULL OR typeof(relation) = 'text' AND length(relation) BETWEEN 1 AND 80),
    CONSTRAINT ck_guarantor_since_type CHECK (since IS date(since, '+0 days')),
    CONSTRAINT ck_guarantor_until_type CHECK (until IS date(until, '+0 days')),
    CONSTRAINT ck_guarantor_ended_on_type CHECK (ended_on IS date(ended_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_guarantor_staff ON guarantor (staff_id, ended_on, until)
""",
    r"""
CREATE TABLE import_batch (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER,
    rows BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT DEFAULT 0 NOT NULL,
    skipped BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_import_batch PRIMARY KEY (id),
    CONSTRAINT fk_import_batch_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_import_batch_kind_type CHECK (kind IS NULL OR typeof(kind) = 'text' AND length(kind) BETWEEN 1 AND 40),
    CONSTRAINT ck_import_batch_file_name_type CHECK (file_name IS NULL OR typeof(file_name) = 'text' AND length(file_name) BETWEEN 1 AND 200),
    CONSTRAINT ck_import_batch_sha256_type CHECK (sha256 IS NULL OR typeof(sha256) = 'text' AND length(sha256) BETWEEN 1 AND 64),
    CONSTRAINT ck_import_batch_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_import_batch_rows_type CHECK (rows IS NULL OR typeof(rows) = 'integer'),
    CONSTRAINT ck_import_batch_added_type CHECK (added IS NULL OR typeof(added) = 'integer'),
    CONSTRAINT ck_import_batch_changed_type CHECK (changed IS NULL OR typeof(changed) = 'integer'),
    CONSTRAINT ck_import_batch_skipped_type CHECK (skipped IS NULL OR typeof(skipped) = 'integer')
)
""",
    r"""
CREATE TABLE internal_request (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    asker_id INTEGER,
    to_id INTEGER NOT NULL,
    company TEXT,
    contact TEXT,
    text TEXT NOT NULL,
    document TEXT,
    day TEXT NOT NULL,
    due TEXT NOT NULL,
    answer TEXT,
    answered_on TEXT,
    answered_by INTEGER,
    withdrawn_on TEXT,
    filed_by INTEGER,
    CONSTRAINT pk_internal_request PRIMARY KEY (id),
    CONSTRAINT ck_internal_request_answer_dated CHECK ((answer IS NULL) = (answered_on IS NULL)),
    CONSTRAINT ck_internal_request_somebody_asks CHECK (asker_id IS NOT NULL OR company IS NOT NULL),
    CONSTRAINT uq_internal_request_number UNIQUE (number),
    CONSTRAINT fk_internal_request_asker_id_staff FOREIGN KEY(asker_id) REFERENCES staff (id),
    CONSTRAINT fk_internal_request_to_id_staff FOREIGN KEY(to_id) REFERENCES staff (id),
    CONSTRAINT fk_internal_request_answered_by_staff FOREIGN KEY(answered_by) REFERENCES staff (id),
    CONSTRAINT fk_internal_request_filed_by_staff FOREIGN KEY(filed_by) REFERENCES staff (id),
    CONSTRAINT ck_internal_request_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_internal_request_kind_type CHECK (kind IN ('presales', 'backup', 'feedback', 'rival', 'test', 'other', 'order_question', 'price_question', 'technical_question', 'performance_question')),
    CONSTRAINT ck_internal_request_company_type CHECK (company IS NULL OR typeof(company) = 'text' AND length(company) BETWEEN 1 AND 200),
    CONSTRAINT ck_internal_request_contact_type CHECK (contact IS NULL OR typeof(contact) = 'text' AND length(contact) BETWEEN 1 AND 80),
    CONSTRAINT ck_internal_request_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_internal_request_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 80),
    CONSTRAINT ck_internal_request_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_internal_request_due_type CHECK (due IS date(due, '+0 days')),
    CONSTRAINT ck_internal_request_answer_type CHECK (answer IS NULL OR typeof(answer) = 'text' AND length(answer) BETWEEN 1 AND 4000),
    CONSTRAINT ck_internal_request_answered_on_type CHECK (answered_on IS date(answered_on, '+0 days')),
    CONSTRAINT ck_internal_request_withdrawn_on_type CHECK (withdrawn_on IS date(withdrawn_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_internal_request_asker ON internal_request (asker_id, answered_on)
""",
    r"""
CREATE INDEX ix_internal_request_to ON internal_request (to_id, answered_on, due)
""",
    r"""
CREATE TABLE meeting (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    minutes TEXT,
    story TEXT,
    CONSTRAINT pk_meeting PRIMARY KEY (id),
    CONSTRAINT uq_meeting_number UNIQUE (number),
    CONSTRAINT fk_meeting_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_meeting_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_meeting_kind_type CHECK (kind IN ('morning', 'wrapup', 'team_week', 'sales', 'managers', 'site', 'strategy')),
    CONSTRAINT ck_meeting_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_meeting_minutes_type CHECK (minutes IS NULL OR typeof(minutes) = 'text' AND length(minutes) BETWEEN 1 AND 4000),
    CONSTRAINT ck_meeting_story_type CHECK (story IS NULL OR typeof(story) = 'text' AND length(story) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_meeting_day ON meeting (day, kind)
""",
    r"""
CREATE TABLE notice (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT,
    roles TEXT,
    until TEXT,
    CONSTRAINT pk_notice PRIMARY KEY (id),
    CONSTRAINT uq_notice_number UNIQUE (number),
    CONSTRAINT fk_notice_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_notice_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_notice_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_notice_title_type CHECK (title IS NULL OR typeof(title) = 'text' AND length(title) BETWEEN 1 AND 200),
    CONSTRAINT ck_notice_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_notice_roles_type CHECK (roles IS NULL OR typeof(roles) = 'text' AND length(roles) BETWEEN 1 AND 200),
    CONSTRAINT ck_notice_until_type CHECK (until IS date(until, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_notice_day ON notice (day)
""",
    r"""
CREATE TABLE office_document (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT,
    text TEXT,
    keywords TEXT,
    roles TEXT,
    staff_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    withdrawn_on TEXT,
    CONSTRAINT pk_office_document PRIMARY KEY (id),
    CONSTRAINT uq_office_document_number UNIQUE (number),
    CONSTRAINT fk_office_document_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_office_document_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_office_document_title_type CHECK (title IS NULL OR typeof(title) = 'text' AND length(title) BETWEEN 1 AND 200),
    CONSTRAINT ck_office_document_kind_type CHECK (kind IN ('regulation', 'script', 'form', 'training', 'product_paper', 'other')),
    CONSTRAINT ck_office_document_place_type CHECK (place IS NULL OR typeof(place) = 'text' AND length(place) BETWEEN 1 AND 400),
    CONSTRAINT ck_office_document_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_office_document_keywords_type CHECK (keywords IS NULL OR typeof(keywords) = 'text' AND length(keywords) BETWEEN 1 AND 200),
    CONSTRAINT ck_office_document_roles_type CHECK (roles IS NULL OR typeof(roles) = 'text' AND length(roles) BETWEEN 1 AND 200),
    CONSTRAINT ck_office_document_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_office_document_withdrawn_on_type CHECK (withdrawn_on IS date(withdrawn_on, '+0 days'))
)
""",
    r"""
CREATE TABLE policy_value (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT,
    type TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    set_by INTEGER,
    set_at TEXT,
    reason TEXT,
    CONSTRAINT pk_policy_value PRIMARY KEY (id),
    CONSTRAINT fk_policy_value_set_by_staff FOREIGN KEY(set_by) REFERENCES staff (id),
    CONSTRAINT ck_policy_value_key_type CHECK (key IS NULL OR typeof(key) = 'text' AND length(key) BETWEEN 1 AND 80),
    CONSTRAINT ck_policy_value_value_type CHECK (value IS NULL OR typeof(value) = 'text' AND length(value) BETWEEN 1 AND 4000),
    CONSTRAINT ck_policy_value_type_type CHECK (type IS NULL OR typeof(type) = 'text' AND length(type) BETWEEN 1 AND 20),
    CONSTRAINT ck_policy_value_valid_from_type CHECK (valid_from IS date(valid_from, '+0 days')),
    CONSTRAINT ck_policy_value_set_at_type CHECK (set_at IS NULL OR typeof(set_at) = 'text' AND length(set_at) BETWEEN 1 AND 40),
    CONSTRAINT ck_policy_value_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_policy_value_lookup ON policy_value ("key", valid_from, id)
""",
    r"""
CREATE TABLE price_correction (
    id INTEGER NOT NULL,
    order_number TEXT NOT NULL,
    line_no BIGINT NOT NULL,
    day TEXT NOT NULL,
    cause TEXT NOT NULL,
    measure TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    CONSTRAINT pk_price_correction PRIMARY KEY (id),
    CONSTRAINT fk_price_correction_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_price_correction_order_number_type CHECK (order_number IS NULL OR typeof(order_number) = 'text' AND length(order_number) BETWEEN 1 AND 80),
    CONSTRAINT ck_price_correction_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_price_correction_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_price_correction_cause_type CHECK (cause IS NULL OR typeof(cause) = 'text' AND length(cause) BETWEEN 1 AND 4000),
    CONSTRAINT ck_price_correction_measure_type CHECK (measure IS NULL OR typeof(measure) = 'text' AND length(measure) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_price_correction_order ON price_correction (order_number, line_no)
""",
    r"""
CREATE TABLE product (
    id INTEGER NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT,
    spec TEXT,
    unit TEXT,
    barcode TEXT,
    list_price PRICE_INT,
    cost PRICE_INT,
    floor_price PRICE_INT,
    tax_rate RATE_INT,
    note TEXT,
    active FLAG_INT DEFAULT 1 NOT NULL,
    pinyin TEXT,
    pack_unit TEXT,
    pack_ratio QUANTITY_INT,
    is_new FLAG_INT DEFAULT 0 NOT NULL,
    no_discount FLAG_INT DEFAULT 0 NOT NULL,
    is_gift FLAG_INT DEFAULT 0 NOT NULL,
    volume QUANTITY_INT,
    weight QUANTITY_INT,
    life_state TEXT,
    channels TEXT,
    batch_tracked FLAG_INT DEFAULT 0 NOT NULL,
    shelf_days BIGINT,
    owner_id INTEGER,
    function TEXT,
    features TEXT,
    strengths TEXT,
    CONSTRAINT pk_product PRIMARY KEY (id),
    CONSTRAINT ck_product_list_price_positive CHECK (list_price >= 0),
    CONSTRAINT ck_product_cost_positive CHECK (cost >= 0),
    CONSTRAINT ck_product_floor_price_positive CHECK (floor_price >= 0),
    CONSTRAINT ck_product_tax_rate_share CHECK (tax_rate BETWEEN 0 AND 10000),
    CONSTRAINT ck_product_pack_ratio_positive CHECK (pack_ratio > 0),
    CONSTRAINT ck_product_pack_whole CHECK ((pack_unit IS NULL) = (pack_ratio IS NULL)),
    CONSTRAINT ck_product_volume_positive CHECK (volume >= 0),
    CONSTRAINT ck_product_weight_positive CHECK (weight >= 0),
    CONSTRAINT ck_product_shelf_days_positive CHECK (shelf_days > 0),
    CONSTRAINT uq_product_sku UNIQUE (sku),
    CONSTRAINT fk_product_owner_id_staff FOREIGN KEY(owner_id) REFERENCES staff (id),
    CONSTRAINT ck_product_sku_type CHECK (sku IS NULL OR typeof(sku) = 'text' AND length(sku) BETWEEN 1 AND 60),
    CONSTRAINT ck_product_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_category_type CHECK (category IS NULL OR typeof(category) = 'text' AND length(category) BETWEEN 1 AND 80),
    CONSTRAINT ck_product_spec_type CHECK (spec IS NULL OR typeof(spec) = 'text' AND length(spec) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_unit_type CHECK (unit IS NULL OR typeof(unit) = 'text' AND length(unit) BETWEEN 1 AND 20),
    CONSTRAINT ck_product_barcode_type CHECK (barcode IS NULL OR typeof(barcode) = 'text' AND length(barcode) BETWEEN 1 AND 60),
    CONSTRAINT ck_product_list_price_type CHECK (list_price IS NULL OR typeof(list_price) = 'integer'),
    CONSTRAINT ck_product_cost_type CHECK (cost IS NULL OR typeof(cost) = 'integer'),
    CONSTRAINT ck_product_floor_price_type CHECK (floor_price IS NULL OR typeof(floor_price) = 'integer'),
    CONSTRAINT ck_product_tax_rate_type CHECK (tax_rate IS NULL OR typeof(tax_rate) = 'integer'),
    CONSTRAINT ck_product_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_active_type CHECK (active IN (0, 1)),
    CONSTRAINT ck_product_pinyin_type CHECK (pinyin IS NULL OR typeof(pinyin) = 'text' AND length(pinyin) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_pack_unit_type CHECK (pack_unit IS NULL OR typeof(pack_unit) = 'text' AND length(pack_unit) BETWEEN 1 AND 20),
    CONSTRAINT ck_product_pack_ratio_type CHECK (pack_ratio IS NULL OR typeof(pack_ratio) = 'integer'),
    CONSTRAINT ck_product_is_new_type CHECK (is_new IN (0, 1)),
    CONSTRAINT ck_product_no_discount_type CHECK (no_discount IN (0, 1)),
    CONSTRAINT ck_product_is_gift_type CHECK (is_gift IN (0, 1)),
    CONSTRAINT ck_product_volume_type CHECK (volume IS NULL OR typeof(volume) = 'integer'),
    CONSTRAINT ck_product_weight_type CHECK (weight IS NULL OR typeof(weight) = 'integer'),
    CONSTRAINT ck_product_life_state_type CHECK (life_state IN ('introduced', 'growing', 'mature', 'declining', 'ended')),
    CONSTRAINT ck_product_channels_type CHECK (channels IS NULL OR typeof(channels) = 'text' AND length(channels) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_batch_tracked_type CHECK (batch_tracked IN (0, 1)),
    CONSTRAINT ck_product_shelf_days_type CHECK (shelf_days IS NULL OR typeof(shelf_days) = 'integer'),
    CONSTRAINT ck_product_function_type CHECK (function IS NULL OR typeof(function) = 'text' AND length(function) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_features_type CHECK (features IS NULL OR typeof(features) = 'text' AND length(features) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_strengths_type CHECK (strengths IS NULL OR typeof(strengths) = 'text' AND length(strengths) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_product_name ON product (name)
""",
    r"""
CREATE TABLE product_display (
    id INTEGER NOT NULL,
    place TEXT NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    note TEXT,
    CONSTRAINT pk_product_display PRIMARY KEY (id),
    CONSTRAINT fk_product_display_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_product_display_place_type CHECK (place IS NULL OR typeof(place) = 'text' AND length(place) BETWEEN 1 AND 80),
    CONSTRAINT ck_product_display_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_product_display_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_product_display_place ON product_display (place, day)
""",
    r"""
CREATE TABLE promo_plan (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    staff_id INTEGER NOT NULL,
    created TEXT NOT NULL,
    date_from TEXT NOT NULL,
    date_to TEXT NOT NULL,
    first_last_day TEXT,
    audience TEXT,
    form TEXT,
    media TEXT,
    goal TEXT,
    all_goods FLAG_INT DEFAULT 0 NOT NULL,
    theme FLAG_INT DEFAULT 0 NOT NULL,
    priority BIGINT DEFAULT 0 NOT NULL,
    stackable FLAG_INT DEFAULT 0 NOT NULL,
    rate RATE_INT,
    amount_off AMOUNT_INT,
    on_order FLAG_INT DEFAULT 0 NOT NULL,
    min_amount AMOUNT_INT,
    min_qty QUANTITY_INT,
    repeats FLAG_INT DEFAULT 0 NOT NULL,
    buy_qty QUANTITY_INT,
    get_qty QUANTITY_INT,
    cheapest FLAG_INT DEFAULT 0 NOT NULL,
    bundle_price AMOUNT_INT,
    max_orders BIGINT,
    max_customer_orders BIGINT,
    request TEXT,
    started_on TEXT,
    ended_on TEXT,
    reason TEXT,
    CONSTRAINT pk_promo_plan PRIMARY KEY (id),
    CONSTRAINT ck_promo_plan_dates_in_order CHECK (date_to >= date_from),
    CONSTRAINT ck_promo_plan_rate_share CHECK (rate BETWEEN 1 AND 10000),
    CONSTRAINT ck_promo_plan_amount_off_positive CHECK (amount_off > 0),
    CONSTRAINT ck_promo_plan_min_amount_positive CHECK (min_amount >= 0),
    CONSTRAINT ck_promo_plan_min_qty_positive CHECK (min_qty >= 0),
    CONSTRAINT ck_promo_plan_buy_qty_positive CHECK (buy_qty > 0),
    CONSTRAINT ck_promo_plan_get_qty_positive CHECK (get_qty > 0),
    CONSTRAINT ck_promo_plan_bundle_price_positive CHECK (bundle_price >= 0),
    CONSTRAINT ck_promo_plan_max_orders_positive CHECK (max_orders > 0),
    CONSTRAINT ck_promo_plan_max_customer_orders_positive CHECK (max_customer_orders > 0),
    CONSTRAINT uq_promo_plan_number UNIQUE (number),
    CONSTRAINT fk_promo_plan_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_promo_plan_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_promo_plan_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_promo_plan_kind_type CHECK (kind IN ('discount', 'spend_and_save', 'buy_and_get', 'gift', 'bundle')),
    CONSTRAINT ck_promo_plan_state_type CHECK (state IN ('draft', 'waiting', 'approved', 'running', 'stopped', 'ended', 'evaluated', 'refused', 'cancelled')),
    CONSTRAINT ck_promo_plan_created_type CHECK (created IS date(created, '+0 days')),
    CONSTRAINT ck_promo_plan_date_from_type CHECK (date_from IS date(date_from, '+0 days')),
    CONSTRAINT ck_promo_plan_date_to_type CHECK (date_to IS date(date_to, '+0 days')),
    CONSTRAINT ck_promo_plan_first_last_day_type CHECK (first_last_day IS date(first_last_day, '+0 days')),
    CONSTRAINT ck_promo_plan_audience_type CHECK (audience IS NULL OR typeof(audience) = 'text' AND length(audience) BETWEEN 1 AND 4000),
    CONSTRAINT ck_promo_plan_form_type CHECK (form IS NULL OR typeof(form) = 'text' AND length(form) BETWEEN 1 AND 4000),
    CONSTRAINT ck_promo_plan_media_type CHECK (media IS NULL OR typeof(media) = 'text' AND length(media) BETWEEN 1 AND 4000),
    CONSTRAINT ck_promo_plan_goal_type CHECK (goal IS NULL OR typeof(goal) = 'text' AND length(goal) BETWEEN 1 AND 4000),
    CONSTRAINT ck_promo_plan_all_goods_type CHECK (all_goods IN (0, 1)),
    CONSTRAINT ck_promo_plan_theme_type CHECK (theme IN (0, 1)),
    CONSTRAINT ck_promo_plan_priority_type CHECK (priority IS NULL OR typeof(priority) = 'integer'),
    CONSTRAINT ck_promo_plan_stackable_type CHECK (stackable IN (0, 1)),
    CONSTRAINT ck_promo_plan_rate_type CHECK (rate IS NULL OR typeof(rate) = 'integer'),
    CONSTRAINT ck_promo_plan_amount_off_type CHECK (amount_off IS NULL OR typeof(amount_off) = 'integer'),
    CONSTRAINT ck_promo_plan_on_order_type CHECK (on_order IN (0, 1)),
    CONSTRAINT ck_promo_plan_min_amount_type CHECK (min_amount IS NULL OR typeof(min_amount) = 'integer'),
    CONSTRAINT ck_promo_plan_min_qty_type CHECK (min_qty IS NULL OR typeof(min_qty) = 'integer'),
    CONSTRAINT ck_promo_plan_repeats_type CHECK (repeats IN (0, 1)),
    CONSTRAINT ck_promo_plan_buy_qty_type CHECK (buy_qty IS NULL OR typeof(buy_qty) = 'integer'),
    CONSTRAINT ck_promo_plan_get_qty_type CHECK (get_qty IS NULL OR typeof(get_qty) = 'integer'),
    CONSTRAINT ck_promo_plan_cheapest_type CHECK (cheapest IN (0, 1)),
    CONSTRAINT ck_promo_plan_bundle_price_type CHECK (bundle_price IS NULL OR typeof(bundle_price) = 'integer'),
    CONSTRAINT ck_promo_plan_max_orders_type CHECK (max_orders IS NULL OR typeof(max_orders) = 'integer'),
    CONSTRAINT ck_promo_plan_max_customer_orders_type CHECK (max_customer_orders IS NULL OR typeof(max_customer_orders) = 'integer'),
    CONSTRAINT ck_promo_plan_request_type CHECK (request IS NULL OR typeof(request) = 'text' AND length(request) BETWEEN 1 AND 40),
    CONSTRAINT ck_promo_plan_started_on_type CHECK (started_on IS date(started_on, '+0 days')),
    CONSTRAINT ck_promo_plan_ended_on_type CHECK (ended_on IS date(ended_on, '+0 days')),
    CONSTRAINT ck_promo_plan_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_promo_plan_days ON promo_plan (state, date_from, date_to)
""",
    r"""
CREATE TABLE purchase (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    supplier_id INTEGER NOT NULL,
    warehouse_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    date TEXT NOT NULL,
    expected TEXT,
    cash FLAG_INT DEFAULT 0 NOT NULL,
    state TEXT DEFAULT 'ordered' NOT NULL,
    ended_on TEXT,
    reason TEXT,
    note TEXT,
    CONSTRAINT pk_purchase PRIMARY KEY (id),
    CONSTRAINT ck_purchase_ended_when_over CHECK ((state = 'ordered') = (ended_on IS NULL)),
    CONSTRAINT uq_purchase_number UNIQUE (number),
    CONSTRAINT fk_purchase_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_purchase_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT fk_purchase_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_purchase_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_purchase_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_purchase_expected_type CHECK (expected IS date(expected, '+0 days')),
    CONSTRAINT ck_purchase_cash_type CHECK (cash IN (0, 1)),
    CONSTRAINT ck_purchase_state_type CHECK (state IN ('ordered', 'cancelled', 'closed')),
    CONSTRAINT ck_purchase_ended_on_type CHECK (ended_on IS date(ended_on, '+0 days')),
    CONSTRAINT ck_purchase_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 200),
    CONSTRAINT ck_purchase_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_purchase_open ON purchase (state, expected)
""",
    r"""
CREATE INDEX ix_purchase_staff_id ON purchase (staff_id)
""",
    r"""
CREATE INDEX ix_purchase_supplier ON purchase (supplier_id, date)
""",
    r"""
CREATE TABLE session (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    token TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (id),
    CONSTRAINT fk_session_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT uq_session_token UNIQUE (token),
    CONSTRAINT ck_session_token_type CHECK (token IS NULL OR typeof(token) = 'text' AND length(token) BETWEEN 1 AND 64),
    CONSTRAINT ck_session_created_type CHECK (created IS NULL OR typeof(created) = 'text' AND length(created) BETWEEN 1 AND 40),
    CONSTRAINT ck_session_expires_type CHECK (expires IS NULL OR typeof(expires) = 'text' AND length(expires) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE TABLE source_cost (
    id INTEGER NOT NULL,
    source TEXT NOT NULL,
    day TEXT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    staff_id INTEGER,
    note TEXT,
    CONSTRAINT pk_source_cost PRIMARY KEY (id),
    CONSTRAINT ck_source_cost_amount_positive CHECK (amount > 0),
    CONSTRAINT fk_source_cost_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_source_cost_source_type CHECK (source IS NULL OR typeof(source) = 'text' AND length(source) BETWEEN 1 AND 40),
    CONSTRAINT ck_source_cost_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_source_cost_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_source_cost_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_source_cost_day ON source_cost (day, source)
""",
    r"""
CREATE TABLE staff_role (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    CONSTRAINT pk_staff_role PRIMARY KEY (id),
    CONSTRAINT uq_staff_role_staff_id_role UNIQUE (staff_id, role),
    CONSTRAINT fk_staff_role_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_staff_role_role_type CHECK (role IN ('rep', 'support', 'front_desk', 'supervisor', 'manager', 'director', 'management', 'finance', 'audit', 'service', 'warehouse', 'purchasing', 'admin', 'cron'))
)
""",
    r"""
CREATE TABLE stock_count (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    warehouse_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    category TEXT,
    state TEXT DEFAULT 'counting' NOT NULL,
    posted TEXT,
    last_move BIGINT,
    staff_id INTEGER,
    CONSTRAINT pk_stock_count PRIMARY KEY (id),
    CONSTRAINT uq_stock_count_number UNIQUE (number),
    CONSTRAINT fk_stock_count_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT fk_stock_count_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_stock_count_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_stock_count_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_stock_count_category_type CHECK (category IS NULL OR typeof(category) = 'text' AND length(category) BETWEEN 1 AND 80),
    CONSTRAINT ck_stock_count_state_type CHECK (state IN ('counting', 'posted', 'cancelled')),
    CONSTRAINT ck_stock_count_posted_type CHECK (posted IS date(posted, '+0 days')),
    CONSTRAINT ck_stock_count_last_move_type CHECK (last_move IS NULL OR typeof(last_move) = 'integer')
)
""",
    r"""
CREATE TABLE talk (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    leader_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    agreed TEXT,
    month_start FLAG_INT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_talk PRIMARY KEY (id),
    CONSTRAINT ck_talk_talk_other CHECK (staff_id <> leader_id),
    CONSTRAINT uq_talk_number UNIQUE (number),
    CONSTRAINT fk_talk_leader_id_staff FOREIGN KEY(leader_id) REFERENCES staff (id),
    CONSTRAINT fk_talk_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_talk_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_talk_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_talk_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_talk_agreed_type CHECK (agreed IS NULL OR typeof(agreed) = 'text' AND length(agreed) BETWEEN 1 AND 4000),
    CONSTRAINT ck_talk_month_start_type CHECK (month_start IN (0, 1))
)
""",
    r"""
CREATE INDEX ix_talk_staff ON talk (staff_id, day)
""",
    r"""
CREATE TABLE task (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    created_by INTEGER,
    created TEXT NOT NULL,
    text TEXT NOT NULL,
    document TEXT,
    rule TEXT,
    due TEXT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    closed_on TEXT,
    result TEXT,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT uq_task_number UNIQUE (number),
    CONSTRAINT fk_task_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_task_created_by_staff FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT ck_task_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_task_created_type CHECK (created IS date(created, '+0 days')),
    CONSTRAINT ck_task_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_task_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 80),
    CONSTRAINT ck_task_rule_type CHECK (rule IS NULL OR typeof(rule) = 'text' AND length(rule) BETWEEN 1 AND 20),
    CONSTRAINT ck_task_due_type CHECK (due IS date(due, '+0 days')),
    CONSTRAINT ck_task_state_type CHECK (state IN ('open', 'done', 'dropped')),
    CONSTRAINT ck_task_closed_on_type CHECK (closed_on IS date(closed_on, '+0 days')),
    CONSTRAINT ck_task_result_type CHECK (result IS NULL OR typeof(result) = 'text' AND length(result) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_task_document ON task (document)
""",
    r"""
CREATE INDEX ix_task_owner ON task (staff_id, state, due)
""",
    r"""
CREATE TABLE transfer (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    source_id INTEGER NOT NULL,
    target_id INTEGER NOT NULL,
    sent TEXT NOT NULL,
    received TEXT,
    staff_id INTEGER,
    CONSTRAINT pk_transfer PRIMARY KEY (id),
    CONSTRAINT ck_transfer_two_warehouses CHECK (source_id <> target_id),
    CONSTRAINT uq_transfer_number UNIQUE (number),
    CONSTRAINT fk_transfer_source_id_warehouse FOREIGN KEY(source_id) REFERENCES warehouse (id),
    CONSTRAINT fk_transfer_target_id_warehouse FOREIGN KEY(target_id) REFERENCES warehouse (id),
    CONSTRAINT fk_transfer_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_transfer_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_transfer_sent_type CHECK (sent IS date(sent, '+0 days')),
    CONSTRAINT ck_transfer_received_type CHECK (received IS date(received, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_transfer_open ON transfer (received)
""",
    r"""
CREATE TABLE trip (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    place TEXT NOT NULL,
    purpose TEXT NOT NULL,
    preparation TEXT,
    phoned_on TEXT,
    ended_on TEXT,
    result TEXT,
    CONSTRAINT pk_trip PRIMARY KEY (id),
    CONSTRAINT ck_trip_until_after CHECK (until >= since),
    CONSTRAINT uq_trip_number UNIQUE (number),
    CONSTRAINT fk_trip_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_trip_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_trip_since_type CHECK (since IS date(since, '+0 days')),
    CONSTRAINT ck_trip_until_type CHECK (until IS date(until, '+0 days')),
    CONSTRAINT ck_trip_place_type CHECK (place IS NULL OR typeof(place) = 'text' AND length(place) BETWEEN 1 AND 200),
    CONSTRAINT ck_trip_purpose_type CHECK (purpose IS NULL OR typeof(purpose) = 'text' AND length(purpose) BETWEEN 1 AND 4000),
    CONSTRAINT ck_trip_preparation_type CHECK (preparation IS NULL OR typeof(preparation) = 'text' AND length(preparation) BETWEEN 1 AND 4000),
    CONSTRAINT ck_trip_phoned_on_type CHECK (phoned_on IS date(phoned_on, '+0 days')),
    CONSTRAINT ck_trip_ended_on_type CHECK (ended_on IS date(ended_on, '+0 days')),
    CONSTRAINT ck_trip_result_type CHECK (result IS NULL OR typeof(result) = 'text' AND length(result) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_trip_staff ON trip (staff_id, until)
""",
    r"""
CREATE TABLE vacancy (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    post_id INTEGER NOT NULL,
    wanted BIGINT NOT NULL,
    opened TEXT NOT NULL,
    needed_by TEXT,
    channels TEXT,
    reason TEXT,
    staff_id INTEGER NOT NULL,
    closed_on TEXT,
    CONSTRAINT pk_vacancy PRIMARY KEY (id),
    CONSTRAINT ck_vacancy_wanted_positive CHECK (wanted > 0),
    CONSTRAINT uq_vacancy_number UNIQUE (number),
    CONSTRAINT fk_vacancy_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
    CONSTRAINT fk_vacancy_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_vacancy_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_vacancy_wanted_type CHECK (wanted IS NULL OR typeof(wanted) = 'integer'),
    CONSTRAINT ck_vacancy_opened_type CHECK (opened IS date(opened, '+0 days')),
    CONSTRAINT ck_vacancy_needed_by_type CHECK (needed_by IS date(needed_by, '+0 days')),
    CONSTRAINT ck_vacancy_channels_type CHECK (channels IS NULL OR typeof(channels) = 'text' AND length(channels) BETWEEN 1 AND 200),
    CONSTRAINT ck_vacancy_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_vacancy_closed_on_type CHECK (closed_on IS date(closed_on, '+0 days'))
)
""",
    r"""
CREATE TABLE approval_step (
    id INTEGER NOT NULL,
    approval_id INTEGER NOT NULL,
    position BIGINT NOT NULL,
    post TEXT NOT NULL,
    role TEXT NOT NULL,
    staff_id INTEGER,
    decision TEXT,
    decided_by INTEGER,
    decided_on TEXT,
    reason TEXT,
    CONSTRAINT pk_approval_step PRIMARY KEY (id),
    CONSTRAINT uq_approval_step_approval_id_position UNIQUE (approval_id, position),
    CONSTRAINT fk_approval_step_approval_id_approval FOREIGN KEY(approval_id) REFERENCES approval (id),
    CONSTRAINT fk_approval_step_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_approval_step_decided_by_staff FOREIGN KEY(decided_by) REFERENCES staff (id),
    CONSTRAINT ck_approval_step_position_type CHECK (position IS NULL OR typeof(position) = 'integer'),
    CONSTRAINT ck_approval_step_post_type CHECK (post IS NULL OR typeof(post) = 'text' AND length(post) BETWEEN 1 AND 10),
    CONSTRAINT ck_approval_step_role_type CHECK (role IS NULL OR typeof(role) = 'text' AND length(role) BETWEEN 1 AND 40),
    CONSTRAINT ck_approval_step_decision_type CHECK (decision IN ('approved', 'refused')),
    CONSTRAINT ck_approval_step_decided_on_type CHECK (decided_on IS date(decided_on, '+0 days')),
    CONSTRAINT ck_approval_step_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_approval_step_open ON approval_step (role, decision)
""",
    r"""
CREATE TABLE batch (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    made_on TEXT,
    expires_on TEXT,
    mark TEXT,
    blocked TEXT,
    CONSTRAINT pk_batch PRIMARY KEY (id),
    CONSTRAINT uq_batch_product_id_code UNIQUE (product_id, code),
    CONSTRAINT ck_batch_made_before_expiry CHECK (expires_on >= made_on),
    CONSTRAINT fk_batch_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_batch_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 60),
    CONSTRAINT ck_batch_made_on_type CHECK (made_on IS date(made_on, '+0 days')),
    CONSTRAINT ck_batch_expires_on_type CHECK (expires_on IS date(expires_on, '+0 days')),
    CONSTRAINT ck_batch_mark_type CHECK (mark IS NULL OR typeof(mark) = 'text' AND length(mark) BETWEEN 1 AND 80),
    CONSTRAINT ck_batch_blocked_type CHECK (blocked IS NULL OR typeof(blocked) = 'text' AND length(blocked) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_batch_code ON batch (code)
""",
    r"""
CREATE INDEX ix_batch_expires ON batch (expires_on, product_id)
""",
    r"""
CREATE TABLE bill_line (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    component_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    CONSTRAINT pk_bill_line PRIMARY KEY (id),
    CONSTRAINT uq_bill_line_product_id_component_id UNIQUE (product_id, component_id),
    CONSTRAINT ck_bill_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_bill_line_not_itself CHECK (product_id <> component_id),
    CONSTRAINT fk_bill_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_bill_line_component_id_product FOREIGN KEY(component_id) REFERENCES product (id),
    CONSTRAINT ck_bill_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer')
)
""",
    r"""
CREATE INDEX ix_bill_line_component ON bill_line (component_id)
""",
    r"""
CREATE TABLE candidate (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    vacancy_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    channel TEXT,
    applied TEXT NOT NULL,
    verdict TEXT,
    decided_on TEXT,
    decided_by INTEGER,
    reason TEXT,
    note TEXT,
    CONSTRAINT pk_candidate PRIMARY KEY (id),
    CONSTRAINT uq_candidate_number UNIQUE (number),
    CONSTRAINT fk_candidate_vacancy_id_vacancy FOREIGN KEY(vacancy_id) REFERENCES vacancy (id),
    CONSTRAINT fk_candidate_decided_by_staff FOREIGN KEY(decided_by) REFERENCES staff (id),
    CONSTRAINT ck_candidate_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_candidate_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_candidate_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_candidate_channel_type CHECK (channel IS NULL OR typeof(channel) = 'text' AND length(channel) BETWEEN 1 AND 80),
    CONSTRAINT ck_candidate_applied_type CHECK (applied IS date(applied, '+0 days')),
    CONSTRAINT ck_candidate_verdict_type CHECK (verdict IN ('hired_candidate', 'reserved', 'refused', 'withdrew')),
    CONSTRAINT ck_candidate_decided_on_type CHECK (decided_on IS date(decided_on, '+0 days')),
    CONSTRAINT ck_candidate_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_candidate_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_candidate_vacancy ON candidate (vacancy_id, verdict)
""",
    r"""
CREATE TABLE customer (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT,
    kind TEXT,
    region TEXT,
    industry TEXT,
    customer_class TEXT,
    source TEXT,
    staff_id INTEGER,
    owner_since TEXT,
    locked_on TEXT,
    locked_until TEXT,
    bad_on TEXT,
    bad_reason TEXT,
    address TEXT,
    tax_no TEXT,
    credit_limit AMOUNT_INT,
    credit_days BIGINT,
    since TEXT,
    archived_on TEXT,
    archived_reason TEXT,
    note TEXT,
    import_id INTEGER,
    created TEXT,
    pinyin TEXT,
    normal_name TEXT,
    verified_on TEXT,
    verified_by INTEGER,
    next_need TEXT,
    next_service_on TEXT,
    kept_contact_on TEXT,
    kept_next_on TEXT,
    kept_first_order TEXT,
    kept_last_order TEXT,
    kept_order_days BIGINT,
    CONSTRAINT pk_customer PRIMARY KEY (id),
    CONSTRAINT ck_customer_credit_limit_positive CHECK (credit_limit >= 0),
    CONSTRAINT ck_customer_credit_days_range CHECK (credit_days BETWEEN 0 AND 3650),
    CONSTRAINT uq_customer_code UNIQUE (code),
    CONSTRAINT fk_customer_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_customer_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT fk_customer_verified_by_staff FOREIGN KEY(verified_by) REFERENCES staff (id),
    CONSTRAINT ck_customer_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 60),
    CONSTRAINT ck_customer_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_customer_short_name_type CHECK (short_name IS NULL OR typeof(short_name) = 'text' AND length(short_name) BETWEEN 1 AND 80),
    CONSTRAINT ck_customer_kind_type CHECK (kind IS NULL OR typeof(kind) = 'text' AND length(kind) BETWEEN 1 AND 40),
    CONSTRAINT ck_customer_region_type CHECK (region IS NULL OR typeof(region) = 'text' AND length(region) BETWEEN 1 AND 80),
    CONSTRAINT ck_customer_industry_type CHECK (industry IS NULL OR typeof(industry) = 'text' AND length(industry) BETWEEN 1 AND 80),
    CONSTRAINT ck_customer_customer_class_type CHECK (customer_class IS NULL OR typeof(customer_class) = 'text' AND length(customer_class) BETWEEN 1 AND 40),
    CONSTRAINT ck_customer_source_type CHECK (source IS NULL OR typeof(source) = 'text' AND length(source) BETWEEN 1 AND 80),
    CONSTRAINT ck_customer_owner_since_type CHECK (owner_since IS date(owner_since, '+0 days')),
    CONSTRAINT ck_customer_locked_on_type CHECK (locked_on IS date(locked_on, '+0 days')),
    CONSTRAINT ck_customer_locked_until_type CHECK (locked_until IS date(locked_until, '+0 days')),
    CONSTRAINT ck_customer_bad_on_type CHECK (bad_on IS date(bad_on, '+0 days')),
    CONSTRAINT ck_customer_bad_reason_type CHECK (bad_reason IS NULL OR typeof(bad_reason) = 'text' AND length(bad_reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_customer_address_type CHECK (address IS NULL OR typeof(address) = 'text' AND length(address) BETWEEN 1 AND 400),
    CONSTRAINT ck_customer_tax_no_type CHECK (tax_no IS NULL OR typeof(tax_no) = 'text' AND length(tax_no) BETWEEN 1 AND 40),
    CONSTRAINT ck_customer_credit_limit_type CHECK (credit_limit IS NULL OR typeof(credit_limit) = 'integer'),
    CONSTRAINT ck_customer_credit_days_type CHECK (credit_days IS NULL OR typeof(credit_days) = 'integer'),
    CONSTRAINT ck_customer_since_type CHECK (since IS date(since, '+0 days')),
    CONSTRAINT ck_customer_archived_on_type CHECK (archived_on IS date(archived_on, '+0 days')),
    CONSTRAINT ck_customer_archived_reason_type CHECK (archived_reason IS NULL OR typeof(archived_reason) = 'text' AND length(archived_reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_customer_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_customer_created_type CHECK (created IS date(created, '+0 days')),
    CONSTRAINT ck_customer_pinyin_type CHECK (pinyin IS NULL OR typeof(pinyin) = 'text' AND length(pinyin) BETWEEN 1 AND 200),
    CONSTRAINT ck_customer_normal_name_type CHECK (normal_name IS NULL OR typeof(normal_name) = 'text' AND length(normal_name) BETWEEN 1 AND 200),
    CONSTRAINT ck_customer_verified_on_type CHECK (verified_on IS date(verified_on, '+0 days')),
    CONSTRAINT ck_customer_next_need_type CHECK (next_need IS NULL OR typeof(next_need) = 'text' AND length(next_need) BETWEEN 1 AND 4000),
    CONSTRAINT ck_customer_next_service_on_type CHECK (next_service_on IS date(next_service_on, '+0 days')),
    CONSTRAINT ck_customer_kept_contact_on_type CHECK (kept_contact_on IS date(kept_contact_on, '+0 days')),
    CONSTRAINT ck_customer_kept_next_on_type CHECK (kept_next_on IS date(kept_next_on, '+0 days')),
    CONSTRAINT ck_customer_kept_first_order_type CHECK (kept_first_order IS date(kept_first_order, '+0 days')),
    CONSTRAINT ck_customer_kept_last_order_type CHECK (kept_last_order IS date(kept_last_order, '+0 days')),
    CONSTRAINT ck_customer_kept_order_days_type CHECK (kept_order_days IS NULL OR typeof(kept_order_days) = 'integer')
)
""",
    r"""
CREATE INDEX ix_customer_name ON customer (name)
""",
    r"""
CREATE INDEX ix_customer_normal_name ON customer (normal_name)
""",
    r"""
CREATE INDEX ix_customer_pinyin ON customer (pinyin)
""",
    r"""
CREATE INDEX ix_customer_pool ON customer (owner_since DESC, code) WHERE staff_id IS NULL AND archived_on IS NULL
""",
    r"""
CREATE INDEX ix_customer_service ON customer (next_service_on, staff_id)
""",
    r"""
CREATE INDEX ix_customer_short_name ON customer (short_name) WHERE short_name IS NOT NULL
""",
    r"""
CREATE INDEX ix_customer_staff ON customer (staff_id, archived_on, kept_contact_on, kept_next_on, customer_class, owner_since, created, locked_until, kept_first_order, kept_last_order, kept_order_days)
""",
    r"""
CREATE INDEX ix_customer_tax_no ON customer (tax_no)
""",
    r"""
CREATE TABLE licence (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    paper_no TEXT,
    holder TEXT,
    authority TEXT,
    product_id INTEGER,
    staff_id INTEGER NOT NULL,
    valid_from TEXT,
    valid_until TEXT NOT NULL,
    closed_on TEXT,
    note TEXT,
    CONSTRAINT pk_licence PRIMARY KEY (id),
    CONSTRAINT uq_licence_number UNIQUE (number),
    CONSTRAINT fk_licence_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_licence_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_licence_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_licence_kind_type CHECK (kind IN ('business_licence', 'food_permit', 'safety_training', 'entry_permit', 'other_licence')),
    CONSTRAINT ck_licence_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_licence_paper_no_type CHECK (paper_no IS NULL OR typeof(paper_no) = 'text' AND length(paper_no) BETWEEN 1 AND 80),
    CONSTRAINT ck_licence_holder_type CHECK (holder IS NULL OR typeof(holder) = 'text' AND length(holder) BETWEEN 1 AND 200),
    CONSTRAINT ck_licence_authority_type CHECK (authority IS NULL OR typeof(authority) = 'text' AND length(authority) BETWEEN 1 AND 200),
    CONSTRAINT ck_licence_valid_from_type CHECK (valid_from IS date(valid_from, '+0 days')),
    CONSTRAINT ck_licence_valid_until_type CHECK (valid_until IS date(valid_until, '+0 days')),
    CONSTRAINT ck_licence_closed_on_type CHECK (closed_on IS date(closed_on, '+0 days')),
    CONSTRAINT ck_licence_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_licence_until ON licence (valid_until, staff_id)
""",
    r"""
CREATE TABLE meeting_attendance (
    id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    present FLAG_INT DEFAULT 1 NOT NULL,
    reason TEXT,
    CONSTRAINT pk_meeting_attendance PRIMARY KEY (id),
    CONSTRAINT uq_meeting_attendance_meeting_id_staff_id UNIQUE (meeting_id, staff_id),
    CONSTRAINT fk_meeting_attendance_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_attendance_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_meeting_attendance_present_type CHECK (present IN (0, 1)),
    CONSTRAINT ck_meeting_attendance_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE TABLE meeting_problem (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    meeting_id INTEGER,
    solution TEXT,
    solved_on TEXT,
    solved_by INTEGER,
    CONSTRAINT pk_meeting_problem PRIMARY KEY (id),
    CONSTRAINT uq_meeting_problem_number UNIQUE (number),
    CONSTRAINT fk_meeting_problem_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_meeting_problem_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_problem_solved_by_staff FOREIGN KEY(solved_by) REFERENCES staff (id),
    CONSTRAINT ck_meeting_problem_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_meeting_problem_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_meeting_problem_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_meeting_problem_solution_type CHECK (solution IS NULL OR typeof(solution) = 'text' AND length(solution) BETWEEN 1 AND 4000),
    CONSTRAINT ck_meeting_problem_solved_on_type CHECK (solved_on IS date(solved_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_meeting_problem_open ON meeting_problem (solved_on, staff_id)
""",
    r"""
CREATE TABLE notice_read (
    id INTEGER NOT NULL,
    notice_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    CONSTRAINT pk_notice_read PRIMARY KEY (id),
    CONSTRAINT uq_notice_read_notice_id_staff_id UNIQUE (notice_id, staff_id),
    CONSTRAINT fk_notice_read_notice_id_notice FOREIGN KEY(notice_id) REFERENCES notice (id),
    CONSTRAINT fk_notice_read_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_notice_read_day_type CHECK (day IS date(day, '+0 days'))
)
""",
    r"""
CREATE TABLE payable (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    supplier_id INTEGER NOT NULL,
    purchase_id INTEGER,
    date TEXT NOT NULL,
    due_date TEXT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    import_id INTEGER,
    CONSTRAINT pk_payable PRIMARY KEY (id),
    CONSTRAINT ck_payable_amount_something CHECK (amount <> 0),
    CONSTRAINT ck_payable_due_after_date CHECK (due_date >= date),
    CONSTRAINT ck_payable_purchase_unless_opening CHECK ((kind = 'opening') = (purchase_id IS NULL)),
    CONSTRAINT uq_payable_number UNIQUE (number),
    CONSTRAINT fk_payable_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_payable_purchase_id_purchase FOREIGN KEY(purchase_id) REFERENCES purchase (id),
    CONSTRAINT fk_payable_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_payable_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 80),
    CONSTRAINT ck_payable_kind_type CHECK (kind IN ('receipt', 'return', 'opening')),
    CONSTRAINT ck_payable_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_payable_due_date_type CHECK (due_date IS date(due_date, '+0 days')),
    CONSTRAINT ck_payable_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer')
)
""",
    r"""
CREATE INDEX ix_payable_supplier ON payable (supplier_id, due_date)
""",
    r"""
CREATE TABLE payment_plan (
    id INTEGER NOT NULL,
    purchase_id INTEGER NOT NULL,
    due_date TEXT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    CONSTRAINT pk_payment_plan PRIMARY KEY (id),
    CONSTRAINT uq_payment_plan_purchase_id_due_date UNIQUE (purchase_id, due_date),
    CONSTRAINT ck_payment_plan_amount_positive CHECK (amount > 0),
    CONSTRAINT fk_payment_plan_purchase_id_purchase FOREIGN KEY(purchase_id) REFERENCES purchase (id),
    CONSTRAINT ck_payment_plan_due_date_type CHECK (due_date IS date(due_date, '+0 days')),
    CONSTRAINT ck_payment_plan_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer')
)
""",
    r"""
CREATE TABLE praise (
    id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    given_by INTEGER NOT NULL,
    text TEXT NOT NULL,
    reward TEXT,
    meeting_id INTEGER,
    CONSTRAINT pk_praise PRIMARY KEY (id),
    CONSTRAINT ck_praise_praise_other CHECK (staff_id <> given_by),
    CONSTRAINT fk_praise_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_praise_given_by_staff FOREIGN KEY(given_by) REFERENCES staff (id),
    CONSTRAINT fk_praise_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT ck_praise_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_praise_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_praise_reward_type CHECK (reward IS NULL OR typeof(reward) = 'text' AND length(reward) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_praise_staff ON praise (staff_id, day)
""",
    r"""
CREATE TABLE price_change (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    reason TEXT NOT NULL,
    basis TEXT,
    request TEXT,
    notice_days BIGINT NOT NULL,
    decided_on TEXT,
    written_on TEXT,
    import_id INTEGER,
    CONSTRAINT pk_price_change PRIMARY KEY (id),
    CONSTRAINT uq_price_change_number UNIQUE (number),
    CONSTRAINT fk_price_change_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_price_change_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_price_change_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_price_change_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_price_change_state_type CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
    CONSTRAINT ck_price_change_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_price_change_basis_type CHECK (basis IS NULL OR typeof(basis) = 'text' AND length(basis) BETWEEN 1 AND 4000),
    CONSTRAINT ck_price_change_request_type CHECK (request IS NULL OR typeof(request) = 'text' AND length(request) BETWEEN 1 AND 40),
    CONSTRAINT ck_price_change_notice_days_type CHECK (notice_days IS NULL OR typeof(notice_days) = 'integer'),
    CONSTRAINT ck_price_change_decided_on_type CHECK (decided_on IS date(decided_on, '+0 days')),
    CONSTRAINT ck_price_change_written_on_type CHECK (written_on IS date(written_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_price_change_state ON price_change (state, written_on)
""",
    r"""
CREATE TABLE product_faq (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    CONSTRAINT pk_product_faq PRIMARY KEY (id),
    CONSTRAINT fk_product_faq_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_product_faq_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_product_faq_question_type CHECK (question IS NULL OR typeof(question) = 'text' AND length(question) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_faq_answer_type CHECK (answer IS NULL OR typeof(answer) = 'text' AND length(answer) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_faq_day_type CHECK (day IS date(day, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_product_faq_product ON product_faq (product_id, id)
""",
    r"""
CREATE TABLE product_label (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    ingredients TEXT,
    storage TEXT,
    usage TEXT,
    maker TEXT,
    maker_contact TEXT,
    CONSTRAINT pk_product_label PRIMARY KEY (id),
    CONSTRAINT uq_product_label_product_id UNIQUE (product_id),
    CONSTRAINT fk_product_label_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_product_label_ingredients_type CHECK (ingredients IS NULL OR typeof(ingredients) = 'text' AND length(ingredients) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_label_storage_type CHECK (storage IS NULL OR typeof(storage) = 'text' AND length(storage) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_label_usage_type CHECK (usage IS NULL OR typeof(usage) = 'text' AND length(usage) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_label_maker_type CHECK (maker IS NULL OR typeof(maker) = 'text' AND length(maker) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_label_maker_contact_type CHECK (maker_contact IS NULL OR typeof(maker_contact) = 'text' AND length(maker_contact) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE TABLE product_suggestion (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    product_id INTEGER,
    customer TEXT,
    text TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    answer TEXT,
    answered_by INTEGER,
    answered_on TEXT,
    CONSTRAINT pk_product_suggestion PRIMARY KEY (id),
    CONSTRAINT uq_product_suggestion_number UNIQUE (number),
    CONSTRAINT fk_product_suggestion_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_product_suggestion_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_product_suggestion_answered_by_staff FOREIGN KEY(answered_by) REFERENCES staff (id),
    CONSTRAINT ck_product_suggestion_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_product_suggestion_customer_type CHECK (customer IS NULL OR typeof(customer) = 'text' AND length(customer) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_suggestion_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_suggestion_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_product_suggestion_state_type CHECK (state IN ('open', 'taken_up', 'declined')),
    CONSTRAINT ck_product_suggestion_answer_type CHECK (answer IS NULL OR typeof(answer) = 'text' AND length(answer) BETWEEN 1 AND 4000),
    CONSTRAINT ck_product_suggestion_answered_on_type CHECK (answered_on IS date(answered_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_product_suggestion_state ON product_suggestion (state, day)
""",
    r"""
CREATE TABLE promo_check (
    id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    due TEXT NOT NULL,
    task TEXT,
    CONSTRAINT pk_promo_check PRIMARY KEY (id),
    CONSTRAINT fk_promo_check_plan_id_promo_plan FOREIGN KEY(plan_id) REFERENCES promo_plan (id),
    CONSTRAINT fk_promo_check_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_promo_check_kind_type CHECK (kind IN ('material', 'seller_training', 'other_departments')),
    CONSTRAINT ck_promo_check_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 200),
    CONSTRAINT ck_promo_check_due_type CHECK (due IS date(due, '+0 days')),
    CONSTRAINT ck_promo_check_task_type CHECK (task IS NULL OR typeof(task) = 'text' AND length(task) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE INDEX ix_promo_check_plan ON promo_check (plan_id)
""",
    r"""
CREATE TABLE promo_item (
    id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    gift FLAG_INT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_promo_item PRIMARY KEY (id),
    CONSTRAINT uq_promo_item_plan_id_product_id_gift UNIQUE (plan_id, product_id, gift),
    CONSTRAINT ck_promo_item_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_promo_item_plan_id_promo_plan FOREIGN KEY(plan_id) REFERENCES promo_plan (id),
    CONSTRAINT fk_promo_item_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_promo_item_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_promo_item_gift_type CHECK (gift IN (0, 1))
)
""",
    r"""
CREATE TABLE promo_result (
    id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    amount AMOUNT_INT NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    margin AMOUNT_INT,
    customers BIGINT NOT NULL,
    before_amount AMOUNT_INT NOT NULL,
    before_quantity QUANTITY_INT NOT NULL,
    before_margin AMOUNT_INT,
    before_customers BIGINT NOT NULL,
    satisfaction BIGINT,
    before_satisfaction BIGINT,
    lesson TEXT NOT NULL,
    CONSTRAINT pk_promo_result PRIMARY KEY (id),
    CONSTRAINT ck_promo_result_satisfaction_range CHECK (satisfaction BETWEEN 100 AND 500),
    CONSTRAINT fk_promo_result_plan_id_promo_plan FOREIGN KEY(plan_id) REFERENCES promo_plan (id),
    CONSTRAINT fk_promo_result_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_promo_result_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_promo_result_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_promo_result_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_promo_result_margin_type CHECK (margin IS NULL OR typeof(margin) = 'integer'),
    CONSTRAINT ck_promo_result_customers_type CHECK (customers IS NULL OR typeof(customers) = 'integer'),
    CONSTRAINT ck_promo_result_before_amount_type CHECK (before_amount IS NULL OR typeof(before_amount) = 'integer'),
    CONSTRAINT ck_promo_result_before_quantity_type CHECK (before_quantity IS NULL OR typeof(before_quantity) = 'integer'),
    CONSTRAINT ck_promo_result_before_margin_type CHECK (before_margin IS NULL OR typeof(before_margin) = 'integer'),
    CONSTRAINT ck_promo_result_before_customers_type CHECK (before_customers IS NULL OR typeof(before_customers) = 'integer'),
    CONSTRAINT ck_promo_result_satisfaction_type CHECK (satisfaction IS NULL OR typeof(satisfaction) = 'integer'),
    CONSTRAINT ck_promo_result_before_satisfaction_type CHECK (before_satisfaction IS NULL OR typeof(before_satisfaction) = 'integer'),
    CONSTRAINT ck_promo_result_lesson_type CHECK (lesson IS NULL OR typeof(lesson) = 'text' AND length(lesson) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_promo_result_plan ON promo_result (plan_id)
""",
    r"""
CREATE TABLE promo_scope (
    id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    product_id INTEGER,
    value TEXT,
    CONSTRAINT pk_promo_scope PRIMARY KEY (id),
    CONSTRAINT ck_promo_scope_product_named CHECK ((kind = 'product') = (product_id IS NOT NULL)),
    CONSTRAINT ck_promo_scope_value_named CHECK ((kind = 'product') = (value IS NULL)),
    CONSTRAINT fk_promo_scope_plan_id_promo_plan FOREIGN KEY(plan_id) REFERENCES promo_plan (id),
    CONSTRAINT fk_promo_scope_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_promo_scope_kind_type CHECK (kind IN ('product', 'category', 'customer_class', 'channel', 'region')),
    CONSTRAINT ck_promo_scope_value_type CHECK (value IS NULL OR typeof(value) = 'text' AND length(value) BETWEEN 1 AND 80)
)
""",
    r"""
CREATE INDEX ix_promo_scope_plan ON promo_scope (plan_id, kind)
""",
    r"""
CREATE INDEX ix_promo_scope_product ON promo_scope (product_id)
""",
    r"""
CREATE TABLE promo_step (
    id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    threshold AMOUNT_INT NOT NULL,
    amount_off AMOUNT_INT NOT NULL,
    CONSTRAINT pk_promo_step PRIMARY KEY (id),
    CONSTRAINT uq_promo_step_plan_id_threshold UNIQUE (plan_id, threshold),
    CONSTRAINT ck_promo_step_threshold_positive CHECK (threshold > 0),
    CONSTRAINT ck_promo_step_amount_off_share CHECK (amount_off > 0 AND amount_off <= threshold),
    CONSTRAINT fk_promo_step_plan_id_promo_plan FOREIGN KEY(plan_id) REFERENCES promo_plan (id),
    CONSTRAINT ck_promo_step_threshold_type CHECK (threshold IS NULL OR typeof(threshold) = 'integer'),
    CONSTRAINT ck_promo_step_amount_off_type CHECK (amount_off IS NULL OR typeof(amount_off) = 'integer')
)
""",
    r"""
CREATE TABLE purchase_line (
    id INTEGER NOT NULL,
    purchase_id INTEGER NOT NULL,
    line_no BIGINT NOT NULL,
    product_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    unit_price PRICE_INT NOT NULL,
    list_price PRICE_INT,
    CONSTRAINT pk_purchase_line PRIMARY KEY (id),
    CONSTRAINT uq_purchase_line_purchase_id_product_id UNIQUE (purchase_id, product_id),
    CONSTRAINT ck_purchase_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_purchase_line_unit_price_positive CHECK (unit_price >= 0),
    CONSTRAINT fk_purchase_line_purchase_id_purchase FOREIGN KEY(purchase_id) REFERENCES purchase (id),
    CONSTRAINT fk_purchase_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_purchase_line_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_purchase_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_purchase_line_unit_price_type CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
    CONSTRAINT ck_purchase_line_list_price_type CHECK (list_price IS NULL OR typeof(list_price) = 'integer')
)
""",
    r"""
CREATE INDEX ix_purchase_line_product ON purchase_line (product_id)
""",
    r"""
CREATE TABLE purchase_receipt (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    purchase_id INTEGER NOT NULL,
    date TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    reason TEXT,
    CONSTRAINT pk_purchase_receipt PRIMARY KEY (id),
    CONSTRAINT uq_purchase_receipt_number UNIQUE (number),
    CONSTRAINT fk_purchase_receipt_purchase_id_purchase FOREIGN KEY(purchase_id) REFERENCES purchase (id),
    CONSTRAINT fk_purchase_receipt_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_purchase_receipt_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_purchase_receipt_kind_type CHECK (kind IN ('receipt', 'return')),
    CONSTRAINT ck_purchase_receipt_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_purchase_receipt_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_purchase_receipt_purchase ON purchase_receipt (purchase_id, date)
""",
    r"""
CREATE TABLE reservation (
    id INTEGER NOT NULL,
    document TEXT NOT NULL,
    line_no BIGINT NOT NULL,
    product_id INTEGER NOT NULL,
    warehouse_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    day TEXT NOT NULL,
    CONSTRAINT pk_reservation PRIMARY KEY (id),
    CONSTRAINT uq_reservation_document_line_no_warehouse_id UNIQUE (document, line_no, warehouse_id),
    CONSTRAINT ck_reservation_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_reservation_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_reservation_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT ck_reservation_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 80),
    CONSTRAINT ck_reservation_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_reservation_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_reservation_day_type CHECK (day IS date(day, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_reservation_product ON reservation (product_id, warehouse_id)
""",
    r"""
CREATE TABLE rival_price (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    rival TEXT NOT NULL,
    region TEXT,
    day TEXT NOT NULL,
    unit_price PRICE_INT NOT NULL,
    cost PRICE_INT,
    source TEXT,
    note TEXT,
    staff_id INTEGER NOT NULL,
    CONSTRAINT pk_rival_price PRIMARY KEY (id),
    CONSTRAINT ck_rival_price_unit_price_positive CHECK (unit_price > 0),
    CONSTRAINT ck_rival_price_cost_positive CHECK (cost >= 0),
    CONSTRAINT fk_rival_price_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_rival_price_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_rival_price_rival_type CHECK (rival IS NULL OR typeof(rival) = 'text' AND length(rival) BETWEEN 1 AND 80),
    CONSTRAINT ck_rival_price_region_type CHECK (region IS NULL OR typeof(region) = 'text' AND length(region) BETWEEN 1 AND 80),
    CONSTRAINT ck_rival_price_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_rival_price_unit_price_type CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
    CONSTRAINT ck_rival_price_cost_type CHECK (cost IS NULL OR typeof(cost) = 'integer'),
    CONSTRAINT ck_rival_price_source_type CHECK (source IS NULL OR typeof(source) = 'text' AND length(source) BETWEEN 1 AND 200),
    CONSTRAINT ck_rival_price_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_rival_price_product ON rival_price (product_id, day)
""",
    r"""
CREATE TABLE stock_item (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    warehouse_id INTEGER NOT NULL,
    kept_quantity QUANTITY_INT DEFAULT 0 NOT NULL,
    kept_value AMOUNT_INT,
    CONSTRAINT pk_stock_item PRIMARY KEY (id),
    CONSTRAINT uq_stock_item_product_id_warehouse_id UNIQUE (product_id, warehouse_id),
    CONSTRAINT ck_stock_item_quantity_not_negative CHECK (kept_quantity >= 0),
    CONSTRAINT fk_stock_item_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_stock_item_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT ck_stock_item_kept_quantity_type CHECK (kept_quantity IS NULL OR typeof(kept_quantity) = 'integer'),
    CONSTRAINT ck_stock_item_kept_value_type CHECK (kept_value IS NULL OR typeof(kept_value) = 'integer')
)
""",
    r"""
CREATE TABLE stock_level (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    warehouse_id INTEGER NOT NULL,
    least QUANTITY_INT,
    most QUANTITY_INT,
    safety QUANTITY_INT,
    lead_days BIGINT,
    location TEXT,
    CONSTRAINT pk_stock_level PRIMARY KEY (id),
    CONSTRAINT uq_stock_level_product_id_warehouse_id UNIQUE (product_id, warehouse_id),
    CONSTRAINT ck_stock_level_levels_in_order CHECK (least >= 0 AND most >= least),
    CONSTRAINT ck_stock_level_lead_days_positive CHECK (lead_days >= 0),
    CONSTRAINT fk_stock_level_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_stock_level_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT ck_stock_level_least_type CHECK (least IS NULL OR typeof(least) = 'integer'),
    CONSTRAINT ck_stock_level_most_type CHECK (most IS NULL OR typeof(most) = 'integer'),
    CONSTRAINT ck_stock_level_safety_type CHECK (safety IS NULL OR typeof(safety) = 'integer'),
    CONSTRAINT ck_stock_level_lead_days_type CHECK (lead_days IS NULL OR typeof(lead_days) = 'integer'),
    CONSTRAINT ck_stock_level_location_type CHECK (location IS NULL OR typeof(location) = 'text' AND length(location) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE TABLE stock_move (
    id INTEGER NOT NULL,
    date TEXT NOT NULL,
    kind TEXT NOT NULL,
    product_id INTEGER NOT NULL,
    warehouse_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    unit_cost PRICE_INT,
    value AMOUNT_INT,
    document TEXT,
    line_no BIGINT,
    reason TEXT,
    staff_id INTEGER,
    import_id INTEGER,
    CONSTRAINT pk_stock_move PRIMARY KEY (id),
    CONSTRAINT ck_stock_move_moves_something CHECK (quantity <> 0 OR kind = 'opening'),
    CONSTRAINT fk_stock_move_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_stock_move_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT fk_stock_move_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_stock_move_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_stock_move_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_stock_move_kind_type CHECK (kind IN ('opening', 'goods_receipt', 'delivery', 'return', 'transfer', 'adjustment', 'count', 'assembly', 'reversal')),
    CONSTRAINT ck_stock_move_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_stock_move_unit_cost_type CHECK (unit_cost IS NULL OR typeof(unit_cost) = 'integer'),
    CONSTRAINT ck_stock_move_value_type CHECK (value IS NULL OR typeof(value) = 'integer'),
    CONSTRAINT ck_stock_move_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 80),
    CONSTRAINT ck_stock_move_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_stock_move_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_stock_move_document ON stock_move (document)
""",
    r"""
CREATE INDEX ix_stock_move_product ON stock_move (product_id, warehouse_id, date, id, quantity, value)
""",
    r"""
CREATE TABLE supplier_payment (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    supplier_id INTEGER NOT NULL,
    purchase_id INTEGER,
    date TEXT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    method TEXT,
    account TEXT,
    note TEXT,
    staff_id INTEGER NOT NULL,
    CONSTRAINT pk_supplier_payment PRIMARY KEY (id),
    CONSTRAINT ck_supplier_payment_amount_positive CHECK (amount > 0),
    CONSTRAINT uq_supplier_payment_number UNIQUE (number),
    CONSTRAINT fk_supplier_payment_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_supplier_payment_purchase_id_purchase FOREIGN KEY(purchase_id) REFERENCES purchase (id),
    CONSTRAINT fk_supplier_payment_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_supplier_payment_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_supplier_payment_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_supplier_payment_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_supplier_payment_method_type CHECK (method IS NULL OR typeof(method) = 'text' AND length(method) BETWEEN 1 AND 40),
    CONSTRAINT ck_supplier_payment_account_type CHECK (account IS NULL OR typeof(account) = 'text' AND length(account) BETWEEN 1 AND 80),
    CONSTRAINT ck_supplier_payment_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_supplier_payment_purchase_id ON supplier_payment (purchase_id)
""",
    r"""
CREATE INDEX ix_supplier_payment_supplier ON supplier_payment (supplier_id, date)
""",
    r"""
CREATE TABLE supplier_price (
    id INTEGER NOT NULL,
    supplier_id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    min_qty QUANTITY_INT DEFAULT 0 NOT NULL,
    unit_price PRICE_INT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    import_id INTEGER,
    CONSTRAINT pk_supplier_price PRIMARY KEY (id),
    CONSTRAINT uq_supplier_price_supplier_id_product_id_min_qty_valid_from UNIQUE (supplier_id, product_id, min_qty, valid_from),
    CONSTRAINT ck_supplier_price_min_qty_positive CHECK (min_qty >= 0),
    CONSTRAINT ck_supplier_price_unit_price_positive CHECK (unit_price >= 0),
    CONSTRAINT ck_supplier_price_dates_in_order CHECK (valid_to >= valid_from),
    CONSTRAINT fk_supplier_price_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_supplier_price_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_supplier_price_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_supplier_price_min_qty_type CHECK (min_qty IS NULL OR typeof(min_qty) = 'integer'),
    CONSTRAINT ck_supplier_price_unit_price_type CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
    CONSTRAINT ck_supplier_price_valid_from_type CHECK (valid_from IS date(valid_from, '+0 days')),
    CONSTRAINT ck_supplier_price_valid_to_type CHECK (valid_to IS date(valid_to, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_supplier_price_product ON supplier_price (product_id)
""",
    r"""
CREATE TABLE transfer_line (
    id INTEGER NOT NULL,
    transfer_id INTEGER NOT NULL,
    line_no BIGINT NOT NULL,
    product_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    unit_cost PRICE_INT,
    CONSTRAINT pk_transfer_line PRIMARY KEY (id),
    CONSTRAINT ck_transfer_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_transfer_line_transfer_id_transfer FOREIGN KEY(transfer_id) REFERENCES transfer (id),
    CONSTRAINT fk_transfer_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_transfer_line_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_transfer_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_transfer_line_unit_cost_type CHECK (unit_cost IS NULL OR typeof(unit_cost) = 'integer')
)
""",
    r"""
CREATE INDEX ix_transfer_line_transfer ON transfer_line (transfer_id)
""",
    r"""
CREATE TABLE trip_report (
    id INTEGER NOT NULL,
    trip_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    filed_on TEXT NOT NULL,
    filed_at TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_trip_report PRIMARY KEY (id),
    CONSTRAINT uq_trip_report_trip_id_day UNIQUE (trip_id, day),
    CONSTRAINT fk_trip_report_trip_id_trip FOREIGN KEY(trip_id) REFERENCES trip (id),
    CONSTRAINT ck_trip_report_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_trip_report_filed_on_type CHECK (filed_on IS date(filed_on, '+0 days')),
    CONSTRAINT ck_trip_report_filed_at_type CHECK (filed_at IS NULL OR typeof(filed_at) = 'text' AND length(filed_at) BETWEEN 1 AND 5),
    CONSTRAINT ck_trip_report_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE TABLE account_review (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    participants TEXT,
    problems TEXT,
    solution TEXT,
    "plan" TEXT NOT NULL,
    next_on TEXT,
    CONSTRAINT pk_account_review PRIMARY KEY (id),
    CONSTRAINT uq_account_review_number UNIQUE (number),
    CONSTRAINT fk_account_review_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_account_review_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_account_review_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_account_review_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_account_review_participants_type CHECK (participants IS NULL OR typeof(participants) = 'text' AND length(participants) BETWEEN 1 AND 400),
    CONSTRAINT ck_account_review_problems_type CHECK (problems IS NULL OR typeof(problems) = 'text' AND length(problems) BETWEEN 1 AND 4000),
    CONSTRAINT ck_account_review_solution_type CHECK (solution IS NULL OR typeof(solution) = 'text' AND length(solution) BETWEEN 1 AND 4000),
    CONSTRAINT ck_account_review_plan_type CHECK (plan IS NULL OR typeof(plan) = 'text' AND length(plan) BETWEEN 1 AND 4000),
    CONSTRAINT ck_account_review_next_on_type CHECK (next_on IS date(next_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_account_review_customer ON account_review (customer_id, day)
""",
    r"""
CREATE TABLE agent (
    id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_agent PRIMARY KEY (id),
    CONSTRAINT uq_agent_customer_id UNIQUE (customer_id),
    CONSTRAINT fk_agent_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_agent_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_agent_since_type CHECK (since IS date(since, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_agent_staff_id ON agent (staff_id)
""",
    r"""
CREATE TABLE asset (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    product_id INTEGER,
    name TEXT NOT NULL,
    serial TEXT,
    bought TEXT,
    warranty_until TEXT,
    service_months BIGINT,
    next_service TEXT,
    note TEXT,
    CONSTRAINT pk_asset PRIMARY KEY (id),
    CONSTRAINT ck_asset_service_months_positive CHECK (service_months > 0),
    CONSTRAINT uq_asset_number UNIQUE (number),
    CONSTRAINT fk_asset_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_asset_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_asset_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_asset_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_asset_serial_type CHECK (serial IS NULL OR typeof(serial) = 'text' AND length(serial) BETWEEN 1 AND 80),
    CONSTRAINT ck_asset_bought_type CHECK (bought IS date(bought, '+0 days')),
    CONSTRAINT ck_asset_warranty_until_type CHECK (warranty_until IS date(warranty_until, '+0 days')),
    CONSTRAINT ck_asset_service_months_type CHECK (service_months IS NULL OR typeof(service_months) = 'integer'),
    CONSTRAINT ck_asset_next_service_type CHECK (next_service IS date(next_service, '+0 days')),
    CONSTRAINT ck_asset_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_asset_customer ON asset (customer_id)
""",
    r"""
CREATE INDEX ix_asset_next ON asset (next_service) WHERE next_service IS NOT NULL
""",
    r"""
CREATE INDEX ix_asset_serial ON asset (serial)
""",
    r"""
CREATE TABLE batch_item (
    id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    warehouse_id INTEGER NOT NULL,
    kept_quantity QUANTITY_INT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_batch_item PRIMARY KEY (id),
    CONSTRAINT uq_batch_item_batch_id_warehouse_id UNIQUE (batch_id, warehouse_id),
    CONSTRAINT ck_batch_item_quantity_not_negative CHECK (kept_quantity >= 0),
    CONSTRAINT fk_batch_item_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_batch_item_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT ck_batch_item_kept_quantity_type CHECK (kept_quantity IS NULL OR typeof(kept_quantity) = 'integer')
)
""",
    r"""
CREATE TABLE batch_move (
    id INTEGER NOT NULL,
    move_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    CONSTRAINT pk_batch_move PRIMARY KEY (id),
    CONSTRAINT ck_batch_move_moves_something CHECK (quantity <> 0),
    CONSTRAINT fk_batch_move_move_id_stock_move FOREIGN KEY(move_id) REFERENCES stock_move (id),
    CONSTRAINT fk_batch_move_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT ck_batch_move_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer')
)
""",
    r"""
CREATE INDEX ix_batch_move_batch ON batch_move (batch_id, move_id, quantity)
""",
    r"""
CREATE INDEX ix_batch_move_move ON batch_move (move_id, batch_id, quantity)
""",
    r"""
CREATE TABLE candidate_trial (
    id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    trial TEXT NOT NULL,
    score BIGINT NOT NULL,
    day TEXT NOT NULL,
    tested_by INTEGER,
    note TEXT,
    CONSTRAINT pk_candidate_trial PRIMARY KEY (id),
    CONSTRAINT uq_candidate_trial_candidate_id_trial UNIQUE (candidate_id, trial),
    CONSTRAINT ck_candidate_trial_score_range CHECK (score BETWEEN 0 AND 100),
    CONSTRAINT fk_candidate_trial_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_candidate_trial_tested_by_staff FOREIGN KEY(tested_by) REFERENCES staff (id),
    CONSTRAINT ck_candidate_trial_trial_type CHECK (trial IN ('screening', 'interview', 'role_play')),
    CONSTRAINT ck_candidate_trial_score_type CHECK (score IS NULL OR typeof(score) = 'integer'),
    CONSTRAINT ck_candidate_trial_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_candidate_trial_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE TABLE contact (
    id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    main FLAG_INT DEFAULT 0 NOT NULL,
    name TEXT,
    pinyin TEXT,
    post TEXT,
    phone TEXT,
    normal_phone TEXT,
    email TEXT,
    birthday TEXT,
    lunar_birthday TEXT,
    consent_on TEXT,
    note TEXT,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT ck_contact_reachable CHECK (coalesce(name, phone, email) IS NOT NULL),
    CONSTRAINT ck_contact_birthday_shape CHECK (birthday LIKE '____-__-__' OR birthday LIKE '__-__'),
    CONSTRAINT fk_contact_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT ck_contact_main_type CHECK (main IN (0, 1)),
    CONSTRAINT ck_contact_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_contact_pinyin_type CHECK (pinyin IS NULL OR typeof(pinyin) = 'text' AND length(pinyin) BETWEEN 1 AND 200),
    CONSTRAINT ck_contact_post_type CHECK (post IS NULL OR typeof(post) = 'text' AND length(post) BETWEEN 1 AND 80),
    CONSTRAINT ck_contact_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_contact_normal_phone_type CHECK (normal_phone IS NULL OR typeof(normal_phone) = 'text' AND length(normal_phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_contact_email_type CHECK (email IS NULL OR typeof(email) = 'text' AND length(email) BETWEEN 1 AND 200),
    CONSTRAINT ck_contact_birthday_type CHECK (birthday IS NULL OR typeof(birthday) = 'text' AND length(birthday) BETWEEN 1 AND 10),
    CONSTRAINT ck_contact_lunar_birthday_type CHECK (lunar_birthday IS NULL OR typeof(lunar_birthday) = 'text' AND length(lunar_birthday) BETWEEN 1 AND 5),
    CONSTRAINT ck_contact_consent_on_type CHECK (consent_on IS date(consent_on, '+0 days')),
    CONSTRAINT ck_contact_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_contact_birthday ON contact (substr(birthday, length(birthday) - 4, 5)) WHERE birthday IS NOT NULL
""",
    r"""
CREATE INDEX ix_contact_customer ON contact (customer_id)
""",
    r"""
CREATE INDEX ix_contact_lunar_birthday ON contact (lunar_birthday) WHERE lunar_birthday IS NOT NULL
""",
    r"""
CREATE INDEX ix_contact_name ON contact (name)
""",
    r"""
CREATE INDEX ix_contact_normal_phone ON contact (normal_phone)
""",
    r"""
CREATE INDEX ix_contact_phone ON contact (phone)
""",
    r"""
CREATE INDEX ix_contact_pinyin ON contact (pinyin)
""",
    r"""
CREATE UNIQUE INDEX uq_contact_main ON contact (customer_id) WHERE main = 1
""",
    r"""
CREATE TABLE contract (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT DEFAULT 'sale' NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    origin TEXT,
    channel TEXT,
    territory TEXT,
    version BIGINT DEFAULT 1 NOT NULL,
    in_force BIGINT,
    site_ok FLAG_INT DEFAULT 0 NOT NULL,
    scope_ok FLAG_INT DEFAULT 0 NOT NULL,
    spec_ok FLAG_INT DEFAULT 0 NOT NULL,
    design_ok FLAG_INT DEFAULT 0 NOT NULL,
    signed_on TEXT,
    ended_on TEXT,
    end_reason TEXT,
    CONSTRAINT pk_contract PRIMARY KEY (id),
    CONSTRAINT ck_contract_in_force_known CHECK (in_force <= version),
    CONSTRAINT uq_contract_number UNIQUE (number),
    CONSTRAINT fk_contract_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_contract_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_contract_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_contract_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_contract_kind_type CHECK (kind IN ('sale', 'wholesale', 'dealer', 'partner', 'supply')),
    CONSTRAINT ck_contract_origin_type CHECK (origin IS NULL OR typeof(origin) = 'text' AND length(origin) BETWEEN 1 AND 80),
    CONSTRAINT ck_contract_channel_type CHECK (channel IS NULL OR typeof(channel) = 'text' AND length(channel) BETWEEN 1 AND 40),
    CONSTRAINT ck_contract_territory_type CHECK (territory IS NULL OR typeof(territory) = 'text' AND length(territory) BETWEEN 1 AND 200),
    CONSTRAINT ck_contract_version_type CHECK (version IS NULL OR typeof(version) = 'integer'),
    CONSTRAINT ck_contract_in_force_type CHECK (in_force IS NULL OR typeof(in_force) = 'integer'),
    CONSTRAINT ck_contract_site_ok_type CHECK (site_ok IN (0, 1)),
    CONSTRAINT ck_contract_scope_ok_type CHECK (scope_ok IN (0, 1)),
    CONSTRAINT ck_contract_spec_ok_type CHECK (spec_ok IN (0, 1)),
    CONSTRAINT ck_contract_design_ok_type CHECK (design_ok IN (0, 1)),
    CONSTRAINT ck_contract_signed_on_type CHECK (signed_on IS date(signed_on, '+0 days')),
    CONSTRAINT ck_contract_ended_on_type CHECK (ended_on IS date(ended_on, '+0 days')),
    CONSTRAINT ck_contract_end_reason_type CHECK (end_reason IS NULL OR typeof(end_reason) = 'text' AND length(end_reason) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_contract_customer ON contract (customer_id, day)
""",
    r"""
CREATE INDEX ix_contract_origin ON contract (origin)
""",
    r"""
CREATE INDEX ix_contract_signed ON contract (signed_on, staff_id)
""",
    r"""
CREATE INDEX ix_contract_staff ON contract (staff_id, day)
""",
    r"""
CREATE TABLE customer_alias (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    normal_name TEXT,
    customer_id INTEGER NOT NULL,
    merged_on TEXT NOT NULL,
    CONSTRAINT pk_customer_alias PRIMARY KEY (id),
    CONSTRAINT uq_customer_alias_code UNIQUE (code),
    CONSTRAINT fk_customer_alias_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT ck_customer_alias_code_type CHECK (code IS NULL OR typeof(code) = 'text' AND length(code) BETWEEN 1 AND 60),
    CONSTRAINT ck_customer_alias_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_customer_alias_normal_name_type CHECK (normal_name IS NULL OR typeof(normal_name) = 'text' AND length(normal_name) BETWEEN 1 AND 200),
    CONSTRAINT ck_customer_alias_merged_on_type CHECK (merged_on IS date(merged_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_customer_alias_customer ON customer_alias (customer_id)
""",
    r"""
CREATE INDEX ix_customer_alias_normal_name ON customer_alias (normal_name)
""",
    r"""
CREATE TABLE customer_tag (
    id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    tag TEXT NOT NULL,
    CONSTRAINT pk_customer_tag PRIMARY KEY (id),
    CONSTRAINT uq_customer_tag_customer_id_tag UNIQUE (customer_id, tag),
    CONSTRAINT fk_customer_tag_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT ck_customer_tag_tag_type CHECK (tag IS NULL OR typeof(tag) = 'text' AND length(tag) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE INDEX ix_customer_tag_tag ON customer_tag (tag, customer_id)
""",
    r"""
CREATE TABLE interaction (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    time TEXT,
    channel TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    customer_id INTEGER,
    lead_number TEXT,
    contact TEXT,
    purpose TEXT,
    preparation TEXT,
    content TEXT,
    need TEXT,
    feedback TEXT,
    problem TEXT,
    complaint TEXT,
    next_step TEXT,
    next_on TEXT,
    minutes BIGINT,
    joint_id INTEGER,
    trip TEXT,
    document TEXT,
    in_depth FLAG_INT DEFAULT 1 NOT NULL,
    review TEXT DEFAULT 'recorded' NOT NULL,
    reviewed_by INTEGER,
    reviewed_on TEXT,
    review_note TEXT,
    entered TEXT NOT NULL,
    entered_by INTEGER,
    import_id INTEGER,
    CONSTRAINT pk_interaction PRIMARY KEY (id),
    CONSTRAINT ck_interaction_somebody CHECK (customer_id IS NOT NULL OR lead_number IS NOT NULL),
    CONSTRAINT ck_interaction_minutes_positive CHECK (minutes >= 0),
    CONSTRAINT uq_interaction_number UNIQUE (number),
    CONSTRAINT fk_interaction_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_interaction_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_interaction_joint_id_staff FOREIGN KEY(joint_id) REFERENCES staff (id),
    CONSTRAINT fk_interaction_reviewed_by_staff FOREIGN KEY(reviewed_by) REFERENCES staff (id),
    CONSTRAINT fk_interaction_entered_by_staff FOREIGN KEY(entered_by) REFERENCES staff (id),
    CONSTRAINT fk_interaction_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_interaction_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_interaction_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_interaction_time_type CHECK (time IS NULL OR typeof(time) = 'text' AND length(time) BETWEEN 1 AND 5),
    CONSTRAINT ck_interaction_channel_type CHECK (channel IN ('visit', 'call', 'message', 'meeting', 'reception', 'after_sales', 'other')),
    CONSTRAINT ck_interaction_lead_number_type CHECK (lead_number IS NULL OR typeof(lead_number) = 'text' AND length(lead_number) BETWEEN 1 AND 40),
    CONSTRAINT ck_interaction_contact_type CHECK (contact IS NULL OR typeof(contact) = 'text' AND length(contact) BETWEEN 1 AND 80),
    CONSTRAINT ck_interaction_purpose_type CHECK (purpose IS NULL OR typeof(purpose) = 'text' AND length(purpose) BETWEEN 1 AND 200),
    CONSTRAINT ck_interaction_preparation_type CHECK (preparation IS NULL OR typeof(preparation) = 'text' AND length(preparation) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_content_type CHECK (content IS NULL OR typeof(content) = 'text' AND length(content) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_need_type CHECK (need IS NULL OR typeof(need) = 'text' AND length(need) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_feedback_type CHECK (feedback IS NULL OR typeof(feedback) = 'text' AND length(feedback) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_problem_type CHECK (problem IS NULL OR typeof(problem) = 'text' AND length(problem) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_complaint_type CHECK (complaint IS NULL OR typeof(complaint) = 'text' AND length(complaint) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_next_step_type CHECK (next_step IS NULL OR typeof(next_step) = 'text' AND length(next_step) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_next_on_type CHECK (next_on IS date(next_on, '+0 days')),
    CONSTRAINT ck_interaction_minutes_type CHECK (minutes IS NULL OR typeof(minutes) = 'integer'),
    CONSTRAINT ck_interaction_trip_type CHECK (trip IS NULL OR typeof(trip) = 'text' AND length(trip) BETWEEN 1 AND 40),
    CONSTRAINT ck_interaction_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 80),
    CONSTRAINT ck_interaction_in_depth_type CHECK (in_depth IN (0, 1)),
    CONSTRAINT ck_interaction_review_type CHECK (review IN ('recorded', 'accepted', 'rejected')),
    CONSTRAINT ck_interaction_reviewed_on_type CHECK (reviewed_on IS date(reviewed_on, '+0 days')),
    CONSTRAINT ck_interaction_review_note_type CHECK (review_note IS NULL OR typeof(review_note) = 'text' AND length(review_note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_interaction_entered_type CHECK (entered IS date(entered, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_interaction_behalf ON interaction (entered_by) WHERE review = 'recorded' AND channel = 'visit' AND entered_by <> staff_id
""",
    r"""
CREATE INDEX ix_interaction_customer ON interaction (customer_id, day)
""",
    r"""
CREATE INDEX ix_interaction_day ON interaction (day)
""",
    r"""
CREATE INDEX ix_interaction_joint ON interaction (staff_id, day, channel, review) WHERE joint_id IS NOT NULL
""",
    r"""
CREATE INDEX ix_interaction_lead ON interaction (lead_number, day)
""",
    r"""
CREATE INDEX ix_interaction_staff ON interaction (staff_id, day, channel, review, customer_id, lead_number, in_depth)
""",
    r"""
CREATE INDEX ix_interaction_trip ON interaction (trip) WHERE trip IS NOT NULL
""",
    r"""
CREATE INDEX ix_interaction_waiting ON interaction (staff_id, day) WHERE review = 'recorded' AND channel = 'visit'
""",
    r"""
CREATE TABLE investigation (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    reported_to INTEGER,
    profile TEXT,
    rivals TEXT,
    relation TEXT,
    history TEXT,
    head TEXT,
    character TEXT,
    capital TEXT,
    banks TEXT,
    staff_count BIGINT,
    output TEXT,
    ability TEXT,
    rival_deals TEXT,
    business TEXT,
    CONSTRAINT pk_investigation PRIMARY KEY (id),
    CONSTRAINT ck_investigation_staff_count_positive CHECK (staff_count >= 0),
    CONSTRAINT uq_investigation_number UNIQUE (number),
    CONSTRAINT fk_investigation_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_investigation_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_investigation_reported_to_staff FOREIGN KEY(reported_to) REFERENCES staff (id),
    CONSTRAINT ck_investigation_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_investigation_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_investigation_profile_type CHECK (profile IS NULL OR typeof(profile) = 'text' AND length(profile) BETWEEN 1 AND 4000),
    CONSTRAINT ck_investigation_rivals_type CHECK (rivals IS NULL OR typeof(rivals) = 'text' AND length(rivals) BETWEEN 1 AND 4000),
    CONSTRAINT ck_investigation_relation_type CHECK (relation IS NULL OR typeof(relation) = 'text' AND length(relation) BETWEEN 1 AND 4000),
    CONSTRAINT ck_investigation_history_type CHECK (history IS NULL OR typeof(history) = 'text' AND length(history) BETWEEN 1 AND 4000),
    CONSTRAINT ck_investigation_head_type CHECK (head IS NULL OR typeof(head) = 'text' AND length(head) BETWEEN 1 AND 200),
    CONSTRAINT ck_investigation_character_type CHECK (character IS NULL OR typeof(character) = 'text' AND length(character) BETWEEN 1 AND 4000),
    CONSTRAINT ck_investigation_capital_type CHECK (capital IS NULL OR typeof(capital) = 'text' AND length(capital) BETWEEN 1 AND 200),
    CONSTRAINT ck_investigation_banks_type CHECK (banks IS NULL OR typeof(banks) = 'text' AND length(banks) BETWEEN 1 AND 200),
    CONSTRAINT ck_investigation_staff_count_type CHECK (staff_count IS NULL OR typeof(staff_count) = 'integer'),
    CONSTRAINT ck_investigation_output_type CHECK (output IS NULL OR typeof(output) = 'text' AND length(output) BETWEEN 1 AND 200),
    CONSTRAINT ck_investigation_ability_type CHECK (ability IS NULL OR typeof(ability) = 'text' AND length(ability) BETWEEN 1 AND 4000),
    CONSTRAINT ck_investigation_rival_deals_type CHECK (rival_deals IS NULL OR typeof(rival_deals) = 'text' AND length(rival_deals) BETWEEN 1 AND 4000),
    CONSTRAINT ck_investigation_business_type CHECK (business IS NULL OR typeof(business) = 'text' AND length(business) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_investigation_customer ON investigation (customer_id, day)
""",
    r"""
CREATE TABLE lead (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    normal_name TEXT,
    pinyin TEXT,
    company TEXT,
    phone TEXT,
    normal_phone TEXT,
    tax_no TEXT,
    source TEXT,
    region TEXT,
    staff_id INTEGER,
    filed_by INTEGER,
    assigned_by INTEGER,
    created TEXT NOT NULL,
    state TEXT DEFAULT 'new' NOT NULL,
    stage TEXT DEFAULT 'develop' NOT NULL,
    stage_since TEXT NOT NULL,
    intent TEXT,
    need TEXT,
    spec TEXT,
    quantity TEXT,
    use TEXT,
    pain TEXT,
    equipment TEXT,
    solution TEXT,
    amount AMOUNT_INT,
    expected TEXT,
    next_on TEXT,
    customer_id INTEGER,
    lost_reason TEXT,
    alternative TEXT,
    duplicate_of TEXT,
    closed TEXT,
    owner_since TEXT,
    locked_on TEXT,
    locked_until TEXT,
    note TEXT,
    import_id INTEGER,
    CONSTRAINT pk_lead PRIMARY KEY (id),
    CONSTRAINT ck_lead_amount_positive CHECK (amount >= 0),
    CONSTRAINT uq_lead_number UNIQUE (number),
    CONSTRAINT fk_lead_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_lead_filed_by_staff FOREIGN KEY(filed_by) REFERENCES staff (id),
    CONSTRAINT fk_lead_assigned_by_staff FOREIGN KEY(assigned_by) REFERENCES staff (id),
    CONSTRAINT fk_lead_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_lead_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_lead_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_lead_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_normal_name_type CHECK (normal_name IS NULL OR typeof(normal_name) = 'text' AND length(normal_name) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_pinyin_type CHECK (pinyin IS NULL OR typeof(pinyin) = 'text' AND length(pinyin) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_company_type CHECK (company IS NULL OR typeof(company) = 'text' AND length(company) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_lead_normal_phone_type CHECK (normal_phone IS NULL OR typeof(normal_phone) = 'text' AND length(normal_phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_lead_tax_no_type CHECK (tax_no IS NULL OR typeof(tax_no) = 'text' AND length(tax_no) BETWEEN 1 AND 40),
    CONSTRAINT ck_lead_source_type CHECK (source IS NULL OR typeof(source) = 'text' AND length(source) BETWEEN 1 AND 40),
    CONSTRAINT ck_lead_region_type CHECK (region IS NULL OR typeof(region) = 'text' AND length(region) BETWEEN 1 AND 80),
    CONSTRAINT ck_lead_created_type CHECK (created IS date(created, '+0 days')),
    CONSTRAINT ck_lead_state_type CHECK (state IN ('new', 'screened', 'target', 'contacted', 'appointed', 'converted', 'lost', 'invalid', 'duplicate')),
    CONSTRAINT ck_lead_stage_type CHECK (stage IN ('develop', 'need', 'value', 'negotiate', 'deliver', 'won', 'lost', 'paused')),
    CONSTRAINT ck_lead_stage_since_type CHECK (stage_since IS date(stage_since, '+0 days')),
    CONSTRAINT ck_lead_intent_type CHECK (intent IN ('low', 'middle', 'high')),
    CONSTRAINT ck_lead_need_type CHECK (need IS NULL OR typeof(need) = 'text' AND length(need) BETWEEN 1 AND 4000),
    CONSTRAINT ck_lead_spec_type CHECK (spec IS NULL OR typeof(spec) = 'text' AND length(spec) BETWEEN 1 AND 4000),
    CONSTRAINT ck_lead_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'text' AND length(quantity) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_use_type CHECK (use IS NULL OR typeof(use) = 'text' AND length(use) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_pain_type CHECK (pain IS NULL OR typeof(pain) = 'text' AND length(pain) BETWEEN 1 AND 4000),
    CONSTRAINT ck_lead_equipment_type CHECK (equipment IS NULL OR typeof(equipment) = 'text' AND length(equipment) BETWEEN 1 AND 4000),
    CONSTRAINT ck_lead_solution_type CHECK (solution IS NULL OR typeof(solution) = 'text' AND length(solution) BETWEEN 1 AND 4000),
    CONSTRAINT ck_lead_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_lead_expected_type CHECK (expected IS date(expected, '+0 days')),
    CONSTRAINT ck_lead_next_on_type CHECK (next_on IS date(next_on, '+0 days')),
    CONSTRAINT ck_lead_lost_reason_type CHECK (lost_reason IS NULL OR typeof(lost_reason) = 'text' AND length(lost_reason) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_alternative_type CHECK (alternative IS NULL OR typeof(alternative) = 'text' AND length(alternative) BETWEEN 1 AND 200),
    CONSTRAINT ck_lead_duplicate_of_type CHECK (duplicate_of IS NULL OR typeof(duplicate_of) = 'text' AND length(duplicate_of) BETWEEN 1 AND 40),
    CONSTRAINT ck_lead_closed_type CHECK (closed IS date(closed, '+0 days')),
    CONSTRAINT ck_lead_owner_since_type CHECK (owner_since IS date(owner_since, '+0 days')),
    CONSTRAINT ck_lead_locked_on_type CHECK (locked_on IS date(locked_on, '+0 days')),
    CONSTRAINT ck_lead_locked_until_type CHECK (locked_until IS date(locked_until, '+0 days')),
    CONSTRAINT ck_lead_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_lead_closed ON lead (closed, stage) WHERE closed IS NOT NULL
""",
    r"""
CREATE INDEX ix_lead_created ON lead (created, source)
""",
    r"""
CREATE INDEX ix_lead_customer ON lead (customer_id)
""",
    r"""
CREATE INDEX ix_lead_due ON lead (staff_id, next_on) WHERE closed IS NULL
""",
    r"""
CREATE INDEX ix_lead_name ON lead (normal_name)
""",
    r"""
CREATE INDEX ix_lead_next ON lead (next_on) WHERE closed IS NULL
""",
    r"""
CREATE INDEX ix_lead_open ON lead (stage, staff_id, amount) WHERE closed IS NULL
""",
    r"""
CREATE INDEX ix_lead_person ON lead (name)
""",
    r"""
CREATE INDEX ix_lead_phone ON lead (normal_phone)
""",
    r"""
CREATE INDEX ix_lead_pinyin ON lead (pinyin)
""",
    r"""
CREATE INDEX ix_lead_pool ON lead (owner_since DESC, number) WHERE staff_id IS NULL AND closed IS NULL
""",
    r"""
CREATE INDEX ix_lead_sorted_out ON lead (created) WHERE state IN ('invalid', 'duplicate')
""",
    r"""
CREATE INDEX ix_lead_staff ON lead (staff_id, state)
""",
    r"""
CREATE INDEX ix_lead_stall ON lead (stage_since, staff_id) WHERE closed IS NULL
""",
    r"""
CREATE INDEX ix_lead_tax_no ON lead (tax_no)
""",
    r"""
CREATE TABLE owner_change (
    id INTEGER NOT NULL,
    day TEXT NOT NULL,
    customer_id INTEGER,
    lead_number TEXT,
    former_id INTEGER,
    owner_id INTEGER,
    operator_id INTEGER,
    move TEXT NOT NULL,
    reason TEXT,
    CONSTRAINT pk_owner_change PRIMARY KEY (id),
    CONSTRAINT ck_owner_change_one_subject CHECK ((customer_id IS NULL) <> (lead_number IS NULL)),
    CONSTRAINT fk_owner_change_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_owner_change_former_id_staff FOREIGN KEY(former_id) REFERENCES staff (id),
    CONSTRAINT fk_owner_change_owner_id_staff FOREIGN KEY(owner_id) REFERENCES staff (id),
    CONSTRAINT fk_owner_change_operator_id_staff FOREIGN KEY(operator_id) REFERENCES staff (id),
    CONSTRAINT ck_owner_change_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_owner_change_lead_number_type CHECK (lead_number IS NULL OR typeof(lead_number) = 'text' AND length(lead_number) BETWEEN 1 AND 40),
    CONSTRAINT ck_owner_change_move_type CHECK (move IN ('created', 'imported', 'claimed', 'assigned', 'transferred', 'handed_over', 'returned', 'pooled', 'converted', 'merged', 'followed', 'restored')),
    CONSTRAINT ck_owner_change_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_owner_change_customer ON owner_change (customer_id, day, id)
""",
    r"""
CREATE INDEX ix_owner_change_former ON owner_change (former_id, day)
""",
    r"""
CREATE INDEX ix_owner_change_lead ON owner_change (lead_number, day, id)
""",
    r"""
CREATE INDEX ix_owner_change_owner ON owner_change (owner_id, day, move)
""",
    r"""
CREATE TABLE price_change_line (
    id INTEGER NOT NULL,
    change_id INTEGER NOT NULL,
    line_no BIGINT NOT NULL,
    product_id INTEGER NOT NULL,
    customer_id INTEGER,
    customer_class TEXT,
    channel TEXT,
    min_qty QUANTITY_INT DEFAULT 0 NOT NULL,
    currency TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    old_price PRICE_INT,
    new_price PRICE_INT,
    cost PRICE_INT,
    sold QUANTITY_INT,
    rival_price PRICE_INT,
    CONSTRAINT pk_price_change_line PRIMARY KEY (id),
    CONSTRAINT uq_price_change_line_change_id_line_no UNIQUE (change_id, line_no),
    CONSTRAINT ck_price_change_line_new_price_positive CHECK (new_price >= 0),
    CONSTRAINT ck_price_change_line_min_qty_positive CHECK (min_qty >= 0),
    CONSTRAINT ck_price_change_line_dates_in_order CHECK (valid_to >= valid_from),
    CONSTRAINT ck_price_change_line_one_buyer CHECK (customer_id IS NULL OR customer_class IS NULL),
    CONSTRAINT fk_price_change_line_change_id_price_change FOREIGN KEY(change_id) REFERENCES price_change (id),
    CONSTRAINT fk_price_change_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_price_change_line_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT ck_price_change_line_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_price_change_line_customer_class_type CHECK (customer_class IS NULL OR typeof(customer_class) = 'text' AND length(customer_class) BETWEEN 1 AND 40),
    CONSTRAINT ck_price_change_line_channel_type CHECK (channel IS NULL OR typeof(channel) = 'text' AND length(channel) BETWEEN 1 AND 40),
    CONSTRAINT ck_price_change_line_min_qty_type CHECK (min_qty IS NULL OR typeof(min_qty) = 'integer'),
    CONSTRAINT ck_price_change_line_currency_type CHECK (currency IS NULL OR typeof(currency) = 'text' AND length(currency) BETWEEN 1 AND 3),
    CONSTRAINT ck_price_change_line_valid_from_type CHECK (valid_from IS date(valid_from, '+0 days')),
    CONSTRAINT ck_price_change_line_valid_to_type CHECK (valid_to IS date(valid_to, '+0 days')),
    CONSTRAINT ck_price_change_line_old_price_type CHECK (old_price IS NULL OR typeof(old_price) = 'integer'),
    CONSTRAINT ck_price_change_line_new_price_type CHECK (new_price IS NULL OR typeof(new_price) = 'integer'),
    CONSTRAINT ck_price_change_line_cost_type CHECK (cost IS NULL OR typeof(cost) = 'integer'),
    CONSTRAINT ck_price_change_line_sold_type CHECK (sold IS NULL OR typeof(sold) = 'integer'),
    CONSTRAINT ck_price_change_line_rival_price_type CHECK (rival_price IS NULL OR typeof(rival_price) = 'integer')
)
""",
    r"""
CREATE INDEX ix_price_change_line_product ON price_change_line (product_id, change_id)
""",
    r"""
CREATE TABLE price_loan (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    recipient TEXT NOT NULL,
    customer_id INTEGER,
    staff_id INTEGER NOT NULL,
    lent_on TEXT NOT NULL,
    due TEXT,
    returned_on TEXT,
    note TEXT,
    CONSTRAINT pk_price_loan PRIMARY KEY (id),
    CONSTRAINT ck_price_loan_drawing_due CHECK (due IS NOT NULL OR kind <> 'drawing'),
    CONSTRAINT uq_price_loan_number UNIQUE (number),
    CONSTRAINT fk_price_loan_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_price_loan_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_price_loan_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_price_loan_kind_type CHECK (kind IN ('drawing', 'catalogue', 'sample_book')),
    CONSTRAINT ck_price_loan_title_type CHECK (title IS NULL OR typeof(title) = 'text' AND length(title) BETWEEN 1 AND 200),
    CONSTRAINT ck_price_loan_recipient_type CHECK (recipient IS NULL OR typeof(recipient) = 'text' AND length(recipient) BETWEEN 1 AND 200),
    CONSTRAINT ck_price_loan_lent_on_type CHECK (lent_on IS date(lent_on, '+0 days')),
    CONSTRAINT ck_price_loan_due_type CHECK (due IS date(due, '+0 days')),
    CONSTRAINT ck_price_loan_returned_on_type CHECK (returned_on IS date(returned_on, '+0 days')),
    CONSTRAINT ck_price_loan_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_price_loan_due ON price_loan (returned_on, due, staff_id)
""",
    r"""
CREATE TABLE price_notice (
    id INTEGER NOT NULL,
    change_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    last_bought TEXT NOT NULL,
    notified_on TEXT,
    staff_id INTEGER,
    way TEXT,
    CONSTRAINT pk_price_notice PRIMARY KEY (id),
    CONSTRAINT uq_price_notice_change_id_customer_id UNIQUE (change_id, customer_id),
    CONSTRAINT fk_price_notice_change_id_price_change FOREIGN KEY(change_id) REFERENCES price_change (id),
    CONSTRAINT fk_price_notice_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_price_notice_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_price_notice_last_bought_type CHECK (last_bought IS date(last_bought, '+0 days')),
    CONSTRAINT ck_price_notice_notified_on_type CHECK (notified_on IS date(notified_on, '+0 days')),
    CONSTRAINT ck_price_notice_way_type CHECK (way IS NULL OR typeof(way) = 'text' AND length(way) BETWEEN 1 AND 80)
)
""",
    r"""
CREATE INDEX ix_price_notice_customer ON price_notice (customer_id, notified_on)
""",
    r"""
CREATE TABLE price_rule (
    id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    customer_id INTEGER,
    customer_class TEXT,
    channel TEXT,
    min_qty QUANTITY_INT DEFAULT 0 NOT NULL,
    currency TEXT,
    unit_price PRICE_INT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    change_id INTEGER,
    import_id INTEGER,
    CONSTRAINT pk_price_rule PRIMARY KEY (id),
    CONSTRAINT ck_price_rule_unit_price_positive CHECK (unit_price >= 0),
    CONSTRAINT ck_price_rule_min_qty_positive CHECK (min_qty >= 0),
    CONSTRAINT ck_price_rule_dates_in_order CHECK (valid_to >= valid_from),
    CONSTRAINT ck_price_rule_one_buyer CHECK (customer_id IS NULL OR customer_class IS NULL),
    CONSTRAINT fk_price_rule_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_price_rule_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_price_rule_change_id_price_change FOREIGN KEY(change_id) REFERENCES price_change (id),
    CONSTRAINT fk_price_rule_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_price_rule_customer_class_type CHECK (customer_class IS NULL OR typeof(customer_class) = 'text' AND length(customer_class) BETWEEN 1 AND 40),
    CONSTRAINT ck_price_rule_channel_type CHECK (channel IS NULL OR typeof(channel) = 'text' AND length(channel) BETWEEN 1 AND 40),
    CONSTRAINT ck_price_rule_min_qty_type CHECK (min_qty IS NULL OR typeof(min_qty) = 'integer'),
    CONSTRAINT ck_price_rule_currency_type CHECK (currency IS NULL OR typeof(currency) = 'text' AND length(currency) BETWEEN 1 AND 3),
    CONSTRAINT ck_price_rule_unit_price_type CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
    CONSTRAINT ck_price_rule_valid_from_type CHECK (valid_from IS date(valid_from, '+0 days')),
    CONSTRAINT ck_price_rule_valid_to_type CHECK (valid_to IS date(valid_to, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_price_rule_change ON price_rule (change_id)
""",
    r"""
CREATE INDEX ix_price_rule_customer ON price_rule (customer_id, product_id)
""",
    r"""
CREATE INDEX ix_price_rule_product ON price_rule (product_id, valid_from)
""",
    r"""
CREATE TABLE promise (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    made_on TEXT NOT NULL,
    text TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    closed_on TEXT,
    result TEXT,
    CONSTRAINT pk_promise PRIMARY KEY (id),
    CONSTRAINT uq_promise_number UNIQUE (number),
    CONSTRAINT fk_promise_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_promise_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_promise_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_promise_made_on_type CHECK (made_on IS date(made_on, '+0 days')),
    CONSTRAINT ck_promise_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_promise_due_type CHECK (due IS date(due, '+0 days')),
    CONSTRAINT ck_promise_state_type CHECK (state IN ('open', 'kept', 'broken')),
    CONSTRAINT ck_promise_closed_on_type CHECK (closed_on IS date(closed_on, '+0 days')),
    CONSTRAINT ck_promise_result_type CHECK (result IS NULL OR typeof(result) = 'text' AND length(result) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_promise_customer ON promise (customer_id)
""",
    r"""
CREATE INDEX ix_promise_staff ON promise (staff_id, state, due)
""",
    r"""
CREATE TABLE purchase_receipt_line (
    id INTEGER NOT NULL,
    receipt_id INTEGER NOT NULL,
    line_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    CONSTRAINT pk_purchase_receipt_line PRIMARY KEY (id),
    CONSTRAINT uq_purchase_receipt_line_receipt_id_line_id UNIQUE (receipt_id, line_id),
    CONSTRAINT ck_purchase_receipt_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_purchase_receipt_line_receipt_id_purchase_receipt FOREIGN KEY(receipt_id) REFERENCES purchase_receipt (id),
    CONSTRAINT fk_purchase_receipt_line_line_id_purchase_line FOREIGN KEY(line_id) REFERENCES purchase_line (id),
    CONSTRAINT ck_purchase_receipt_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer')
)
""",
    r"""
CREATE INDEX ix_purchase_receipt_line_line ON purchase_receipt_line (line_id)
""",
    r"""
CREATE TABLE receipt (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    date TEXT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    method TEXT,
    account TEXT,
    held FLAG_INT DEFAULT 0 NOT NULL,
    reverses_id INTEGER,
    note TEXT,
    import_id INTEGER,
    kept_open AMOUNT_INT NOT NULL,
    CONSTRAINT pk_receipt PRIMARY KEY (id),
    CONSTRAINT ck_receipt_amount_something CHECK ((amount > 0 AND reverses_id IS NULL) OR (amount < 0 AND reverses_id IS NOT NULL)),
    CONSTRAINT ck_receipt_open_between CHECK ((amount > 0 AND kept_open BETWEEN 0 AND amount) OR (amount < 0 AND kept_open = amount)),
    CONSTRAINT uq_receipt_number UNIQUE (number),
    CONSTRAINT fk_receipt_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT uq_receipt_reverses_id UNIQUE (reverses_id),
    CONSTRAINT fk_receipt_reverses_id_receipt FOREIGN KEY(reverses_id) REFERENCES receipt (id),
    CONSTRAINT fk_receipt_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_receipt_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 80),
    CONSTRAINT ck_receipt_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_receipt_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_receipt_method_type CHECK (method IS NULL OR typeof(method) = 'text' AND length(method) BETWEEN 1 AND 40),
    CONSTRAINT ck_receipt_account_type CHECK (account IS NULL OR typeof(account) = 'text' AND length(account) BETWEEN 1 AND 80),
    CONSTRAINT ck_receipt_held_type CHECK (held IN (0, 1)),
    CONSTRAINT ck_receipt_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_receipt_kept_open_type CHECK (kept_open IS NULL OR typeof(kept_open) = 'integer')
)
""",
    r"""
CREATE INDEX ix_receipt_customer ON receipt (customer_id, date)
""",
    r"""
CREATE INDEX ix_receipt_date ON receipt (date, customer_id, amount)
""",
    r"""
CREATE INDEX ix_receipt_open ON receipt (customer_id, date, kept_open) WHERE kept_open <> 0
""",
    r"""
CREATE TABLE receivable (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT DEFAULT 'invoice' NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER,
    date TEXT NOT NULL,
    due_date TEXT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    order_number TEXT,
    delivery_number TEXT,
    invoice_no TEXT,
    invoice_date TEXT,
    held FLAG_INT DEFAULT 0 NOT NULL,
    reverses_id INTEGER,
    note TEXT,
    import_id INTEGER,
    kept_open AMOUNT_INT NOT NULL,
    CONSTRAINT pk_receivable PRIMARY KEY (id),
    CONSTRAINT ck_receivable_amount_something CHECK (amount <> 0),
    CONSTRAINT ck_receivable_due_after_date CHECK (due_date >= date),
    CONSTRAINT ck_receivable_open_between CHECK ((amount > 0 AND kept_open BETWEEN 0 AND amount) OR (amount < 0 AND kept_open BETWEEN amount AND 0)),
    CONSTRAINT uq_receivable_number UNIQUE (number),
    CONSTRAINT fk_receivable_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_receivable_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT uq_receivable_reverses_id UNIQUE (reverses_id),
    CONSTRAINT fk_receivable_reverses_id_receivable FOREIGN KEY(reverses_id) REFERENCES receivable (id),
    CONSTRAINT fk_receivable_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_receivable_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 80),
    CONSTRAINT ck_receivable_kind_type CHECK (kind IN ('invoice', 'opening', 'credit_note')),
    CONSTRAINT ck_receivable_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_receivable_due_date_type CHECK (due_date IS date(due_date, '+0 days')),
    CONSTRAINT ck_receivable_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_receivable_order_number_type CHECK (order_number IS NULL OR typeof(order_number) = 'text' AND length(order_number) BETWEEN 1 AND 80),
    CONSTRAINT ck_receivable_delivery_number_type CHECK (delivery_number IS NULL OR typeof(delivery_number) = 'text' AND length(delivery_number) BETWEEN 1 AND 80),
    CONSTRAINT ck_receivable_invoice_no_type CHECK (invoice_no IS NULL OR typeof(invoice_no) = 'text' AND length(invoice_no) BETWEEN 1 AND 80),
    CONSTRAINT ck_receivable_invoice_date_type CHECK (invoice_date IS date(invoice_date, '+0 days')),
    CONSTRAINT ck_receivable_held_type CHECK (held IN (0, 1)),
    CONSTRAINT ck_receivable_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_receivable_kept_open_type CHECK (kept_open IS NULL OR typeof(kept_open) = 'integer')
)
""",
    r"""
CREATE INDEX ix_receivable_customer ON receivable (customer_id, date)
""",
    r"""
CREATE INDEX ix_receivable_date ON receivable (date, customer_id, amount)
""",
    r"""
CREATE INDEX ix_receivable_open ON receivable (customer_id, due_date, staff_id, date, kept_open) WHERE kept_open <> 0
""",
    r"""
CREATE INDEX ix_receivable_order ON receivable (order_number)
""",
    r"""
CREATE TABLE sales_order (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    date TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER,
    responsible_id INTEGER,
    state TEXT NOT NULL,
    promised TEXT,
    region TEXT,
    channel TEXT,
    source TEXT,
    customer_ref TEXT,
    note TEXT,
    reason TEXT,
    import_id INTEGER,
    kept_delivered_on TEXT,
    currency TEXT,
    exchange_rate PRICE_INT,
    CONSTRAINT pk_sales_order PRIMARY KEY (id),
    CONSTRAINT uq_sales_order_number UNIQUE (number),
    CONSTRAINT fk_sales_order_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_sales_order_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_sales_order_responsible_id_staff FOREIGN KEY(responsible_id) REFERENCES staff (id),
    CONSTRAINT fk_sales_order_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_sales_order_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 80),
    CONSTRAINT ck_sales_order_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_sales_order_state_type CHECK (state IN ('draft', 'confirmed', 'closed', 'cancelled')),
    CONSTRAINT ck_sales_order_promised_type CHECK (promised IS date(promised, '+0 days')),
    CONSTRAINT ck_sales_order_region_type CHECK (region IS NULL OR typeof(region) = 'text' AND length(region) BETWEEN 1 AND 80),
    CONSTRAINT ck_sales_order_channel_type CHECK (channel IS NULL OR typeof(channel) = 'text' AND length(channel) BETWEEN 1 AND 40),
    CONSTRAINT ck_sales_order_source_type CHECK (source IS NULL OR typeof(source) = 'text' AND length(source) BETWEEN 1 AND 80),
    CONSTRAINT ck_sales_order_customer_ref_type CHECK (customer_ref IS NULL OR typeof(customer_ref) = 'text' AND length(customer_ref) BETWEEN 1 AND 80),
    CONSTRAINT ck_sales_order_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_sales_order_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 200),
    CONSTRAINT ck_sales_order_kept_delivered_on_type CHECK (kept_delivered_on IS date(kept_delivered_on, '+0 days')),
    CONSTRAINT ck_sales_order_currency_type CHECK (currency IS NULL OR typeof(currency) = 'text' AND length(currency) BETWEEN 1 AND 3),
    CONSTRAINT ck_sales_order_exchange_rate_type CHECK (exchange_rate IS NULL OR typeof(exchange_rate) = 'integer')
)
""",
    r"""
CREATE INDEX ix_sales_order_customer ON sales_order (customer_id, date, state)
""",
    r"""
CREATE INDEX ix_sales_order_date ON sales_order (date, state, staff_id, customer_id, region)
""",
    r"""
CREATE INDEX ix_sales_order_delivered ON sales_order (kept_delivered_on, state, promised, staff_id)
""",
    r"""
CREATE INDEX ix_sales_order_handed ON sales_order (staff_id, kept_delivered_on, customer_id, state)
""",
    r"""
CREATE INDEX ix_sales_order_late ON sales_order (promised, kept_delivered_on, state, date, staff_id, responsible_id, customer_id) WHERE promised < kept_delivered_on
""",
    r"""
CREATE INDEX ix_sales_order_responsible ON sales_order (responsible_id) WHERE responsible_id IS NOT NULL
""",
    r"""
CREATE INDEX ix_sales_order_staff ON sales_order (staff_id, date)
""",
    r"""
CREATE INDEX ix_sales_order_undelivered ON sales_order (customer_id) WHERE state = 'confirmed' AND kept_delivered_on IS NULL
""",
    r"""
CREATE TABLE stock_count_line (
    id INTEGER NOT NULL,
    count_id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    batch_id INTEGER,
    expected QUANTITY_INT NOT NULL,
    counted QUANTITY_INT,
    counted_on TEXT,
    last_move BIGINT,
    cause TEXT,
    measure TEXT,
    CONSTRAINT pk_stock_count_line PRIMARY KEY (id),
    CONSTRAINT uq_stock_count_line_count_id_product_id_batch_id UNIQUE (count_id, product_id, batch_id),
    CONSTRAINT ck_stock_count_line_counted_positive CHECK (counted >= 0),
    CONSTRAINT fk_stock_count_line_count_id_stock_count FOREIGN KEY(count_id) REFERENCES stock_count (id),
    CONSTRAINT fk_stock_count_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_stock_count_line_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT ck_stock_count_line_expected_type CHECK (expected IS NULL OR typeof(expected) = 'integer'),
    CONSTRAINT ck_stock_count_line_counted_type CHECK (counted IS NULL OR typeof(counted) = 'integer'),
    CONSTRAINT ck_stock_count_line_counted_on_type CHECK (counted_on IS date(counted_on, '+0 days')),
    CONSTRAINT ck_stock_count_line_last_move_type CHECK (last_move IS NULL OR typeof(last_move) = 'integer'),
    CONSTRAINT ck_stock_count_line_cause_type CHECK (cause IS NULL OR typeof(cause) = 'text' AND length(cause) BETWEEN 1 AND 200),
    CONSTRAINT ck_stock_count_line_measure_type CHECK (measure IS NULL OR typeof(measure) = 'text' AND length(measure) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE UNIQUE INDEX uq_stock_count_line_product ON stock_count_line (count_id, product_id) WHERE batch_id IS NULL
""",
    r"""
CREATE TABLE survey (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    about_id INTEGER,
    contact TEXT,
    score BIGINT NOT NULL,
    comment TEXT,
    measure TEXT,
    task TEXT,
    CONSTRAINT pk_survey PRIMARY KEY (id),
    CONSTRAINT ck_survey_score_range CHECK (score BETWEEN 1 AND 5),
    CONSTRAINT uq_survey_number UNIQUE (number),
    CONSTRAINT fk_survey_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_survey_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_survey_about_id_staff FOREIGN KEY(about_id) REFERENCES staff (id),
    CONSTRAINT ck_survey_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_survey_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_survey_contact_type CHECK (contact IS NULL OR typeof(contact) = 'text' AND length(contact) BETWEEN 1 AND 80),
    CONSTRAINT ck_survey_score_type CHECK (score IS NULL OR typeof(score) = 'integer'),
    CONSTRAINT ck_survey_comment_type CHECK (comment IS NULL OR typeof(comment) = 'text' AND length(comment) BETWEEN 1 AND 4000),
    CONSTRAINT ck_survey_measure_type CHECK (measure IS NULL OR typeof(measure) = 'text' AND length(measure) BETWEEN 1 AND 4000),
    CONSTRAINT ck_survey_task_type CHECK (task IS NULL OR typeof(task) = 'text' AND length(task) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE INDEX ix_survey_customer ON survey (customer_id, day)
""",
    r"""
CREATE INDEX ix_survey_day ON survey (day, score)
""",
    r"""
CREATE TABLE after_sales_call (
    id INTEGER NOT NULL,
    interaction_id INTEGER NOT NULL,
    usage TEXT,
    opinion TEXT,
    know_how TEXT,
    services TEXT,
    events TEXT,
    advice TEXT,
    request TEXT,
    hope TEXT,
    answer TEXT,
    solved FLAG_INT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_after_sales_call PRIMARY KEY (id),
    CONSTRAINT uq_after_sales_call_interaction_id UNIQUE (interaction_id),
    CONSTRAINT fk_after_sales_call_interaction_id_interaction FOREIGN KEY(interaction_id) REFERENCES interaction (id),
    CONSTRAINT ck_after_sales_call_usage_type CHECK (usage IS NULL OR typeof(usage) = 'text' AND length(usage) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_opinion_type CHECK (opinion IS NULL OR typeof(opinion) = 'text' AND length(opinion) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_know_how_type CHECK (know_how IS NULL OR typeof(know_how) = 'text' AND length(know_how) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_services_type CHECK (services IS NULL OR typeof(services) = 'text' AND length(services) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_events_type CHECK (events IS NULL OR typeof(events) = 'text' AND length(events) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_advice_type CHECK (advice IS NULL OR typeof(advice) = 'text' AND length(advice) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_request_type CHECK (request IS NULL OR typeof(request) = 'text' AND length(request) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_hope_type CHECK (hope IS NULL OR typeof(hope) = 'text' AND length(hope) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_answer_type CHECK (answer IS NULL OR typeof(answer) = 'text' AND length(answer) BETWEEN 1 AND 4000),
    CONSTRAINT ck_after_sales_call_solved_type CHECK (solved IN (0, 1))
)
""",
    r"""
CREATE TABLE allocation (
    id INTEGER NOT NULL,
    receivable_id INTEGER NOT NULL,
    receipt_id INTEGER,
    credit_id INTEGER,
    date TEXT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    CONSTRAINT pk_allocation PRIMARY KEY (id),
    CONSTRAINT ck_allocation_one_source CHECK ((receipt_id IS NULL) <> (credit_id IS NULL)),
    CONSTRAINT ck_allocation_amount_something CHECK (amount <> 0),
    CONSTRAINT fk_allocation_receivable_id_receivable FOREIGN KEY(receivable_id) REFERENCES receivable (id),
    CONSTRAINT fk_allocation_receipt_id_receipt FOREIGN KEY(receipt_id) REFERENCES receipt (id),
    CONSTRAINT fk_allocation_credit_id_receivable FOREIGN KEY(credit_id) REFERENCES receivable (id),
    CONSTRAINT ck_allocation_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_allocation_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer')
)
""",
    r"""
CREATE INDEX ix_allocation_credit ON allocation (credit_id, date, amount) WHERE credit_id IS NOT NULL
""",
    r"""
CREATE INDEX ix_allocation_date ON allocation (date, receivable_id, receipt_id, credit_id, amount)
""",
    r"""
CREATE INDEX ix_allocation_receipt ON allocation (receipt_id, date, amount)
""",
    r"""
CREATE INDEX ix_allocation_receivable ON allocation (receivable_id, date, amount)
""",
    r"""
CREATE INDEX ix_allocation_taken_back ON allocation (receivable_id) WHERE amount < 0
""",
    r"""
CREATE TABLE appointment (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    joint_id INTEGER,
    day TEXT NOT NULL,
    time TEXT,
    place TEXT,
    contact TEXT,
    purpose TEXT NOT NULL,
    state TEXT DEFAULT 'planned' NOT NULL,
    reason TEXT,
    interaction_id INTEGER,
    CONSTRAINT pk_appointment PRIMARY KEY (id),
    CONSTRAINT uq_appointment_number UNIQUE (number),
    CONSTRAINT fk_appointment_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_appointment_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_appointment_joint_id_staff FOREIGN KEY(joint_id) REFERENCES staff (id),
    CONSTRAINT fk_appointment_interaction_id_interaction FOREIGN KEY(interaction_id) REFERENCES interaction (id),
    CONSTRAINT ck_appointment_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_appointment_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_appointment_time_type CHECK (time IS NULL OR typeof(time) = 'text' AND length(time) BETWEEN 1 AND 5),
    CONSTRAINT ck_appointment_place_type CHECK (place IS NULL OR typeof(place) = 'text' AND length(place) BETWEEN 1 AND 200),
    CONSTRAINT ck_appointment_contact_type CHECK (contact IS NULL OR typeof(contact) = 'text' AND length(contact) BETWEEN 1 AND 80),
    CONSTRAINT ck_appointment_purpose_type CHECK (purpose IS NULL OR typeof(purpose) = 'text' AND length(purpose) BETWEEN 1 AND 4000),
    CONSTRAINT ck_appointment_state_type CHECK (state IN ('planned', 'visited', 'called_off')),
    CONSTRAINT ck_appointment_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_appointment_customer ON appointment (customer_id, day)
""",
    r"""
CREATE INDEX ix_appointment_staff ON appointment (staff_id, state, day)
""",
    r"""
CREATE TABLE capacity_answer (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    answer TEXT NOT NULL,
    ready_on TEXT,
    note TEXT,
    outcome TEXT,
    settled_on TEXT,
    lapsed_on TEXT,
    CONSTRAINT pk_capacity_answer PRIMARY KEY (id),
    CONSTRAINT fk_capacity_answer_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id),
    CONSTRAINT fk_capacity_answer_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_capacity_answer_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_capacity_answer_answer_type CHECK (answer IN ('capacity_confirmed', 'change_asked')),
    CONSTRAINT ck_capacity_answer_ready_on_type CHECK (ready_on IS date(ready_on, '+0 days')),
    CONSTRAINT ck_capacity_answer_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_capacity_answer_outcome_type CHECK (outcome IS NULL OR typeof(outcome) = 'text' AND length(outcome) BETWEEN 1 AND 4000),
    CONSTRAINT ck_capacity_answer_settled_on_type CHECK (settled_on IS date(settled_on, '+0 days')),
    CONSTRAINT ck_capacity_answer_lapsed_on_type CHECK (lapsed_on IS date(lapsed_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_capacity_answer_order ON capacity_answer (order_id, id)
""",
    r"""
CREATE TABLE contract_issue (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    contract_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    solution TEXT,
    solved_on TEXT,
    CONSTRAINT pk_contract_issue PRIMARY KEY (id),
    CONSTRAINT uq_contract_issue_number UNIQUE (number),
    CONSTRAINT fk_contract_issue_contract_id_contract FOREIGN KEY(contract_id) REFERENCES contract (id),
    CONSTRAINT fk_contract_issue_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_contract_issue_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_contract_issue_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_contract_issue_kind_type CHECK (kind IN ('problem', 'risk', 'dispute')),
    CONSTRAINT ck_contract_issue_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_contract_issue_solution_type CHECK (solution IS NULL OR typeof(solution) = 'text' AND length(solution) BETWEEN 1 AND 4000),
    CONSTRAINT ck_contract_issue_solved_on_type CHECK (solved_on IS date(solved_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_contract_issue_contract ON contract_issue (contract_id)
""",
    r"""
CREATE TABLE contract_version (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    version_no BIGINT NOT NULL,
    day TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    reason TEXT,
    starts_on TEXT,
    ends_on TEXT,
    delivery_on TEXT,
    place TEXT,
    transport TEXT,
    specification TEXT,
    pay_way TEXT,
    credit_limit AMOUNT_INT,
    credit_days BIGINT,
    after_sales TEXT,
    duties TEXT,
    technical_fee AMOUNT_INT,
    note TEXT,
    currency TEXT,
    exchange_rate PRICE_INT,
    signed_on TEXT,
    signer_id INTEGER,
    customer_signer TEXT,
    filed_on TEXT,
    file_no TEXT,
    file_place TEXT,
    CONSTRAINT pk_contract_version PRIMARY KEY (id),
    CONSTRAINT uq_contract_version_contract_id_version_no UNIQUE (contract_id, version_no),
    CONSTRAINT ck_contract_version_credit_limit_positive CHECK (credit_limit >= 0),
    CONSTRAINT ck_contract_version_credit_days_range CHECK (credit_days BETWEEN 0 AND 3650),
    CONSTRAINT ck_contract_version_technical_fee_positive CHECK (technical_fee >= 0),
    CONSTRAINT ck_contract_version_days_in_order CHECK (ends_on >= starts_on),
    CONSTRAINT fk_contract_version_contract_id_contract FOREIGN KEY(contract_id) REFERENCES contract (id),
    CONSTRAINT fk_contract_version_made_by_staff FOREIGN KEY(made_by) REFERENCES staff (id),
    CONSTRAINT fk_contract_version_signer_id_staff FOREIGN KEY(signer_id) REFERENCES staff (id),
    CONSTRAINT ck_contract_version_version_no_type CHECK (version_no IS NULL OR typeof(version_no) = 'integer'),
    CONSTRAINT ck_contract_version_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_contract_version_state_type CHECK (state IN ('draft', 'in_review', 'approved', 'signed')),
    CONSTRAINT ck_contract_version_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_contract_version_starts_on_type CHECK (starts_on IS date(starts_on, '+0 days')),
    CONSTRAINT ck_contract_version_ends_on_type CHECK (ends_on IS date(ends_on, '+0 days')),
    CONSTRAINT ck_contract_version_delivery_on_type CHECK (delivery_on IS date(delivery_on, '+0 days')),
    CONSTRAINT ck_contract_version_place_type CHECK (place IS NULL OR typeof(place) = 'text' AND length(place) BETWEEN 1 AND 400),
    CONSTRAINT ck_contract_version_transport_type CHECK (transport IS NULL OR typeof(transport) = 'text' AND length(transport) BETWEEN 1 AND 200),
    CONSTRAINT ck_contract_version_specification_type CHECK (specification IS NULL OR typeof(specification) = 'text' AND length(specification) BETWEEN 1 AND 4000),
    CONSTRAINT ck_contract_version_pay_way_type CHECK (pay_way IS NULL OR typeof(pay_way) = 'text' AND length(pay_way) BETWEEN 1 AND 80),
    CONSTRAINT ck_contract_version_credit_limit_type CHECK (credit_limit IS NULL OR typeof(credit_limit) = 'integer'),
    CONSTRAINT ck_contract_version_credit_days_type CHECK (credit_days IS NULL OR typeof(credit_days) = 'integer'),
    CONSTRAINT ck_contract_version_after_sales_type CHECK (after_sales IS NULL OR typeof(after_sales) = 'text' AND length(after_sales) BETWEEN 1 AND 4000),
    CONSTRAINT ck_contract_version_duties_type CHECK (duties IS NULL OR typeof(duties) = 'text' AND length(duties) BETWEEN 1 AND 4000),
    CONSTRAINT ck_contract_version_technical_fee_type CHECK (technical_fee IS NULL OR typeof(technical_fee) = 'integer'),
    CONSTRAINT ck_contract_version_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000),
    CONSTRAINT ck_contract_version_currency_type CHECK (currency IS NULL OR typeof(currency) = 'text' AND length(currency) BETWEEN 1 AND 3),
    CONSTRAINT ck_contract_version_exchange_rate_type CHECK (exchange_rate IS NULL OR typeof(exchange_rate) = 'integer'),
    CONSTRAINT ck_contract_version_signed_on_type CHECK (signed_on IS date(signed_on, '+0 days')),
    CONSTRAINT ck_contract_version_customer_signer_type CHECK (customer_signer IS NULL OR typeof(customer_signer) = 'text' AND length(customer_signer) BETWEEN 1 AND 80),
    CONSTRAINT ck_contract_version_filed_on_type CHECK (filed_on IS date(filed_on, '+0 days')),
    CONSTRAINT ck_contract_version_file_no_type CHECK (file_no IS NULL OR typeof(file_no) = 'text' AND length(file_no) BETWEEN 1 AND 80),
    CONSTRAINT ck_contract_version_file_place_type CHECK (file_place IS NULL OR typeof(file_place) = 'text' AND length(file_place) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_contract_version_ends ON contract_version (ends_on)
""",
    r"""
CREATE TABLE delivery (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    order_id INTEGER NOT NULL,
    date TEXT NOT NULL,
    kind TEXT DEFAULT 'delivery' NOT NULL,
    warehouse_id INTEGER,
    carrier TEXT,
    waybill TEXT,
    reason TEXT,
    replaces_id INTEGER,
    import_id INTEGER,
    CONSTRAINT pk_delivery PRIMARY KEY (id),
    CONSTRAINT uq_delivery_number UNIQUE (number),
    CONSTRAINT fk_delivery_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id),
    CONSTRAINT fk_delivery_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT fk_delivery_replaces_id_delivery FOREIGN KEY(replaces_id) REFERENCES delivery (id),
    CONSTRAINT fk_delivery_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id),
    CONSTRAINT ck_delivery_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 80),
    CONSTRAINT ck_delivery_date_type CHECK (date IS date(date, '+0 days')),
    CONSTRAINT ck_delivery_kind_type CHECK (kind IN ('delivery', 'return')),
    CONSTRAINT ck_delivery_carrier_type CHECK (carrier IS NULL OR typeof(carrier) = 'text' AND length(carrier) BETWEEN 1 AND 80),
    CONSTRAINT ck_delivery_waybill_type CHECK (waybill IS NULL OR typeof(waybill) = 'text' AND length(waybill) BETWEEN 1 AND 80),
    CONSTRAINT ck_delivery_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_delivery_anew ON delivery (date, order_id) WHERE replaces_id IS NOT NULL
""",
    r"""
CREATE INDEX ix_delivery_date ON delivery (kind, date, order_id)
""",
    r"""
CREATE INDEX ix_delivery_order ON delivery (order_id, kind, date, replaces_id)
""",
    r"""
CREATE TABLE deposit (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    contract_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    amount AMOUNT_INT NOT NULL,
    total AMOUNT_INT NOT NULL,
    balance_on TEXT NOT NULL,
    way TEXT NOT NULL,
    settled_on TEXT,
    CONSTRAINT pk_deposit PRIMARY KEY (id),
    CONSTRAINT ck_deposit_amount_positive CHECK (amount > 0),
    CONSTRAINT ck_deposit_total_above CHECK (total >= amount),
    CONSTRAINT uq_deposit_number UNIQUE (number),
    CONSTRAINT uq_deposit_contract_id UNIQUE (contract_id),
    CONSTRAINT fk_deposit_contract_id_contract FOREIGN KEY(contract_id) REFERENCES contract (id),
    CONSTRAINT fk_deposit_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_deposit_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_deposit_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_deposit_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_deposit_total_type CHECK (total IS NULL OR typeof(total) = 'integer'),
    CONSTRAINT ck_deposit_balance_on_type CHECK (balance_on IS date(balance_on, '+0 days')),
    CONSTRAINT ck_deposit_way_type CHECK (way IS NULL OR typeof(way) = 'text' AND length(way) BETWEEN 1 AND 80),
    CONSTRAINT ck_deposit_settled_on_type CHECK (settled_on IS date(settled_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_deposit_balance ON deposit (settled_on, balance_on)
""",
    r"""
CREATE TABLE follow_up (
    id INTEGER NOT NULL,
    lead_id INTEGER NOT NULL,
    interaction_id INTEGER NOT NULL,
    stage TEXT NOT NULL,
    intent TEXT,
    stall_reason TEXT,
    promise TEXT,
    promise_due TEXT,
    task TEXT,
    promise_number TEXT,
    CONSTRAINT pk_follow_up PRIMARY KEY (id),
    CONSTRAINT ck_follow_up_promise_dated CHECK ((promise IS NULL) = (promise_due IS NULL)),
    CONSTRAINT fk_follow_up_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_follow_up_interaction_id_interaction FOREIGN KEY(interaction_id) REFERENCES interaction (id),
    CONSTRAINT ck_follow_up_stage_type CHECK (stage IN ('develop', 'need', 'value', 'negotiate', 'deliver', 'won', 'lost', 'paused')),
    CONSTRAINT ck_follow_up_intent_type CHECK (intent IN ('low', 'middle', 'high')),
    CONSTRAINT ck_follow_up_stall_reason_type CHECK (stall_reason IN ('not_decided', 'not_contacted', 'torn', 'rival_has_it', 'disagree_inside', 'no_money_yet')),
    CONSTRAINT ck_follow_up_promise_type CHECK (promise IS NULL OR typeof(promise) = 'text' AND length(promise) BETWEEN 1 AND 4000),
    CONSTRAINT ck_follow_up_promise_due_type CHECK (promise_due IS date(promise_due, '+0 days')),
    CONSTRAINT ck_follow_up_task_type CHECK (task IS NULL OR typeof(task) = 'text' AND length(task) BETWEEN 1 AND 40),
    CONSTRAINT ck_follow_up_promise_number_type CHECK (promise_number IS NULL OR typeof(promise_number) = 'text' AND length(promise_number) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE UNIQUE INDEX ix_follow_up_interaction ON follow_up (interaction_id)
""",
    r"""
CREATE INDEX ix_follow_up_lead ON follow_up (lead_id, interaction_id)
""",
    r"""
CREATE INDEX ix_follow_up_promise ON follow_up (promise_due) WHERE promise IS NOT NULL
""",
    r"""
CREATE TABLE invitation (
    id INTEGER NOT NULL,
    lead_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    made_on TEXT NOT NULL,
    wanted TEXT NOT NULL,
    arrived_on TEXT,
    note TEXT,
    CONSTRAINT pk_invitation PRIMARY KEY (id),
    CONSTRAINT fk_invitation_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_invitation_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_invitation_made_on_type CHECK (made_on IS date(made_on, '+0 days')),
    CONSTRAINT ck_invitation_wanted_type CHECK (wanted IS date(wanted, '+0 days')),
    CONSTRAINT ck_invitation_arrived_on_type CHECK (arrived_on IS date(arrived_on, '+0 days')),
    CONSTRAINT ck_invitation_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_invitation_lead ON invitation (lead_id, wanted)
""",
    r"""
CREATE INDEX ix_invitation_wanted ON invitation (wanted, staff_id, arrived_on)
""",
    r"""
CREATE TABLE lead_comment (
    id INTEGER NOT NULL,
    lead_id INTEGER NOT NULL,
    interaction_id INTEGER,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_lead_comment PRIMARY KEY (id),
    CONSTRAINT fk_lead_comment_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_lead_comment_interaction_id_interaction FOREIGN KEY(interaction_id) REFERENCES interaction (id),
    CONSTRAINT fk_lead_comment_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_lead_comment_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_lead_comment_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_lead_comment_lead ON lead_comment (lead_id, day)
""",
    r"""
CREATE TABLE objection (
    id INTEGER NOT NULL,
    lead_id INTEGER NOT NULL,
    position BIGINT NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    answer TEXT,
    answered_on TEXT,
    CONSTRAINT pk_objection PRIMARY KEY (id),
    CONSTRAINT ck_objection_answer_dated CHECK ((answer IS NULL) = (answered_on IS NULL)),
    CONSTRAINT fk_objection_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_objection_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_objection_position_type CHECK (position IS NULL OR typeof(position) = 'integer'),
    CONSTRAINT ck_objection_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_objection_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_objection_answer_type CHECK (answer IS NULL OR typeof(answer) = 'text' AND length(answer) BETWEEN 1 AND 4000),
    CONSTRAINT ck_objection_answered_on_type CHECK (answered_on IS date(answered_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_objection_lead ON objection (lead_id)
""",
    r"""
CREATE TABLE order_issue (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    order_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    solution TEXT,
    solved_on TEXT,
    CONSTRAINT pk_order_issue PRIMARY KEY (id),
    CONSTRAINT uq_order_issue_number UNIQUE (number),
    CONSTRAINT fk_order_issue_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id),
    CONSTRAINT fk_order_issue_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_order_issue_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_order_issue_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_order_issue_kind_type CHECK (kind IN ('shortage', 'logistics', 'quality', 'payment_trouble', 'other_issue')),
    CONSTRAINT ck_order_issue_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_order_issue_solution_type CHECK (solution IS NULL OR typeof(solution) = 'text' AND length(solution) BETWEEN 1 AND 4000),
    CONSTRAINT ck_order_issue_solved_on_type CHECK (solved_on IS date(solved_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_order_issue_open ON order_issue (solved_on, day)
""",
    r"""
CREATE INDEX ix_order_issue_order ON order_issue (order_id)
""",
    r"""
CREATE TABLE order_line (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    line_no BIGINT NOT NULL,
    product_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    unit_price PRICE_INT NOT NULL,
    discount RATE_INT DEFAULT 0 NOT NULL,
    amount AMOUNT_INT NOT NULL,
    tax AMOUNT_INT DEFAULT 0 NOT NULL,
    amount_given FLAG_INT DEFAULT 0 NOT NULL,
    unit_cost PRICE_INT,
    note TEXT,
    list_price PRICE_INT,
    price_source TEXT,
    promo_discount AMOUNT_INT DEFAULT 0 NOT NULL,
    promo_number TEXT,
    gift FLAG_INT DEFAULT 0 NOT NULL,
    grown_on TEXT,
    CONSTRAINT pk_order_line PRIMARY KEY (id),
    CONSTRAINT uq_order_line_order_id_line_no UNIQUE (order_id, line_no),
    CONSTRAINT ck_order_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_order_line_discount_share CHECK (discount BETWEEN 0 AND 10000),
    CONSTRAINT ck_order_line_unit_price_positive CHECK (unit_price >= 0),
    CONSTRAINT ck_order_line_tax_positive CHECK (tax >= 0),
    CONSTRAINT ck_order_line_promo_discount_positive CHECK (promo_discount >= 0),
    CONSTRAINT fk_order_line_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id),
    CONSTRAINT fk_order_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT ck_order_line_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_order_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_order_line_unit_price_type CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
    CONSTRAINT ck_order_line_discount_type CHECK (discount IS NULL OR typeof(discount) = 'integer'),
    CONSTRAINT ck_order_line_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_order_line_tax_type CHECK (tax IS NULL OR typeof(tax) = 'integer'),
    CONSTRAINT ck_order_line_amount_given_type CHECK (amount_given IN (0, 1)),
    CONSTRAINT ck_order_line_unit_cost_type CHECK (unit_cost IS NULL OR typeof(unit_cost) = 'integer'),
    CONSTRAINT ck_order_line_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 200),
    CONSTRAINT ck_order_line_list_price_type CHECK (list_price IS NULL OR typeof(list_price) = 'integer'),
    CONSTRAINT ck_order_line_price_source_type CHECK (price_source IS NULL OR typeof(price_source) = 'text' AND length(price_source) BETWEEN 1 AND 40),
    CONSTRAINT ck_order_line_promo_discount_type CHECK (promo_discount IS NULL OR typeof(promo_discount) = 'integer'),
    CONSTRAINT ck_order_line_promo_number_type CHECK (promo_number IS NULL OR typeof(promo_number) = 'text' AND length(promo_number) BETWEEN 1 AND 80),
    CONSTRAINT ck_order_line_gift_type CHECK (gift IN (0, 1)),
    CONSTRAINT ck_order_line_grown_on_type CHECK (grown_on IS date(grown_on, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_order_line_amount ON order_line (order_id, quantity, amount, tax, product_id)
""",
    r"""
CREATE INDEX ix_order_line_product ON order_line (product_id, order_id, quantity, amount)
""",
    r"""
CREATE INDEX ix_order_line_promo ON order_line (promo_number, order_id) WHERE promo_number IS NOT NULL
""",
    r"""
CREATE TABLE order_report (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    payment_day TEXT,
    payment_place TEXT,
    means TEXT,
    cheque_day TEXT,
    way TEXT,
    delivery_place TEXT,
    transport TEXT,
    station TEXT,
    fee_install AMOUNT_INT,
    fee_run AMOUNT_INT,
    fee_repair AMOUNT_INT,
    incidents TEXT,
    site_check FLAG_INT DEFAULT 0 NOT NULL,
    scope_check FLAG_INT DEFAULT 0 NOT NULL,
    spec_check FLAG_INT DEFAULT 0 NOT NULL,
    design_check FLAG_INT DEFAULT 0 NOT NULL,
    purchase_order TEXT,
    contract TEXT,
    CONSTRAINT pk_order_report PRIMARY KEY (id),
    CONSTRAINT uq_order_report_order_id UNIQUE (order_id),
    CONSTRAINT fk_order_report_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id),
    CONSTRAINT fk_order_report_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_order_report_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_order_report_payment_day_type CHECK (payment_day IS date(payment_day, '+0 days')),
    CONSTRAINT ck_order_report_payment_place_type CHECK (payment_place IS NULL OR typeof(payment_place) = 'text' AND length(payment_place) BETWEEN 1 AND 200),
    CONSTRAINT ck_order_report_means_type CHECK (means IN ('cash', 'cheque', 'bank_transfer', 'proxy_collection')),
    CONSTRAINT ck_order_report_cheque_day_type CHECK (cheque_day IS date(cheque_day, '+0 days')),
    CONSTRAINT ck_order_report_way_type CHECK (way IS NULL OR typeof(way) = 'text' AND length(way) BETWEEN 1 AND 200),
    CONSTRAINT ck_order_report_delivery_place_type CHECK (delivery_place IS NULL OR typeof(delivery_place) = 'text' AND length(delivery_place) BETWEEN 1 AND 400),
    CONSTRAINT ck_order_report_transport_type CHECK (transport IS NULL OR typeof(transport) = 'text' AND length(transport) BETWEEN 1 AND 200),
    CONSTRAINT ck_order_report_station_type CHECK (station IS NULL OR typeof(station) = 'text' AND length(station) BETWEEN 1 AND 200),
    CONSTRAINT ck_order_report_fee_install_type CHECK (fee_install IS NULL OR typeof(fee_install) = 'integer'),
    CONSTRAINT ck_order_report_fee_run_type CHECK (fee_run IS NULL OR typeof(fee_run) = 'integer'),
    CONSTRAINT ck_order_report_fee_repair_type CHECK (fee_repair IS NULL OR typeof(fee_repair) = 'integer'),
    CONSTRAINT ck_order_report_incidents_type CHECK (incidents IS NULL OR typeof(incidents) = 'text' AND length(incidents) BETWEEN 1 AND 4000),
    CONSTRAINT ck_order_report_site_check_type CHECK (site_check IN (0, 1)),
    CONSTRAINT ck_order_report_scope_check_type CHECK (scope_check IN (0, 1)),
    CONSTRAINT ck_order_report_spec_check_type CHECK (spec_check IN (0, 1)),
    CONSTRAINT ck_order_report_design_check_type CHECK (design_check IN (0, 1)),
    CONSTRAINT ck_order_report_purchase_order_type CHECK (purchase_order IS NULL OR typeof(purchase_order) = 'text' AND length(purchase_order) BETWEEN 1 AND 80),
    CONSTRAINT ck_order_report_contract_type CHECK (contract IS NULL OR typeof(contract) = 'text' AND length(contract) BETWEEN 1 AND 80)
)
""",
    r"""
CREATE TABLE order_terms (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    kind TEXT DEFAULT 'sale' NOT NULL,
    warehouse_id INTEGER,
    origin TEXT,
    cash FLAG_INT DEFAULT 0 NOT NULL,
    credit_days BIGINT,
    confirmed_on TEXT,
    accepted_on TEXT,
    accepted_by INTEGER,
    closed_on TEXT,
    norm_reason TEXT,
    explanation TEXT,
    loss_id INTEGER,
    CONSTRAINT pk_order_terms PRIMARY KEY (id),
    CONSTRAINT ck_order_terms_credit_days_range CHECK (credit_days BETWEEN 0 AND 3650),
    CONSTRAINT uq_order_terms_order_id UNIQUE (order_id),
    CONSTRAINT fk_order_terms_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id),
    CONSTRAINT fk_order_terms_warehouse_id_warehouse FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
    CONSTRAINT fk_order_terms_accepted_by_staff FOREIGN KEY(accepted_by) REFERENCES staff (id),
    CONSTRAINT fk_order_terms_loss_id_staff FOREIGN KEY(loss_id) REFERENCES staff (id),
    CONSTRAINT ck_order_terms_kind_type CHECK (kind IN ('sale', 'free_goods', 'cash_sale')),
    CONSTRAINT ck_order_terms_origin_type CHECK (origin IS NULL OR typeof(origin) = 'text' AND length(origin) BETWEEN 1 AND 80),
    CONSTRAINT ck_order_terms_cash_type CHECK (cash IN (0, 1)),
    CONSTRAINT ck_order_terms_credit_days_type CHECK (credit_days IS NULL OR typeof(credit_days) = 'integer'),
    CONSTRAINT ck_order_terms_confirmed_on_type CHECK (confirmed_on IS date(confirmed_on, '+0 days')),
    CONSTRAINT ck_order_terms_accepted_on_type CHECK (accepted_on IS date(accepted_on, '+0 days')),
    CONSTRAINT ck_order_terms_closed_on_type CHECK (closed_on IS date(closed_on, '+0 days')),
    CONSTRAINT ck_order_terms_norm_reason_type CHECK (norm_reason IS NULL OR typeof(norm_reason) = 'text' AND length(norm_reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_order_terms_explanation_type CHECK (explanation IS NULL OR typeof(explanation) = 'text' AND length(explanation) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_order_terms_origin ON order_terms (origin)
""",
    r"""
CREATE TABLE quote (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    lead_id INTEGER,
    staff_id INTEGER NOT NULL,
    channel TEXT,
    state TEXT DEFAULT 'draft' NOT NULL,
    version BIGINT DEFAULT 1 NOT NULL,
    sent_on TEXT,
    sent_way TEXT,
    confirmed_on TEXT,
    confirmed_by TEXT,
    lost_on TEXT,
    lost_reason TEXT,
    rival TEXT,
    became TEXT,
    CONSTRAINT pk_quote PRIMARY KEY (id),
    CONSTRAINT uq_quote_number UNIQUE (number),
    CONSTRAINT fk_quote_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_quote_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_quote_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_quote_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_quote_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_quote_channel_type CHECK (channel IS NULL OR typeof(channel) = 'text' AND length(channel) BETWEEN 1 AND 40),
    CONSTRAINT ck_quote_state_type CHECK (state IN ('draft', 'in_review', 'approved', 'returned', 'sent', 'confirmed', 'lost', 'converted')),
    CONSTRAINT ck_quote_version_type CHECK (version IS NULL OR typeof(version) = 'integer'),
    CONSTRAINT ck_quote_sent_on_type CHECK (sent_on IS date(sent_on, '+0 days')),
    CONSTRAINT ck_quote_sent_way_type CHECK (sent_way IS NULL OR typeof(sent_way) = 'text' AND length(sent_way) BETWEEN 1 AND 80),
    CONSTRAINT ck_quote_confirmed_on_type CHECK (confirmed_on IS date(confirmed_on, '+0 days')),
    CONSTRAINT ck_quote_confirmed_by_type CHECK (confirmed_by IS NULL OR typeof(confirmed_by) = 'text' AND length(confirmed_by) BETWEEN 1 AND 80),
    CONSTRAINT ck_quote_lost_on_type CHECK (lost_on IS date(lost_on, '+0 days')),
    CONSTRAINT ck_quote_lost_reason_type CHECK (lost_reason IS NULL OR typeof(lost_reason) = 'text' AND length(lost_reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_quote_rival_type CHECK (rival IS NULL OR typeof(rival) = 'text' AND length(rival) BETWEEN 1 AND 80),
    CONSTRAINT ck_quote_became_type CHECK (became IS NULL OR typeof(became) = 'text' AND length(became) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE INDEX ix_quote_became ON quote (became)
""",
    r"""
CREATE INDEX ix_quote_customer ON quote (customer_id, day)
""",
    r"""
CREATE INDEX ix_quote_day ON quote (day)
""",
    r"""
CREATE INDEX ix_quote_lead_id ON quote (lead_id)
""",
    r"""
CREATE INDEX ix_quote_staff ON quote (staff_id, state)
""",
    r"""
CREATE TABLE reception (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    time TEXT,
    entrance TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    need TEXT,
    known FLAG_INT DEFAULT 0 NOT NULL,
    earlier_id INTEGER,
    named_id INTEGER,
    duty_group TEXT,
    due_id INTEGER,
    ground TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    deviation TEXT,
    lead_id INTEGER,
    customer_id INTEGER,
    minutes BIGINT,
    invited FLAG_INT DEFAULT 0 NOT NULL,
    channel TEXT,
    confirmed_on TEXT,
    research FLAG_INT DEFAULT 0 NOT NULL,
    proof TEXT,
    make_up_on TEXT,
    made_up_by TEXT,
    filed_by INTEGER,
    CONSTRAINT pk_reception PRIMARY KEY (id),
    CONSTRAINT ck_reception_minutes_positive CHECK (minutes >= 0),
    CONSTRAINT ck_reception_deviation_explained CHECK (deviation IS NOT NULL OR due_id IS NULL OR due_id = staff_id),
    CONSTRAINT uq_reception_number UNIQUE (number),
    CONSTRAINT fk_reception_earlier_id_staff FOREIGN KEY(earlier_id) REFERENCES staff (id),
    CONSTRAINT fk_reception_named_id_staff FOREIGN KEY(named_id) REFERENCES staff (id),
    CONSTRAINT fk_reception_due_id_staff FOREIGN KEY(due_id) REFERENCES staff (id),
    CONSTRAINT fk_reception_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_reception_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_reception_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_reception_filed_by_staff FOREIGN KEY(filed_by) REFERENCES staff (id),
    CONSTRAINT ck_reception_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_reception_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_reception_time_type CHECK (time IS NULL OR typeof(time) = 'text' AND length(time) BETWEEN 1 AND 5),
    CONSTRAINT ck_reception_entrance_type CHECK (entrance IN ('visitor', 'caller')),
    CONSTRAINT ck_reception_name_type CHECK (name IS NULL OR typeof(name) = 'text' AND length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_reception_phone_type CHECK (phone IS NULL OR typeof(phone) = 'text' AND length(phone) BETWEEN 1 AND 60),
    CONSTRAINT ck_reception_need_type CHECK (need IS NULL OR typeof(need) = 'text' AND length(need) BETWEEN 1 AND 4000),
    CONSTRAINT ck_reception_known_type CHECK (known IN (0, 1)),
    CONSTRAINT ck_reception_duty_group_type CHECK (duty_group IS NULL OR typeof(duty_group) = 'text' AND length(duty_group) BETWEEN 1 AND 80),
    CONSTRAINT ck_reception_ground_type CHECK (ground IN ('live_log', 'named', 'first_filer', 'make_up', 'duty', 'front_desk', 'chosen')),
    CONSTRAINT ck_reception_deviation_type CHECK (deviation IS NULL OR typeof(deviation) = 'text' AND length(deviation) BETWEEN 1 AND 4000),
    CONSTRAINT ck_reception_minutes_type CHECK (minutes IS NULL OR typeof(minutes) = 'integer'),
    CONSTRAINT ck_reception_invited_type CHECK (invited IN (0, 1)),
    CONSTRAINT ck_reception_channel_type CHECK (channel IS NULL OR typeof(channel) = 'text' AND length(channel) BETWEEN 1 AND 40),
    CONSTRAINT ck_reception_confirmed_on_type CHECK (confirmed_on IS date(confirmed_on, '+0 days')),
    CONSTRAINT ck_reception_research_type CHECK (research IN (0, 1)),
    CONSTRAINT ck_reception_proof_type CHECK (proof IS NULL OR typeof(proof) = 'text' AND length(proof) BETWEEN 1 AND 4000),
    CONSTRAINT ck_reception_make_up_on_type CHECK (make_up_on IS date(make_up_on, '+0 days')),
    CONSTRAINT ck_reception_made_up_by_type CHECK (made_up_by IS NULL OR typeof(made_up_by) = 'text' AND length(made_up_by) BETWEEN 1 AND 40)
)
""",
    r"""
CREATE INDEX ix_reception_day ON reception (day, entrance, known)
""",
    r"""
CREATE INDEX ix_reception_make_up ON reception (make_up_on) WHERE make_up_on IS NOT NULL
""",
    r"""
CREATE INDEX ix_reception_staff ON reception (staff_id, confirmed_on)
""",
    r"""
CREATE TABLE stage_change (
    id INTEGER NOT NULL,
    lead_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    former TEXT,
    stage TEXT NOT NULL,
    staff_id INTEGER,
    reason TEXT,
    CONSTRAINT pk_stage_change PRIMARY KEY (id),
    CONSTRAINT fk_stage_change_lead_id_lead FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_stage_change_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_stage_change_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_stage_change_former_type CHECK (former IN ('develop', 'need', 'value', 'negotiate', 'deliver', 'won', 'lost', 'paused')),
    CONSTRAINT ck_stage_change_stage_type CHECK (stage IN ('develop', 'need', 'value', 'negotiate', 'deliver', 'won', 'lost', 'paused')),
    CONSTRAINT ck_stage_change_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_stage_change_day ON stage_change (day, stage, lead_id, former)
""",
    r"""
CREATE INDEX ix_stage_change_lead ON stage_change (lead_id, day, stage, former)
""",
    r"""
CREATE TABLE ticket (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    contact TEXT,
    day TEXT NOT NULL,
    time TEXT,
    content TEXT NOT NULL,
    cause TEXT,
    product_id INTEGER,
    asset_id INTEGER,
    document TEXT,
    about_id INTEGER,
    agent_id INTEGER NOT NULL,
    taken_by INTEGER NOT NULL,
    kept_last TEXT,
    kept_solved TEXT,
    kept_reopened TEXT,
    CONSTRAINT pk_ticket PRIMARY KEY (id),
    CONSTRAINT uq_ticket_number UNIQUE (number),
    CONSTRAINT fk_ticket_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_ticket_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_ticket_asset_id_asset FOREIGN KEY(asset_id) REFERENCES asset (id),
    CONSTRAINT fk_ticket_about_id_staff FOREIGN KEY(about_id) REFERENCES staff (id),
    CONSTRAINT fk_ticket_agent_id_staff FOREIGN KEY(agent_id) REFERENCES staff (id),
    CONSTRAINT fk_ticket_taken_by_staff FOREIGN KEY(taken_by) REFERENCES staff (id),
    CONSTRAINT ck_ticket_number_type CHECK (number IS NULL OR typeof(number) = 'text' AND length(number) BETWEEN 1 AND 40),
    CONSTRAINT ck_ticket_kind_type CHECK (kind IN ('complaint', 'repair', 'exchange', 'return_goods', 'training', 'question', 'maintenance')),
    CONSTRAINT ck_ticket_contact_type CHECK (contact IS NULL OR typeof(contact) = 'text' AND length(contact) BETWEEN 1 AND 80),
    CONSTRAINT ck_ticket_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_ticket_time_type CHECK (time IS NULL OR typeof(time) = 'text' AND length(time) BETWEEN 1 AND 5),
    CONSTRAINT ck_ticket_content_type CHECK (content IS NULL OR typeof(content) = 'text' AND length(content) BETWEEN 1 AND 4000),
    CONSTRAINT ck_ticket_cause_type CHECK (cause IS NULL OR typeof(cause) = 'text' AND length(cause) BETWEEN 1 AND 80),
    CONSTRAINT ck_ticket_document_type CHECK (document IS NULL OR typeof(document) = 'text' AND length(document) BETWEEN 1 AND 80),
    CONSTRAINT ck_ticket_kept_last_type CHECK (kept_last IN ('answered', 'studied', 'escalated', 'solved', 'told', 'closed', 'reopened')),
    CONSTRAINT ck_ticket_kept_solved_type CHECK (kept_solved IS date(kept_solved, '+0 days')),
    CONSTRAINT ck_ticket_kept_reopened_type CHECK (kept_reopened IS date(kept_reopened, '+0 days'))
)
""",
    r"""
CREATE INDEX ix_ticket_about ON ticket (about_id, day)
""",
    r"""
CREATE INDEX ix_ticket_agent ON ticket (agent_id, day)
""",
    r"""
CREATE INDEX ix_ticket_customer ON ticket (customer_id, day)
""",
    r"""
CREATE INDEX ix_ticket_day ON ticket (day)
""",
    r"""
CREATE INDEX ix_ticket_last ON ticket (kept_last, agent_id)
""",
    r"""
CREATE TABLE appointment_item (
    id INTEGER NOT NULL,
    appointment_id INTEGER NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    ready FLAG_INT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_appointment_item PRIMARY KEY (id),
    CONSTRAINT uq_appointment_item_appointment_id_position UNIQUE (appointment_id, position),
    CONSTRAINT fk_appointment_item_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id),
    CONSTRAINT ck_appointment_item_position_type CHECK (position IS NULL OR typeof(position) = 'integer'),
    CONSTRAINT ck_appointment_item_kind_type CHECK (kind IN ('needs', 'pains', 'papers', 'demo_tools', 'other')),
    CONSTRAINT ck_appointment_item_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 200),
    CONSTRAINT ck_appointment_item_ready_type CHECK (ready IN (0, 1))
)
""",
    r"""
CREATE TABLE contract_line (
    line_no BIGINT NOT NULL,
    product_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    unit_price PRICE_INT NOT NULL,
    discount RATE_INT DEFAULT 0 NOT NULL,
    amount AMOUNT_INT NOT NULL,
    tax AMOUNT_INT DEFAULT 0 NOT NULL,
    unit_cost PRICE_INT,
    list_price PRICE_INT,
    price_source TEXT,
    promo_discount AMOUNT_INT DEFAULT 0 NOT NULL,
    promo_number TEXT,
    gift FLAG_INT DEFAULT 0 NOT NULL,
    note TEXT,
    id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    CONSTRAINT pk_contract_line PRIMARY KEY (id),
    CONSTRAINT uq_contract_line_version_id_line_no UNIQUE (version_id, line_no),
    CONSTRAINT ck_contract_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_contract_line_discount_share CHECK (discount BETWEEN 0 AND 10000),
    CONSTRAINT ck_contract_line_unit_price_positive CHECK (unit_price >= 0),
    CONSTRAINT ck_contract_line_tax_positive CHECK (tax >= 0),
    CONSTRAINT ck_contract_line_promo_discount_positive CHECK (promo_discount >= 0),
    CONSTRAINT fk_contract_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_contract_line_version_id_contract_version FOREIGN KEY(version_id) REFERENCES contract_version (id),
    CONSTRAINT ck_contract_line_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_contract_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_contract_line_unit_price_type CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
    CONSTRAINT ck_contract_line_discount_type CHECK (discount IS NULL OR typeof(discount) = 'integer'),
    CONSTRAINT ck_contract_line_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_contract_line_tax_type CHECK (tax IS NULL OR typeof(tax) = 'integer'),
    CONSTRAINT ck_contract_line_unit_cost_type CHECK (unit_cost IS NULL OR typeof(unit_cost) = 'integer'),
    CONSTRAINT ck_contract_line_list_price_type CHECK (list_price IS NULL OR typeof(list_price) = 'integer'),
    CONSTRAINT ck_contract_line_price_source_type CHECK (price_source IS NULL OR typeof(price_source) = 'text' AND length(price_source) BETWEEN 1 AND 40),
    CONSTRAINT ck_contract_line_promo_discount_type CHECK (promo_discount IS NULL OR typeof(promo_discount) = 'integer'),
    CONSTRAINT ck_contract_line_promo_number_type CHECK (promo_number IS NULL OR typeof(promo_number) = 'text' AND length(promo_number) BETWEEN 1 AND 80),
    CONSTRAINT ck_contract_line_gift_type CHECK (gift IN (0, 1)),
    CONSTRAINT ck_contract_line_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_contract_line_product ON contract_line (product_id)
""",
    r"""
CREATE TABLE contract_payment (
    term_no BIGINT NOT NULL,
    basis TEXT NOT NULL,
    share RATE_INT,
    amount AMOUNT_INT NOT NULL,
    anchor TEXT NOT NULL,
    days BIGINT DEFAULT 0 NOT NULL,
    due TEXT,
    id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    CONSTRAINT pk_contract_payment PRIMARY KEY (id),
    CONSTRAINT uq_contract_payment_version_id_term_no UNIQUE (version_id, term_no),
    CONSTRAINT fk_contract_payment_version_id_contract_version FOREIGN KEY(version_id) REFERENCES contract_version (id),
    CONSTRAINT ck_contract_payment_term_no_type CHECK (term_no IS NULL OR typeof(term_no) = 'integer'),
    CONSTRAINT ck_contract_payment_basis_type CHECK (basis IN ('share', 'amount', 'rest')),
    CONSTRAINT ck_contract_payment_share_type CHECK (share IS NULL OR typeof(share) = 'integer'),
    CONSTRAINT ck_contract_payment_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_contract_payment_anchor_type CHECK (anchor IN ('at_signing', 'at_delivery', 'on_day')),
    CONSTRAINT ck_contract_payment_days_type CHECK (days IS NULL OR typeof(days) = 'integer'),
    CONSTRAINT ck_contract_payment_due_type CHECK (due IS date(due, '+0 days'))
)
""",
    r"""
CREATE TABLE delivery_line (
    id INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    order_line_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    amount AMOUNT_INT NOT NULL,
    tax AMOUNT_INT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_delivery_line PRIMARY KEY (id),
    CONSTRAINT uq_delivery_line_delivery_id_order_line_id UNIQUE (delivery_id, order_line_id),
    CONSTRAINT ck_delivery_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_delivery_line_delivery_id_delivery FOREIGN KEY(delivery_id) REFERENCES delivery (id),
    CONSTRAINT fk_delivery_line_order_line_id_order_line FOREIGN KEY(order_line_id) REFERENCES order_line (id),
    CONSTRAINT ck_delivery_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_delivery_line_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_delivery_line_tax_type CHECK (tax IS NULL OR typeof(tax) = 'integer')
)
""",
    r"""
CREATE INDEX ix_delivery_line_order_line ON delivery_line (order_line_id, quantity)
""",
    r"""
CREATE TABLE quote_talk (
    id INTEGER NOT NULL,
    quote_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    topic TEXT NOT NULL,
    text TEXT NOT NULL,
    bottom_line AMOUNT_INT,
    concession TEXT,
    CONSTRAINT pk_quote_talk PRIMARY KEY (id),
    CONSTRAINT fk_quote_talk_quote_id_quote FOREIGN KEY(quote_id) REFERENCES quote (id),
    CONSTRAINT fk_quote_talk_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_quote_talk_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_quote_talk_topic_type CHECK (topic IN ('price', 'delivery_date', 'payment', 'after_sales', 'other')),
    CONSTRAINT ck_quote_talk_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_quote_talk_bottom_line_type CHECK (bottom_line IS NULL OR typeof(bottom_line) = 'integer'),
    CONSTRAINT ck_quote_talk_concession_type CHECK (concession IS NULL OR typeof(concession) = 'text' AND length(concession) BETWEEN 1 AND 200)
)
""",
    r"""
CREATE INDEX ix_quote_talk_quote ON quote_talk (quote_id)
""",
    r"""
CREATE TABLE quote_version (
    id INTEGER NOT NULL,
    quote_id INTEGER NOT NULL,
    version_no BIGINT NOT NULL,
    day TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    reason TEXT,
    valid_until TEXT NOT NULL,
    currency TEXT,
    exchange_rate PRICE_INT,
    need TEXT,
    configuration TEXT,
    time_cost TEXT,
    after_sales TEXT,
    note TEXT,
    CONSTRAINT pk_quote_version PRIMARY KEY (id),
    CONSTRAINT uq_quote_version_quote_id_version_no UNIQUE (quote_id, version_no),
    CONSTRAINT fk_quote_version_quote_id_quote FOREIGN KEY(quote_id) REFERENCES quote (id),
    CONSTRAINT fk_quote_version_made_by_staff FOREIGN KEY(made_by) REFERENCES staff (id),
    CONSTRAINT ck_quote_version_version_no_type CHECK (version_no IS NULL OR typeof(version_no) = 'integer'),
    CONSTRAINT ck_quote_version_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_quote_version_reason_type CHECK (reason IS NULL OR typeof(reason) = 'text' AND length(reason) BETWEEN 1 AND 4000),
    CONSTRAINT ck_quote_version_valid_until_type CHECK (valid_until IS date(valid_until, '+0 days')),
    CONSTRAINT ck_quote_version_currency_type CHECK (currency IS NULL OR typeof(currency) = 'text' AND length(currency) BETWEEN 1 AND 3),
    CONSTRAINT ck_quote_version_exchange_rate_type CHECK (exchange_rate IS NULL OR typeof(exchange_rate) = 'integer'),
    CONSTRAINT ck_quote_version_need_type CHECK (need IS NULL OR typeof(need) = 'text' AND length(need) BETWEEN 1 AND 4000),
    CONSTRAINT ck_quote_version_configuration_type CHECK (configuration IS NULL OR typeof(configuration) = 'text' AND length(configuration) BETWEEN 1 AND 4000),
    CONSTRAINT ck_quote_version_time_cost_type CHECK (time_cost IS NULL OR typeof(time_cost) = 'text' AND length(time_cost) BETWEEN 1 AND 4000),
    CONSTRAINT ck_quote_version_after_sales_type CHECK (after_sales IS NULL OR typeof(after_sales) = 'text' AND length(after_sales) BETWEEN 1 AND 4000),
    CONSTRAINT ck_quote_version_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE TABLE ticket_step (
    id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    time TEXT,
    step TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    text TEXT,
    score BIGINT,
    CONSTRAINT pk_ticket_step PRIMARY KEY (id),
    CONSTRAINT ck_ticket_step_score_range CHECK (score BETWEEN 1 AND 5),
    CONSTRAINT fk_ticket_step_ticket_id_ticket FOREIGN KEY(ticket_id) REFERENCES ticket (id),
    CONSTRAINT fk_ticket_step_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_ticket_step_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_ticket_step_time_type CHECK (time IS NULL OR typeof(time) = 'text' AND length(time) BETWEEN 1 AND 5),
    CONSTRAINT ck_ticket_step_step_type CHECK (step IN ('answered', 'studied', 'escalated', 'solved', 'told', 'closed', 'reopened')),
    CONSTRAINT ck_ticket_step_text_type CHECK (text IS NULL OR typeof(text) = 'text' AND length(text) BETWEEN 1 AND 4000),
    CONSTRAINT ck_ticket_step_score_type CHECK (score IS NULL OR typeof(score) = 'integer')
)
""",
    r"""
CREATE INDEX ix_ticket_step_ticket ON ticket_step (ticket_id, id)
""",
    r"""
CREATE TABLE track_event (
    id INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    time TEXT,
    state TEXT NOT NULL,
    place TEXT,
    note TEXT,
    staff_id INTEGER,
    CONSTRAINT pk_track_event PRIMARY KEY (id),
    CONSTRAINT fk_track_event_delivery_id_delivery FOREIGN KEY(delivery_id) REFERENCES delivery (id),
    CONSTRAINT fk_track_event_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT ck_track_event_day_type CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_track_event_time_type CHECK (time IS NULL OR typeof(time) = 'text' AND length(time) BETWEEN 1 AND 5),
    CONSTRAINT ck_track_event_state_type CHECK (state IN ('shipped', 'in_transit', 'arrived', 'signed_for', 'transport_problem')),
    CONSTRAINT ck_track_event_place_type CHECK (place IS NULL OR typeof(place) = 'text' AND length(place) BETWEEN 1 AND 200),
    CONSTRAINT ck_track_event_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 4000)
)
""",
    r"""
CREATE INDEX ix_track_event_delivery ON track_event (delivery_id, day)
""",
    r"""
CREATE TABLE quote_line (
    line_no BIGINT NOT NULL,
    product_id INTEGER NOT NULL,
    quantity QUANTITY_INT NOT NULL,
    unit_price PRICE_INT NOT NULL,
    discount RATE_INT DEFAULT 0 NOT NULL,
    amount AMOUNT_INT NOT NULL,
    tax AMOUNT_INT DEFAULT 0 NOT NULL,
    unit_cost PRICE_INT,
    list_price PRICE_INT,
    price_source TEXT,
    promo_discount AMOUNT_INT DEFAULT 0 NOT NULL,
    promo_number TEXT,
    gift FLAG_INT DEFAULT 0 NOT NULL,
    note TEXT,
    id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    rival_price PRICE_INT,
    CONSTRAINT pk_quote_line PRIMARY KEY (id),
    CONSTRAINT uq_quote_line_version_id_line_no UNIQUE (version_id, line_no),
    CONSTRAINT ck_quote_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_quote_line_discount_share CHECK (discount BETWEEN 0 AND 10000),
    CONSTRAINT ck_quote_line_unit_price_positive CHECK (unit_price >= 0),
    CONSTRAINT ck_quote_line_tax_positive CHECK (tax >= 0),
    CONSTRAINT ck_quote_line_promo_discount_positive CHECK (promo_discount >= 0),
    CONSTRAINT fk_quote_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_quote_line_version_id_quote_version FOREIGN KEY(version_id) REFERENCES quote_version (id),
    CONSTRAINT ck_quote_line_line_no_type CHECK (line_no IS NULL OR typeof(line_no) = 'integer'),
    CONSTRAINT ck_quote_line_quantity_type CHECK (quantity IS NULL OR typeof(quantity) = 'integer'),
    CONSTRAINT ck_quote_line_unit_price_type CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
    CONSTRAINT ck_quote_line_discount_type CHECK (discount IS NULL OR typeof(discount) = 'integer'),
    CONSTRAINT ck_quote_line_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_quote_line_tax_type CHECK (tax IS NULL OR typeof(tax) = 'integer'),
    CONSTRAINT ck_quote_line_unit_cost_type CHECK (unit_cost IS NULL OR typeof(unit_cost) = 'integer'),
    CONSTRAINT ck_quote_line_list_price_type CHECK (list_price IS NULL OR typeof(list_price) = 'integer'),
    CONSTRAINT ck_quote_line_price_source_type CHECK (price_source IS NULL OR typeof(price_source) = 'text' AND length(price_source) BETWEEN 1 AND 40),
    CONSTRAINT ck_quote_line_promo_discount_type CHECK (promo_discount IS NULL OR typeof(promo_discount) = 'integer'),
    CONSTRAINT ck_quote_line_promo_number_type CHECK (promo_number IS NULL OR typeof(promo_number) = 'text' AND length(promo_number) BETWEEN 1 AND 80),
    CONSTRAINT ck_quote_line_gift_type CHECK (gift IN (0, 1)),
    CONSTRAINT ck_quote_line_note_type CHECK (note IS NULL OR typeof(note) = 'text' AND length(note) BETWEEN 1 AND 200),
    CONSTRAINT ck_quote_line_rival_price_type CHECK (rival_price IS NULL OR typeof(rival_price) = 'integer')
)
""",
    r"""
CREATE INDEX ix_quote_line_product ON quote_line (product_id)
""",
    r"""
CREATE TABLE quote_payment (
    term_no BIGINT NOT NULL,
    basis TEXT NOT NULL,
    share RATE_INT,
    amount AMOUNT_INT NOT NULL,
    anchor TEXT NOT NULL,
    days BIGINT DEFAULT 0 NOT NULL,
    due TEXT,
    id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    CONSTRAINT pk_quote_payment PRIMARY KEY (id),
    CONSTRAINT uq_quote_payment_version_id_term_no UNIQUE (version_id, term_no),
    CONSTRAINT fk_quote_payment_version_id_quote_version FOREIGN KEY(version_id) REFERENCES quote_version (id),
    CONSTRAINT ck_quote_payment_term_no_type CHECK (term_no IS NULL OR typeof(term_no) = 'integer'),
    CONSTRAINT ck_quote_payment_basis_type CHECK (basis IN ('share', 'amount', 'rest')),
    CONSTRAINT ck_quote_payment_share_type CHECK (share IS NULL OR typeof(share) = 'integer'),
    CONSTRAINT ck_quote_payment_amount_type CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT ck_quote_payment_anchor_type CHECK (anchor IN ('at_signing', 'at_delivery', 'on_day')),
    CONSTRAINT ck_quote_payment_days_type CHECK (days IS NULL OR typeof(days) = 'integer'),
    CONSTRAINT ck_quote_payment_due_type CHECK (due IS date(due, '+0 days'))
)
""",
)

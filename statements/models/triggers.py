"""The rules and records that the database keeps by itself, installed after every ``migrate``.

Written as plain SQL and put in place for every table of the app, link tables included, so that a
new model is covered without a thought. All are ``CREATE OR REPLACE``: running them again changes
nothing. Refusals use the SQLSTATE of integrity errors, so that Django raises ``IntegrityError``.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction

# Tables that no reader ever sees, or that are records of changes themselves.
NOT_PUBLIC = {"change", "archiverevision", "paste", "capture"}
NO_HISTORY = {"change", "archiverevision", "paste", "oldaddress"}

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION hiwar_record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb; after jsonb; present jsonb; above text := ''; above_id bigint; i int := 0;
BEGIN
    -- The count of numbers given out moves by itself; only a row that goes takes it along.
    IF TG_OP = 'DELETE' THEN before := to_jsonb(OLD) - '{content,warc}'::text[];
    ELSIF TG_OP = 'UPDATE' THEN before := to_jsonb(OLD) - '{content,warc,last_number}'::text[]; END IF;
    IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) - '{content,warc,last_number}'::text[]; END IF;
    IF before = after THEN RETURN NULL; END IF;
    present := coalesce(after, before);
    WHILE i < TG_NARGS AND above_id IS NULL LOOP
        above := TG_ARGV[i]; above_id := (present ->> TG_ARGV[i + 1])::bigint; i := i + 2;
    END LOOP;
    INSERT INTO statements_change (made_at, transaction, editor_id, reason, operation, table_name,
        record_id, parent_table, parent_id, before, after)
    VALUES (clock_timestamp(), pg_current_xact_id()::text::bigint,
        nullif(current_setting('hiwar.editor', true), '')::int,
        coalesce(current_setting('hiwar.reason', true), ''), TG_OP, TG_TABLE_NAME,
        (present ->> 'id')::bigint, CASE WHEN above_id IS NULL THEN '' ELSE above END, above_id,
        before, after);
    RETURN NULL;
END $$;

-- The desk's search: letters folded as text/arabic.py folds them, marks dropped, lower case.
CREATE OR REPLACE FUNCTION hiwar_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(regexp_replace(lower(words), '[\u0640\u064b-\u065f\u0670\u200b-\u200f]', '', 'g'),
        'أإآٱىیئؤةکگ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'اااايييوهكك01234567890123456789')
$$;

CREATE OR REPLACE FUNCTION hiwar_move_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_archiverevision
    SET number = number + 1, moved_at = clock_timestamp(), moved_by = pg_current_xact_id()::text
    WHERE id = 1 AND moved_by <> pg_current_xact_id()::text;
    IF FOUND THEN PERFORM pg_notify('hiwar_revision', ''); END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION hiwar_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed once written', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

-- An old address answers for its record for ever, so no other record may take it.
CREATE OR REPLACE FUNCTION hiwar_free_address() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    holder text;
BEGIN
    SELECT target INTO holder FROM statements_oldaddress WHERE kind = TG_ARGV[0] AND slug = NEW.slug;
    IF holder IS NOT NULL AND (TG_OP = 'INSERT' OR holder <> OLD.slug) THEN
        RAISE EXCEPTION 'the address “%” leads to “%”, which once had it', NEW.slug, holder
        USING ERRCODE = '23505';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_forget_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM statements_oldaddress WHERE kind = TG_ARGV[0] AND target = OLD.slug;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION hiwar_keep_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM statements_oldaddress WHERE kind = TG_ARGV[0] AND slug = NEW.slug;
    UPDATE statements_oldaddress SET target = NEW.slug WHERE kind = TG_ARGV[0] AND target = OLD.slug;
    INSERT INTO statements_oldaddress (kind, slug, target) VALUES (TG_ARGV[0], OLD.slug, NEW.slug);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION hiwar_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above bigint := NEW.parent_id;
BEGIN
    -- One at a time: two editors could close a circle of which neither sees the other's half.
    IF above IS NOT NULL THEN PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_NAME)); END IF;
    WHILE above IS NOT NULL LOOP
        IF above = NEW.id THEN
            RAISE EXCEPTION 'a record of % would be inside itself', TG_TABLE_NAME USING ERRCODE = '23514';
        END IF;
        EXECUTE format('SELECT parent_id FROM %I WHERE id = $1', TG_TABLE_NAME) INTO above USING above;
    END LOOP;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_number_passage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    highest int;
BEGIN
    IF NEW.statement_id IS NOT NULL THEN
        UPDATE statements_statement SET last_number = greatest(last_number, NEW.number)
        WHERE id = NEW.statement_id AND last_number < NEW.number RETURNING last_number INTO highest;
    ELSE
        UPDATE statements_article SET last_number = greatest(last_number, NEW.number)
        WHERE id = NEW.article_id AND last_number < NEW.number RETURNING last_number INTO highest;
    END IF;
    -- A passage that was deleted and is brought back is the same passage.
    IF highest IS NULL AND NOT EXISTS (SELECT 1 FROM statements_change
        WHERE table_name = TG_TABLE_NAME AND record_id = NEW.id AND operation = 'DELETE'
        AND jsonb_build_array(before -> 'number', before -> 'statement_id', before -> 'article_id')
        = jsonb_build_array(NEW.number, NEW.statement_id, NEW.article_id)) THEN
        RAISE EXCEPTION 'passage number % was given before and is not given again', NEW.number
        USING ERRCODE = '23505';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_keep_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.last_number := greatest(NEW.last_number, OLD.last_number);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_text_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    document bigint; own bigint; spoken text;
BEGIN
    SELECT statement_id INTO document FROM statements_passage WHERE id = NEW.passage_id;
    -- Rows that come back together come in any order; that they come at all, the foreign keys see to.
    IF NOT FOUND THEN RETURN NEW; END IF;
    IF NEW.version_id IS NOT NULL THEN
        SELECT statement_id, language INTO own, spoken FROM statements_version WHERE id = NEW.version_id;
        IF FOUND AND (own IS DISTINCT FROM document OR spoken <> NEW.language) THEN
            RAISE EXCEPTION 'the text of a passage belongs to a version of its own statement and has its language'
            USING ERRCODE = '23514';
        END IF;
    ELSIF document IS NOT NULL THEN
        RAISE EXCEPTION 'the text of a statement belongs to a version of it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_divergence_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What of the three is there; rows that come back together come in any order.
    IF (SELECT count(DISTINCT statement_id) FROM (
        SELECT coalesce(statement_id, 0) AS statement_id FROM statements_passage WHERE id = NEW.passage_id
        UNION ALL SELECT statement_id FROM statements_version WHERE id IN (NEW.left_id, NEW.right_id)
    ) AS owners) > 1 THEN
        RAISE EXCEPTION 'the passage and both versions of a divergence belong to one statement'
        USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_version_speaks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_passagetext SET language = NEW.language WHERE version_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION hiwar_keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.number, NEW.statement_id, NEW.article_id) IS DISTINCT FROM
       (OLD.number, OLD.statement_id, OLD.article_id) THEN
        RAISE EXCEPTION 'a passage keeps its number' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_tenure_exclusive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.exclusive := NOT NEW.acting AND NOT NEW.disputed AND NOT
        (SELECT several_holders FROM statements_post WHERE id = NEW.post_id);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hiwar_post_exclusive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_tenure SET exclusive = NOT acting AND NOT disputed AND NOT NEW.several_holders
    WHERE post_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION hiwar_unlink_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome = 'one' AND num_nonnulls(NEW.official_id, NEW.post_id, NEW.organization_id,
        NEW.agreement_id, NEW.event_id, NEW.dialogue_id, NEW.place_id, NEW.country_id) = 0
        AND num_nonnulls(OLD.official_id, OLD.post_id, OLD.organization_id, OLD.agreement_id,
        OLD.event_id, OLD.dialogue_id, OLD.place_id, OLD.country_id) = 1 THEN
        NEW.outcome := 'none';
        NEW.reason_en := 'The record it named was removed.';
        NEW.reason_ar := 'حُذف السجل الذي كان يدل عليه.';
    END IF;
    RETURN NEW;
END $$;
"""

RULES = """
CREATE OR REPLACE TRIGGER rule_event_circle BEFORE INSERT OR UPDATE OF parent_id
    ON statements_event FOR EACH ROW EXECUTE FUNCTION hiwar_no_circle();
CREATE OR REPLACE TRIGGER rule_organization_circle BEFORE INSERT OR UPDATE OF parent_id
    ON statements_organization FOR EACH ROW EXECUTE FUNCTION hiwar_no_circle();
CREATE OR REPLACE TRIGGER rule_passage_number BEFORE INSERT
    ON statements_passage FOR EACH ROW EXECUTE FUNCTION hiwar_number_passage();
CREATE OR REPLACE TRIGGER rule_passage_keeps_number BEFORE UPDATE
    ON statements_passage FOR EACH ROW EXECUTE FUNCTION hiwar_keep_number();
CREATE OR REPLACE TRIGGER rule_statement_count BEFORE UPDATE OF last_number
    ON statements_statement FOR EACH ROW EXECUTE FUNCTION hiwar_keep_count();
CREATE OR REPLACE TRIGGER rule_article_count BEFORE UPDATE OF last_number
    ON statements_article FOR EACH ROW EXECUTE FUNCTION hiwar_keep_count();
CREATE OR REPLACE TRIGGER rule_text_belongs BEFORE INSERT OR UPDATE OF passage_id, version_id, language
    ON statements_passagetext FOR EACH ROW EXECUTE FUNCTION hiwar_text_belongs();
CREATE OR REPLACE TRIGGER rule_divergence_belongs BEFORE INSERT OR UPDATE OF passage_id, left_id, right_id
    ON statements_divergence FOR EACH ROW EXECUTE FUNCTION hiwar_divergence_belongs();
CREATE OR REPLACE TRIGGER rule_version_speaks AFTER UPDATE OF language
    ON statements_version FOR EACH ROW WHEN (OLD.language <> NEW.language)
    EXECUTE FUNCTION hiwar_version_speaks();
CREATE OR REPLACE TRIGGER rule_tenure_exclusive BEFORE INSERT OR UPDATE
    ON statements_tenure FOR EACH ROW EXECUTE FUNCTION hiwar_tenure_exclusive();
CREATE OR REPLACE TRIGGER rule_post_exclusive AFTER UPDATE OF several_holders
    ON statements_post FOR EACH ROW EXECUTE FUNCTION hiwar_post_exclusive();
CREATE OR REPLACE TRIGGER rule_mention_unlinked BEFORE UPDATE
    ON statements_mention FOR EACH ROW EXECUTE FUNCTION hiwar_unlink_mention();
CREATE OR REPLACE TRIGGER rule_capture_kept BEFORE UPDATE OR DELETE
    ON statements_capture FOR EACH ROW EXECUTE FUNCTION hiwar_refuse();
CREATE OR REPLACE TRIGGER rule_change_kept BEFORE UPDATE OR DELETE
    ON statements_change FOR EACH ROW EXECUTE FUNCTION hiwar_refuse();
INSERT INTO statements_archiverevision (id, number, moved_at, moved_by)
    VALUES (1, 1, now(), '') ON CONFLICT (id) DO NOTHING;
"""


def parents(model: Any) -> list[tuple[str, str]]:
    """(table, column) of the records a row hangs on, so that their history shows it: cascading relations."""
    relations = [
        (field.remote_field.model._meta.db_table, field.column)
        for field in model._meta.local_fields
        if field.is_relation
        and getattr(field.remote_field, "on_delete", None).__name__ == "CASCADE"
    ]
    return relations[:1] if model._meta.auto_created else relations


def script(app: AppConfig) -> str:
    """The SQL of every function and trigger, for the tables of the app as they are now."""
    parts = [FUNCTIONS, RULES]
    for model in app.get_models(include_auto_created=True):
        name, table = model._meta.model_name or "", model._meta.db_table
        if name.startswith("search"):
            continue
        if name not in NO_HISTORY:
            arguments = ", ".join(f"'{part}'" for pair in parents(model) for part in pair)
            parts.append(
                f"CREATE OR REPLACE TRIGGER change_recorded AFTER INSERT OR UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION hiwar_record_change({arguments});"
            )
        if name not in NOT_PUBLIC:
            parts.append(
                "CREATE OR REPLACE TRIGGER revision_moved AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
                f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION hiwar_move_revision();"
            )
        if any(field.name == "slug" for field in model._meta.local_fields) and name != "oldaddress":
            parts.append(
                f"CREATE OR REPLACE TRIGGER address_kept AFTER UPDATE OF slug ON {table} FOR EACH ROW"
                f" WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION hiwar_keep_address('{name}');"
                f"CREATE OR REPLACE TRIGGER address_free BEFORE INSERT OR UPDATE OF slug ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION hiwar_free_address('{name}');"
                f"CREATE OR REPLACE TRIGGER address_forgotten AFTER DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION hiwar_forget_address('{name}');"
            )
    return "\n".join(parts)


def fingerprint(text: str) -> str:
    return f"rules {hashlib.sha256(text.encode()).hexdigest()}"


def install(app: AppConfig, using: str) -> None:
    """Put every trigger in place and note on a table which script did it; all of it or nothing."""
    text = script(app)
    note = f"COMMENT ON TABLE statements_archiverevision IS '{fingerprint(text)}';"
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f"{text}\n{note}")


def is_installed(app: AppConfig, using: str) -> bool:
    """Whether these rules are in place: not after a ``migrate`` that was killed, nor after the rules have changed."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(to_regclass('statements_archiverevision'), 'pg_class')"
        )
        return cursor.fetchone()[0] == fingerprint(script(app))


TRIGGER = re.compile(r"CREATE OR REPLACE TRIGGER (\w+)[^;]*?\sON (statements_\w+)")


def missing(app: AppConfig, using: str) -> set[tuple[str, str]]:
    """(trigger, table) of every trigger that was dropped or switched off; ``migrate`` puts dropped ones back."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        return set(TRIGGER.findall(script(app))) - set(cursor.fetchall())


def after_migrate(sender: AppConfig, using: str, **_: Any) -> None:
    """Install after ``migrate``; when the tables were taken back to nothing there is nothing to do."""
    with connections[using].cursor() as cursor:
        tables = connections[using].introspection.table_names(cursor)
    if all(
        model._meta.db_table in tables for model in sender.get_models(include_auto_created=True)
    ):
        install(sender, using)

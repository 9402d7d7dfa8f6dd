-- The chain of one journal. __entry__ and __link__ are replaced by the names of its tables.
CREATE FUNCTION __entry___digest(link_position bigint, link_previous bytea, entry __entry__) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(concat_ws(E'\x1f',
        link_position::text, encode(link_previous, 'hex'), entry.id::text,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        coalesce(entry.actor_id::text, ''), coalesce(entry.structure_id::text, ''),
        entry.verb, entry.subject_kind, entry.subject_id, entry.detail), 'UTF8'))
$$;

-- Runs as the owner at COMMIT: the lock is held while the commit is written, and no longer.
CREATE FUNCTION __entry___chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head_position bigint := 0;
    head_digest bytea := sha256(convert_to('__entry__', 'UTF8'));
    sealed record;
    last_link record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('__entry__'));
    SELECT position, digest INTO last_link FROM __link__ ORDER BY position DESC LIMIT 1;
    IF FOUND THEN
        head_position := last_link.position;
        head_digest := last_link.digest;
    ELSIF '__entry__' = 'journal_access' THEN
        SELECT last_position, head INTO sealed FROM journal_accesssegment ORDER BY last_position DESC LIMIT 1;
        IF FOUND THEN
            head_position := sealed.last_position;
            head_digest := sealed.head;
        END IF;
    END IF;
    INSERT INTO __link__ (position, entry_id, month, previous, digest) VALUES (
        head_position + 1, NEW.id, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM'),
        head_digest, __entry___digest(head_position + 1, head_digest, NEW));
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON __entry__
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION __entry___chain();

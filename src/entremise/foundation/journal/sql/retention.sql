-- Seals every month of accesses that is over, then forgets the sealed ones older than twelve months.
CREATE FUNCTION journal_seal_and_purge_accesses() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    purged_entries bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('journal_access'));
    PERFORM set_config('entremise.retention', 'on', true);
    INSERT INTO journal_accesssegment (month, first_position, last_position, entry_count, head, purged)
    SELECT month, min(position), max(position), count(*),
           (array_agg(digest ORDER BY position DESC))[1], false
    FROM journal_accesslink
    WHERE month < to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM')
      AND month NOT IN (SELECT month FROM journal_accesssegment)
    GROUP BY month;
    DELETE FROM journal_access USING journal_accesslink link, journal_accesssegment segment
    WHERE link.entry_id = journal_access.id AND segment.month = link.month
      AND segment.month < to_char(clock_timestamp() AT TIME ZONE 'UTC' - interval '12 months', 'YYYY-MM');
    GET DIAGNOSTICS purged_entries = ROW_COUNT;
    UPDATE journal_accesssegment SET purged = true
    WHERE NOT purged
      AND month < to_char(clock_timestamp() AT TIME ZONE 'UTC' - interval '12 months', 'YYYY-MM');
    DELETE FROM journal_accesslink USING journal_accesssegment segment
    WHERE segment.month = journal_accesslink.month AND segment.purged;
    PERFORM set_config('entremise.retention', 'off', true);
    RETURN purged_entries;
END $$;

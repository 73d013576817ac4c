-- Accounts are compared by other keys than before: all are entered anew, and all events joined anew.
DELETE FROM incident_keys;
DELETE FROM incident_links;
INSERT OR IGNORE INTO unjoined SELECT id FROM events;

-- What an archive of schema 1 held: one coded article with one event, and an input that failed.
INSERT INTO versions VALUES (1, '0.1', 'm1', 'c1', 'k1', NULL);
INSERT INTO articles VALUES (1, 'ab12', 'old', NULL, 'Keta floods', '2020-01-02', NULL, 'The Volta Post', NULL, 'en', NULL, 1);
INSERT INTO words (rowid, title, text) VALUES (1, 'Keta floods', 'The army marched to Keta.');
INSERT INTO actors VALUES (1, 'army', 'Ghana, army', 'GHA', 'MIL');
INSERT INTO actor_words (rowid, name, label) VALUES (1, 'army', 'Ghana, army');
INSERT INTO mentions VALUES (1, 4, 8, 1);
INSERT INTO events VALUES (1, 'u1', 1, 'e1', 9, 16, 'MOBILIZE', NULL, 4, 'happened', NULL, NULL, NULL, NULL, NULL, 0.5);
INSERT INTO roles VALUES (1, 'actor', 0, 1, 4, 8);
INSERT INTO inputs VALUES (1, 'old.html', 'd1', 'coded', 'old', NULL, NULL, 1);
INSERT INTO inputs VALUES (2, 'lost.html', '', 'failed', NULL, 'missing', 'no such file', NULL);

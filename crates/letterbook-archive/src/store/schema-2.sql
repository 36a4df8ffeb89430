-- Format 2: what people say of the persons and bodies across letters, and hints to the reader.

-- What the caller knew of the letter beside its text (language, place …), as JSON; absent when
-- nothing was known. A new reading gets the same hints.
ALTER TABLE version ADD COLUMN hints TEXT;

-- A person or body that somebody said something of. Numbers are never used again.
CREATE TABLE person (
    id  INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT;

-- One thing that somebody did about persons: all of it is in force, or taken back.
CREATE TABLE decision (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    action  TEXT NOT NULL CHECK (action IN ('merge', 'split', 'name', 'identify')),
    who     TEXT NOT NULL,
    at      TEXT NOT NULL,
    why     TEXT NOT NULL,
    undone  TEXT                       -- when it was taken back
) STRICT;

-- What a decision says; of two that contradict each other the later holds.
CREATE TABLE statement (
    id        INTEGER PRIMARY KEY,
    decision  INTEGER NOT NULL REFERENCES decision (id),
    person    INTEGER NOT NULL REFERENCES person (id),
    kind      TEXT NOT NULL CHECK (kind IN ('form', 'letter', 'apart', 'name', 'identifier')),
    form      TEXT,                    -- form, letter: a name's folded words
    letter    INTEGER,                 -- letter: only in this letter
    other     INTEGER REFERENCES person (id),  -- apart: is another than the person
    value     TEXT                     -- name: as it is to be called; identifier: gnd:118540238
) STRICT;
CREATE INDEX statement_decision ON statement (decision);

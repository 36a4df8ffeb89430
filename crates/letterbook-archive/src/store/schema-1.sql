-- The store of a Letterbook archive, format 1 (PRAGMA user_version), SQLite 3.
-- Times are RFC 3339 in UTC, as the caller gives them. Packed values: see src/packing.rs.

-- The files as they came, each once, named by the BLAKE3 hash of their bytes.
CREATE TABLE original (
    id     INTEGER PRIMARY KEY,
    hash   BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    size   INTEGER NOT NULL,           -- bytes, unpacked
    bytes  BLOB NOT NULL               -- packed
) STRICT;

-- A letter keeps its number for good; numbers are never used again.
CREATE TABLE letter (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    version  INTEGER NOT NULL,         -- the current one, from 1
    stamp    INTEGER NOT NULL          -- the commit that last changed it
) STRICT;
CREATE INDEX letter_stamp ON letter (stamp);

-- The names under which a letter came: paths, or identifiers of a pipe.
CREATE TABLE source (
    name    TEXT PRIMARY KEY,
    letter  INTEGER NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
    added   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX source_letter ON source (letter);

-- What each version of the file was, and what was read in it by whom and when.
CREATE TABLE version (
    id        INTEGER PRIMARY KEY,
    letter    INTEGER NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    original  INTEGER NOT NULL REFERENCES original (id),
    added     TEXT NOT NULL,
    reader    TEXT NOT NULL,           -- name and version of the program that read it
    read      TEXT NOT NULL,
    text      BLOB,                    -- packed UTF-8; absent when it is the original's bytes
    record    BLOB,                    -- packed JSON; absent when the file could not be read
    failure   TEXT,                    -- why it could not be read
    UNIQUE (letter, number),
    CHECK ((record IS NULL) <> (failure IS NULL))
) STRICT;
CREATE INDEX version_original ON version (original);

-- What people say of a reading. The reading itself is never changed.
CREATE TABLE correction (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    letter  INTEGER NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
    path    TEXT NOT NULL,             -- where in the record: date, senders.0.name
    action  TEXT NOT NULL CHECK (action IN ('set', 'confirm', 'reject')),
    value   TEXT,                      -- what is set
    was     TEXT,                      -- JSON of what the reading said then
    who     TEXT NOT NULL,
    at      TEXT NOT NULL,
    why     TEXT NOT NULL,
    undone  TEXT                       -- when it was taken back
) STRICT;
CREATE INDEX correction_letter ON correction (letter);

-- Letters taken out: the number stays, so that the index can follow.
CREATE TABLE removal (
    letter  INTEGER PRIMARY KEY,
    stamp   INTEGER NOT NULL,
    who     TEXT NOT NULL,
    at      TEXT NOT NULL,
    why     TEXT NOT NULL
) STRICT;
CREATE INDEX removal_stamp ON removal (stamp);

-- One row for each transaction. The chain is the BLAKE3 hash of the chain before, the stamp and
-- what was changed: an index that names a stamp and its chain was made from this very store.
CREATE TABLE history (
    stamp  INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    chain  BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

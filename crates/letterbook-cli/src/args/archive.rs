//! The commands that keep letters: their options and every word of their help.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Intake;

/// Exit statuses of the commands that ask an archive.
const ASK_STATUS: &str = "\
Exit status:
  0    done; nothing found is an answer too
  1    it could not be done; what stood in the way is reported
  2    the command line or the query was not understood";

/// Exit statuses of the commands that write to an archive.
const WRITE_STATUS: &str = "\
Exit status:
  0    all was done
  1    some of it could not be done; each part is reported, and the rest was done
  2    the command line was not understood
  130  interrupted with Ctrl-C; what was reported is kept, and the same command goes on there";

/// Exit statuses of the commands that look for faults.
const FAULT_STATUS: &str = "\
Exit status:
  0    nothing is amiss
  1    something is; each fault is reported
  2    the command line was not understood
  130  interrupted with Ctrl-C";

/// Where the archive is.
#[derive(Debug, Args)]
pub(crate) struct Home {
    /// The archive's folder
    #[arg(long = "archive", value_name = "DIR", default_value = "letterbook-archive")]
    pub folder: PathBuf,
}

/// Who says something of a letter, and why.
#[derive(Debug, Args)]
pub(crate) struct Voice {
    /// Who says so [default: LETTERBOOK_WHO, or the name that you are logged in by]
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,

    /// Why
    #[arg(long, value_name = "REASON", default_value = "", hide_default_value = true)]
    pub why: String,
}

/// The forms of an answer of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Jsonl,
    /// A table with a head row
    Csv,
}

/// How an answer is shown.
#[derive(Debug, Args)]
pub(crate) struct Shown {
    /// How to show it
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    /// Columns to fill [default: the terminal's width, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(30..=400))]
    pub width: Option<u16>,
}

pub(crate) const ADD_LONG: &str = "\
Reads letters and keeps them: the files byte for byte, and what was read in them.

PATH is a file or a folder of any kind that `letterbook read` takes. The archive is made when it is
not there. A file that is there already is passed over, also under another name; one whose content
has changed becomes a new version of its letter, and the old one stays. A file that cannot be read
is kept and reported. Of a file with several letters (a mailbox, a letter book, JSON lines) each
letter is kept by its own text, and only new and changed ones are added when the file has grown.
Where several letters of one file have the same identifier, they are kept as `FILE / ID`,
`FILE / ID (2)` and so on, in the order of the file.

Files are added a batch at a time, each batch whole or not at all. Stop whenever you like, with
Ctrl-C or otherwise: what was added stays, and the same command goes on where it stopped.";

const ADD_AFTER: &str = "\
Examples:
  $ letterbook add letters
  $ letterbook add letters --archive mine --lang en
  Take in whatever comes into a folder, until Ctrl-C:
    letterbook add --watch inbox";

/// `letterbook add`.
#[derive(Debug, Args)]
#[command(after_help = WRITE_STATUS)]
#[command(after_long_help = format!("{ADD_AFTER}\n\n{WRITE_STATUS}"))]
pub(crate) struct Add {
    /// Files and folders to add
    #[arg(value_name = "PATH", required_unless_present = "watch")]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub archive: Home,

    /// Go on adding what is new or changed in DIR, until Ctrl-C
    ///
    /// A file is taken when it has not changed for a moment. Between two looks at the folder the
    /// archive is free for other commands.
    #[arg(long, value_name = "DIR")]
    pub watch: Option<PathBuf>,

    #[command(flatten)]
    pub intake: Intake,

    /// No progress and no summary
    #[arg(long, short)]
    pub quiet: bool,

    /// Name every file that is passed over, not the first ten
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// The orders in which letters are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// Those that fit best first
    Relevance,
    /// Oldest first; letters without a date last
    Date,
    /// Newest first; letters without a date last
    Newest,
    /// By the first sender's name; letters without one last
    Sender,
    /// As they were added
    Number,
}

/// Which of the letters found are given.
#[derive(Debug, Args)]
pub(crate) struct Page {
    /// How many letters to give at most [default: 20 as text, all in the other formats]
    #[arg(long, short = 'n', value_name = "N", conflicts_with = "all")]
    pub limit: Option<usize>,

    /// How many of the first to leave out
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,

    /// Give all of them
    #[arg(long)]
    pub all: bool,
}

const QUERY_HELP: &str = "\
What a query may say:
  peace treaty        both words, in any form, case, accent or old spelling
  \"peace treaty\"      these words in this order
  congrat*            words that begin so
  or, not, -, ( )     peace or armistice, -from:Hale, from:(Hale or Berg)
                      an argument of one word is denied by: not tides
  from: to: place:    words of the senders, the recipients, the place of writing; of persons that
                      `letterbook people` made one, any name and the number (from:P1)
  about: org:         what the letter names; bodies of senders, recipients and text
  date:               1848, 1848-03, 184X, 1848~, 1848..1850, ..1850, <1850, >1850-06
                      finds every letter whose date may lie there
  lang: calendar:     de, julian …
  act: occasion:      thank, congratulate, request …; birthday, death, holiday …
  finding:            weekday-conflict …, or error, warning, note
  confidence:<0.7     letters with a sender, recipient, date or place less sure than that
  has:                date, place, sender, recipient, postscript, enclosure, letterhead,
                      occasion, act, reference, finding, correction, failure …
  file: text: number: the file's name, the text alone, the letter's number";

pub(crate) const LIST_LONG: &str = "\
Lists the letters of an archive, one a line: number, date, sender and recipient, place.

With words behind it, only the letters that the query finds are listed; `letterbook help search`
says what a query may be.";

const LIST_AFTER: &str = "\
Examples:
  $ letterbook list
  $ letterbook list from:Swales --sort date
  $ letterbook list -from:Swales
  $ letterbook list --format csv";

/// `letterbook list`.
#[derive(Debug, Args)]
#[command(after_help = ASK_STATUS)]
#[command(after_long_help = format!("{LIST_AFTER}\n\n{QUERY_HELP}\n\n{ASK_STATUS}"))]
pub(crate) struct List {
    /// Only the letters that this finds; several words are joined
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    #[command(flatten)]
    pub archive: Home,

    /// In what order
    #[arg(long, short, value_enum, default_value_t = Sort::Number)]
    pub sort: Sort,

    #[command(flatten)]
    pub page: Page,

    #[command(flatten)]
    pub shown: Shown,
}

pub(crate) const SHOW_LONG: &str = "\
Shows letters of an archive, each as a card, with what people have corrected.

LETTER is a letter's number, or the name of the file that it came from.";

const SHOW_AFTER: &str = "\
Examples:
  $ letterbook show 1
  $ letterbook show letters/harbour.txt --explain
  $ letterbook show 1 --fields
  $ letterbook show 1 --text
  $ letterbook show 1 --format json";

/// `letterbook show`.
#[derive(Debug, Args)]
#[command(after_help = ASK_STATUS)]
#[command(after_long_help = format!("{SHOW_AFTER}\n\n{ASK_STATUS}"))]
pub(crate) struct Show {
    /// The letters
    #[arg(value_name = "LETTER", required = true)]
    pub letters: Vec<String>,

    #[command(flatten)]
    pub archive: Home,

    /// The file's bytes as they came
    #[arg(long, conflicts_with_all = ["text", "zones", "explain", "fields", "format"])]
    pub original: bool,

    /// As this version of the file was read, counted from 1, without corrections
    /// [default: the newest, with them]
    #[arg(long, value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub version: Option<u32>,

    /// The letter's text
    #[arg(long, conflicts_with_all = ["zones", "explain", "fields", "format"])]
    pub text: bool,

    /// Each value with its field, as `letterbook edit` takes it
    #[arg(long, conflicts_with_all = ["zones", "explain", "format"])]
    pub fields: bool,

    /// Say of each value which rule, model or person gave it, and how sure it is
    #[arg(long, short)]
    pub explain: bool,

    /// Show each letter with its parts named in the margin
    #[arg(long, short)]
    pub zones: bool,

    /// How to show them
    #[arg(long, short, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,

    /// Columns to fill [default: the terminal's width, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(30..=400))]
    pub width: Option<u16>,
}

/// The forms of a letter that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    /// A card
    Text,
    /// One JSON array of all
    Json,
    /// One JSON object a line
    Jsonl,
}

pub(crate) const SEARCH_LONG: &str = "\
Finds letters, and shows of each the words that were searched, marked, where they stand.

Words are found in any case, accent and grammatical form, in the letter's own language, and in old
spellings. Fields search what was read, with people's corrections: from:Müller date:1848..1850
act:congratulate.";

const SEARCH_AFTER: &str = "\
Examples:
  $ letterbook search tides
  $ letterbook search \"from:swales date:1888 -act:protest\"
  $ letterbook search \"has:date and (tide or harbour)\" --sort date --facets
  $ letterbook search tides --format jsonl";

/// `letterbook search`.
#[derive(Debug, Args)]
#[command(after_help = ASK_STATUS)]
#[command(after_long_help = format!("{QUERY_HELP}\n\n{SEARCH_AFTER}\n\n{ASK_STATUS}"))]
pub(crate) struct Search {
    /// What to find; several words are joined
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,

    #[command(flatten)]
    pub archive: Home,

    /// In what order
    #[arg(long, short, value_enum, default_value_t = Sort::Relevance)]
    pub sort: Sort,

    #[command(flatten)]
    pub page: Page,

    /// Count what was found by sender, recipient, place, year, language, act …
    #[arg(long)]
    pub facets: bool,

    #[command(flatten)]
    pub shown: Shown,
}

pub(crate) const CHECK_LONG: &str = "\
Holds the letters against each other: what each says may be right alone and wrong beside the rest.

Found are one sender in two towns on one day; a letter older than the one that it answers; an
answer to a letter of a year that is not the letter's own; a weekday that fits only another year,
in which the sender wrote; letters of one name a long life apart. Each finding names the letters to
look at, and nothing is changed. What can be seen in one letter stands on its card;
`letterbook search finding:error` finds those.";

const CHECK_AFTER: &str = "\
Examples:
  $ letterbook check
  $ letterbook check --format csv";

/// `letterbook check`.
#[derive(Debug, Args)]
#[command(after_help = FAULT_STATUS)]
#[command(after_long_help = format!("{CHECK_AFTER}\n\n{FAULT_STATUS}"))]
pub(crate) struct Check {
    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub shown: Shown,

    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
}

pub(crate) const EDIT_LONG: &str = "\
Says of a value that it is something else, that it is right, or that it is wrong.

FIELD is where the value stands in the record as it is now, corrections included: date, place,
language, senders.0.name, recipients.0.role, acts.2, zones.1; `letterbook show LETTER --fields`
shows all. Lists are counted from 0, the number after the last adds one, and one that is rejected
is no longer counted. `sender` and `recipient` stand for the first one's name. VALUE is the new
value: a date in EDTF (1848-03-18, 1848~, 184X), a language as a BCP 47 tag (fr), an act's or a
part's name, words. Words that the page has are cited from it; others cite nothing.

What was read stays as it is. What you say lies beside it, with your name, the time and your
reason, holds in search, checks and exports, survives every new reading, and can be taken back.";

const EDIT_AFTER: &str = "\
Examples:
  $ letterbook edit 1 date 1888-06-05 --why \"the postmark\"
  $ letterbook edit 1 sender --confirm
  $ letterbook edit 1 acts.0 --reject
  $ letterbook edit --undo 1 --why \"misread\"
  $ letterbook edit --csv corrections.csv --dry-run

Many at once:
  A CSV file with a head row: letter, field, value, and if you like action (set, confirm, reject),
  who and why. All of it is done or, if a row does not fit, nothing; --dry-run shows what it
  would do.";

/// `letterbook edit`.
#[derive(Debug, Args)]
#[command(after_help = WRITE_STATUS)]
#[command(after_long_help = format!("{EDIT_AFTER}\n\n{WRITE_STATUS}"))]
pub(crate) struct Edit {
    /// The letter: its number, or the name of its file
    #[arg(value_name = "LETTER", required_unless_present_any = ["undo", "csv"])]
    #[arg(conflicts_with_all = ["undo", "csv"])]
    pub letter: Option<String>,

    /// Where the value stands
    #[arg(value_name = "FIELD", required_unless_present_any = ["undo", "csv"])]
    pub field: Option<String>,

    /// The value
    #[arg(value_name = "VALUE", required_unless_present_any = ["undo", "csv", "confirm", "reject"])]
    #[arg(conflicts_with_all = ["confirm", "reject"])]
    pub value: Option<String>,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub voice: Voice,

    /// The value is right
    #[arg(long, conflicts_with = "reject")]
    pub confirm: bool,

    /// The value is wrong, and there is none
    #[arg(long)]
    pub reject: bool,

    /// Take back the correction of that number; `letterbook history` shows the numbers
    #[arg(long, value_name = "CORRECTION", conflicts_with = "csv")]
    pub undo: Option<i64>,

    /// Take corrections from a CSV file
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,

    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
}

pub(crate) const HISTORY_LONG: &str = "\
Shows what happened to a letter: when it was added and read, its versions, and every correction
with its number, who made it, when, why, and whether it was taken back.";

const HISTORY_AFTER: &str = "\
Examples:
  $ letterbook history 1
  $ letterbook history letters/harbour.txt --format jsonl";

/// `letterbook history`.
#[derive(Debug, Args)]
#[command(after_help = ASK_STATUS)]
#[command(after_long_help = format!("{HISTORY_AFTER}\n\n{ASK_STATUS}"))]
pub(crate) struct History {
    /// The letter: its number, or the name of its file
    #[arg(value_name = "LETTER")]
    pub letter: String,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub shown: Shown,
}

pub(crate) const REBUILD_LONG: &str = "\
Makes the search index anew from the store. Nothing of the letters is touched.

With --read every letter is read again, as after an upgrade of Letterbook. Only readings that come
out otherwise are kept, and what is other is shown. People's corrections stay.";

const REBUILD_AFTER: &str = "\
Examples:
  $ letterbook rebuild
  $ letterbook rebuild --read --dry-run
  $ letterbook rebuild --read --format jsonl";

/// `letterbook rebuild`.
#[derive(Debug, Args)]
#[command(after_help = WRITE_STATUS)]
#[command(after_long_help = format!("{REBUILD_AFTER}\n\n{WRITE_STATUS}"))]
pub(crate) struct Rebuild {
    #[command(flatten)]
    pub archive: Home,

    /// Read every letter again
    #[arg(long)]
    pub read: bool,

    /// Only show what would change
    #[arg(long, requires = "read")]
    pub dry_run: bool,

    #[command(flatten)]
    pub shown: Shown,

    /// No progress and no summary
    #[arg(long, short)]
    pub quiet: bool,
}

pub(crate) const STATS_LONG: &str = "\
Counts what an archive holds: letters, versions, corrections, bytes, and the letters by year,
language, sender, recipient, place and act. Years stand in the order of time, other values with
most letters first. Persons and bodies that `letterbook people` made one are counted as one.";

const STATS_AFTER: &str = "\
Examples:
  $ letterbook stats
  $ letterbook stats --limit 40
  $ letterbook stats --format jsonl";

/// `letterbook stats`.
#[derive(Debug, Args)]
#[command(after_help = ASK_STATUS)]
#[command(after_long_help = format!("{STATS_AFTER}\n\n{ASK_STATUS}"))]
pub(crate) struct Stats {
    #[command(flatten)]
    pub archive: Home,

    /// How many values of each kind to give at most, those with most letters; 0 for all [default: 12
    /// as text, all in the other formats]
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,

    #[command(flatten)]
    pub shown: Shown,
}

pub(crate) const REMOVE_LONG: &str = "\
Takes letters out for good: text, record, versions, corrections, and the file unless another
letter has the same. Only the number stays, with who took it out, when and why; it is never used
again. There is no way back but a copy of the archive. `letterbook history` tells what became of
the number; the next `letterbook add` of the file brings it in as a new letter.";

const REMOVE_AFTER: &str = "\
Examples:
  $ letterbook remove 2 --why \"belongs to another series\"";

/// `letterbook remove`.
#[derive(Debug, Args)]
#[command(after_help = WRITE_STATUS)]
#[command(after_long_help = format!("{REMOVE_AFTER}\n\n{WRITE_STATUS}"))]
pub(crate) struct Remove {
    /// The letters: their numbers, or the names of their files
    #[arg(value_name = "LETTER", required = true)]
    pub letters: Vec<String>,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub voice: Voice,
}

pub(crate) const VERIFY_LONG: &str = "\
Proves that an archive is whole: the store's own structure, every reference in it, the hash of
every original, that every record can be read and cites its letter's own characters, and that the
index has exactly the store's letters. Changes nothing. Reads the whole archive.";

const VERIFY_AFTER: &str = "\
Examples:
  $ letterbook verify";

/// `letterbook verify`.
#[derive(Debug, Args)]
#[command(after_help = FAULT_STATUS)]
#[command(after_long_help = format!("{VERIFY_AFTER}\n\n{FAULT_STATUS}"))]
pub(crate) struct Verify {
    #[command(flatten)]
    pub archive: Home,

    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
}

pub(crate) const BACKUP_LONG: &str = "\
Writes a whole copy of an archive into a new folder, also while letters are being added. The copy
is an archive of its own, with an index of its own.

An archive that nobody writes to can as well be copied as any folder.";

const BACKUP_AFTER: &str = "\
Examples:
  $ letterbook backup copy-of-today";

/// `letterbook backup`.
#[derive(Debug, Args)]
#[command(after_help = ASK_STATUS)]
#[command(after_long_help = format!("{BACKUP_AFTER}\n\n{ASK_STATUS}"))]
pub(crate) struct Backup {
    /// The folder of the copy
    #[arg(value_name = "DIR")]
    pub to: PathBuf,

    #[command(flatten)]
    pub archive: Home,
}

pub(crate) const PEOPLE_LONG: &str = "\
Gathers the persons and bodies that write and receive letters, across the archive.

Letters under one name are one entry. Where two names may be one person's, by their parts, the
years, the places and the correspondents, that is proposed and never done unasked: `merge` makes
them one, `split` parts them, and both keep who said so, when and why, and can be taken back. No
letter is changed.

An entry is named by its number (P3), once somebody has said something of it, or by a name as the
letters write it.";

const PEOPLE_AFTER: &str = "\
Examples:
  $ letterbook people
  $ letterbook people show \"Josiah Swales\"
  $ letterbook people merge \"Josiah Swales\" Swales --why \"his own hand\"
  $ letterbook people split P1 Swales
  $ letterbook people identify \"Josiah Swales\" viaf 24602065 --why \"as the edition has it\"
  $ letterbook people undo 3";

/// `letterbook people`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = ASK_STATUS)]
#[command(after_long_help = format!("{PEOPLE_AFTER}\n\n{ASK_STATUS}"))]
pub(crate) struct People {
    /// What to do; without it, list them
    #[command(subcommand)]
    pub command: Option<PeopleCommand>,

    #[command(flatten)]
    pub list: PeopleList,
}

/// What can be done with people.
#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    /// List persons and bodies, and who may be one
    List(PeopleList),
    /// Show an entry: its names, offices, places, years and letters
    Show(PeopleShow),
    /// Say that several entries are one
    Merge(PeopleMerge),
    /// Say that a name, or some letters, are another's
    Split(PeopleSplit),
    /// Say what an entry is to be called
    Name(PeopleName),
    /// Give an entry its number in an authority file
    Identify(PeopleIdentify),
    /// Take back what was said
    Undo(PeopleUndo),
}

/// `letterbook people list`.
#[derive(Debug, Args)]
pub(crate) struct PeopleList {
    /// Only entries with these words in a name
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub archive: Home,

    /// Only entries that may be one with another
    #[arg(long)]
    pub proposals: bool,

    /// How many entries to give at most, those with most letters first; 0 for all [default: 50 as
    /// text, all in the other formats]
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,

    #[command(flatten)]
    pub shown: Shown,
}

/// `letterbook people show`.
#[derive(Debug, Args)]
pub(crate) struct PeopleShow {
    /// A number such as P3, or a name as the letters write it
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub shown: Shown,
}

/// `letterbook people merge`.
#[derive(Debug, Args)]
pub(crate) struct PeopleMerge {
    /// The entries, the one that gives the name first
    #[arg(value_name = "ENTRY", num_args = 2.., required = true)]
    pub entries: Vec<String>,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub voice: Voice,
}

/// `letterbook people split`.
#[derive(Debug, Args)]
pub(crate) struct PeopleSplit {
    /// The entry
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// The names that are another's
    #[arg(value_name = "NAME", required_unless_present = "letters")]
    pub names: Vec<String>,

    /// The numbers of the letters that are another's, parted by commas
    #[arg(long, value_name = "LETTERS", value_delimiter = ',')]
    pub letters: Vec<i64>,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub voice: Voice,
}

/// `letterbook people name`.
#[derive(Debug, Args)]
pub(crate) struct PeopleName {
    /// The entry
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// What it is to be called
    #[arg(value_name = "NAME")]
    pub name: String,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub voice: Voice,
}

/// `letterbook people identify`.
#[derive(Debug, Args)]
pub(crate) struct PeopleIdentify {
    /// The entry
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// gnd, viaf, wikidata, geonames or orcid
    #[arg(value_name = "AUTHORITY")]
    pub authority: String,

    /// The number, or the address of its page
    #[arg(value_name = "IDENTIFIER")]
    pub identifier: String,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub voice: Voice,
}

/// `letterbook people undo`.
#[derive(Debug, Args)]
pub(crate) struct PeopleUndo {
    /// The number of the decision; `letterbook people show` shows it
    #[arg(value_name = "DECISION")]
    pub decision: i64,

    #[command(flatten)]
    pub archive: Home,

    #[command(flatten)]
    pub voice: Voice,
}

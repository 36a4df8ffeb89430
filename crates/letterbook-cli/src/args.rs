//! The command line: every option and every word of help, once.
//!
//! Help, completions and manual pages all come from these definitions. The examples in the long
//! help (lines that begin with `$ `) are run as tests.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};
use letterbook::Options;
use letterbook_archive::query::FIELDS;
use letterbook_files::{Limits, Tools};

use crate::intake::Settings;

pub(crate) mod archive;

const ABOUT: &str = "Reads letters: who wrote to whom, when, from where, and what for";

const LONG_ABOUT: &str = "\
Letterbook reads letters as a careful editor would: who wrote to whom, in what office and on
whose behalf, from where, when (in whatever calendar the page uses), on what occasion, what the
letter does, and which other letters it speaks of. Every value comes with the words of the letter
that show it, and with a confidence: of the readings given with 90 %, nine in ten are right.
What the page does not show is left out.

It works on your own machine. Nothing is sent anywhere.";

const STATUS: &str = "\
Exit status:
  0    everything was read (in a --jsonl pipe: every line was answered)
  1    some files or letters could not be read; each is reported, and the rest was read
  2    the command line was not understood
  130  interrupted with Ctrl-C; what was written is whole, and an old FILE is as it was";

const MAIN_EXAMPLES: &str = "\
Examples:
  Read one letter, or a folder of them:
  $ letterbook read letters/harbour.txt
  $ letterbook read letters

  Keep them, and find them again:
  $ letterbook add letters
  $ letterbook search from:Swales date:1888

  Make a table of a folder for a spreadsheet:
  $ letterbook read letters --format csv -o letters.csv

  What day was the tenth of the twelfth month of Juche 95?
  $ letterbook calendar juche 95 12 10";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "letterbook", version, about = ABOUT, long_about = LONG_ABOUT)]
#[command(after_help = STATUS, after_long_help = format!("{MAIN_EXAMPLES}\n\n{STATUS}"))]
#[command(max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// When to use colours
    ///
    /// `auto` uses them on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

/// Reads the command line; says what was not understood, and ends the program there.
pub(crate) fn parse(args: Vec<OsString>) -> Cli {
    Cli::try_parse_from(queries(args)).unwrap_or_else(|error| advise(error).exit())
}

/// The error of a command that does not exist, with what does its work today.
fn advise(mut error: clap::Error) -> clap::Error {
    /// Words that people try, a tab, and what does the work.
    const TIPS: &str = include_str!("../tables/commands.tsv");
    let Some(ContextValue::String(tried)) = error.get(ContextKind::InvalidSubcommand) else {
        return error;
    };
    let tried = tried.to_lowercase();
    let rows = TIPS.lines().filter(|line| !line.starts_with('#'));
    let tip = rows
        .filter_map(|line| line.split_once('\t'))
        .find_map(|(words, tip)| words.split(' ').any(|word| word == tried).then_some(tip));
    if let Some(tip) = tip {
        error.remove(ContextKind::SuggestedSubcommand);
        let tip = ContextValue::StyledStrs(vec![tip.into()]);
        error.insert(ContextKind::Suggested, tip);
    }
    error
}

/// The command line with each word of a query that a `-` denies, such as `-from:Hale`, as `not
/// from:Hale`: by its first letters it would be taken for options.
fn queries(mut args: Vec<OsString>) -> Vec<OsString> {
    let is_query = |arg: &OsString| arg == "list" || arg == "search";
    let Some(command) = args.iter().position(is_query) else { return args };
    for arg in &mut args[command..] {
        let denied = arg.to_str().and_then(|arg| arg.strip_prefix('-'));
        let field = denied.and_then(|query| query.split_once(':')).map(|(field, _)| field);
        if let (Some(query), Some(field)) = (denied, field)
            && (query.starts_with('(') || FIELDS.contains(&field))
        {
            *arg = format!("not {query}").into();
        }
    }
    args
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always, also in files and pipes
    Always,
    /// Never
    Never,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read letters and show what they say
    #[command(long_about = READ_LONG)]
    Read(Box<Read>),
    /// Keep letters in an archive
    #[command(long_about = archive::ADD_LONG)]
    Add(Box<archive::Add>),
    /// List the letters of an archive
    #[command(long_about = archive::LIST_LONG)]
    List(archive::List),
    /// Show letters of an archive
    #[command(long_about = archive::SHOW_LONG)]
    Show(archive::Show),
    /// Find letters by words, people, places, dates and what they do
    #[command(long_about = archive::SEARCH_LONG)]
    Search(archive::Search),
    /// Hold the letters of an archive against each other
    #[command(long_about = archive::CHECK_LONG)]
    Check(archive::Check),
    /// Correct what was read, or confirm it
    #[command(long_about = archive::EDIT_LONG)]
    Edit(archive::Edit),
    /// Show what happened to a letter
    #[command(long_about = archive::HISTORY_LONG)]
    History(archive::History),
    /// Gather the persons and bodies of an archive
    #[command(long_about = archive::PEOPLE_LONG)]
    People(Box<archive::People>),
    /// Count what an archive holds
    #[command(long_about = archive::STATS_LONG)]
    Stats(archive::Stats),
    /// Make the search index anew, or read all letters again
    #[command(long_about = archive::REBUILD_LONG)]
    Rebuild(archive::Rebuild),
    /// Prove that an archive is whole
    #[command(long_about = archive::VERIFY_LONG)]
    Verify(archive::Verify),
    /// Copy an archive
    #[command(long_about = archive::BACKUP_LONG)]
    Backup(archive::Backup),
    /// Take letters out for good
    #[command(long_about = archive::REMOVE_LONG)]
    Remove(archive::Remove),
    /// Find the dates in a text, in any calendar
    #[command(long_about = DATES_LONG)]
    Dates(Dates),
    /// Say what a date in EDTF means
    #[command(long_about = EDTF_LONG)]
    Edtf(Edtf),
    /// Convert a date between calendars
    #[command(long_about = CALENDAR_LONG)]
    Calendar(Calendar),
    /// Print a completion script for your shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

const READ_LONG: &str = "\
Reads letters and shows what they say.

PATH is a file, a folder, or - for standard input. Read are plain text in any encoding, Markdown,
HTML, mail (.eml, .mbox, Maildir), Word (.docx), OpenDocument, RTF, TEI, PDF, ALTO, PAGE XML, hOCR,
JSON lines, and ZIP, tar and gzip of these; which one a file is, is told from its bytes. PDF needs
Poppler's pdftotext, and pictures of pages need Tesseract; where one is missing, that is said. A
file may hold many letters: messages of a mailbox, letters of a letter book, attachments. Each is
called by its path and its part.

In folders, files are read in the order of their names; hidden files are passed over, and a README
and files of other kinds are named and counted. A file that you name yourself is always tried.

On a terminal each letter gets a card: the words underlined or in quotation marks are the letter's
own. Below it stand the findings, such as a weekday that does not fit the date, with the place in
the letter.";

const READ_AFTER: &str = "\
Examples:
  $ letterbook read letters
  $ letterbook read letters/harbour.txt --explain
  $ letterbook read letters/harbour.txt --zones
  $ letterbook read letters --format jsonl -o letters.jsonl
  $ letterbook read --jsonl pipe.jsonl

The pipe:
  With --jsonl each line of the input is one object, {\"id\": …, \"text\": …}, and each line of the
  output is the record of that letter, with the same id, in the same order. \"lang\" (a BCP 47
  tag), \"place\", \"received\" and \"anchor\" (dates in EDTF) may stand beside \"text\" as hints. A
  line that cannot be read is answered by {\"letterbook\":1,\"line\":…,\"error\":…} and stops nothing;
  blank lines are passed over. Memory does not grow with the input.";

/// `letterbook read`.
#[derive(Debug, Args)]
#[command(after_help = STATUS)]
#[command(after_long_help = format!("{READ_AFTER}\n\n{STATUS}"))]
pub(crate) struct Read {
    /// Files and folders to read; - is standard input
    #[arg(value_name = "PATH", required_unless_present = "jsonl")]
    pub paths: Vec<PathBuf>,

    /// Read JSON lines and write JSON lines, from standard input if no PATH is given
    #[arg(long, conflicts_with_all = ["format", "zones"])]
    pub jsonl: bool,

    /// How to show what was found
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    /// Say of each value which rule or model gave it, and how sure it is
    #[arg(long, short)]
    pub explain: bool,

    /// Show each letter with its parts named in the margin
    #[arg(long, short)]
    pub zones: bool,

    /// Write to FILE instead of the terminal
    ///
    /// FILE is replaced at the end of the run and never half-written. Where the run is stopped, FILE
    /// stays as it was, and what was read stands beside it in .FILE.part.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Go on with the records that FILE has already
    ///
    /// They stay, with those of a run that was stopped, and their letters are not read again; what
    /// could not be read is tried again, and the rest is added. A letter is known by its file and
    /// identifier, one of JSON lines also by its text. Needs --format jsonl.
    #[arg(long, requires = "output", conflicts_with = "jsonl")]
    pub resume: bool,

    /// Say where in its file each value stands: byte, page and box, XML path, part
    ///
    /// In JSON, beside the record under `where`.
    #[arg(long = "where", conflicts_with = "jsonl")]
    pub places: bool,

    #[command(flatten)]
    pub intake: Intake,

    /// Columns of the cards [default: the terminal's width, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(30..=400))]
    pub width: Option<u16>,

    /// No progress and no summary
    #[arg(long, short)]
    pub quiet: bool,

    /// Name every file that is passed over, not the first ten
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// How files become letters: the same for every command that takes files.
#[derive(Debug, Clone, Args)]
pub(crate) struct Intake {
    /// Language of the letters where you know it, such as en, de or zh-Hant
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,

    /// Where the letters were written, for calendars and customs that depend on it
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,

    /// Languages of pictures of pages, as Tesseract names them, such as deu+frk
    #[arg(long, value_name = "LANGS", default_value = "eng", help_heading = FILES)]
    #[arg(value_parser = languages)]
    pub ocr: String,

    /// Do not recognise characters of pictures
    #[arg(long, conflicts_with = "ocr", help_heading = FILES)]
    pub no_ocr: bool,

    /// Longest letter or line that is read; longer ones are reported
    #[arg(long, value_name = "BYTES", default_value = "16M", help_heading = FILES)]
    #[arg(value_parser = size)]
    pub max_bytes: u64,

    /// Largest file, or file within a file
    #[arg(long, value_name = "BYTES", default_value = "256M", help_heading = FILES)]
    #[arg(value_parser = size)]
    pub max_file: u64,

    /// What one archive may unpack to
    #[arg(long, hide_short_help = true, value_name = "BYTES", default_value = "1G", help_heading = FILES)]
    #[arg(value_parser = size)]
    pub max_unpacked: u64,

    /// Files within files
    #[arg(long, hide_short_help = true, value_name = "N", default_value_t = 6, help_heading = FILES)]
    pub max_nesting: usize,

    /// Pages of one PDF
    #[arg(long, hide_short_help = true, value_name = "N", default_value_t = 2000, help_heading = FILES)]
    pub max_pages: usize,

    /// Time in which a file must give its next letter or page
    #[arg(long, value_name = "SECONDS", default_value_t = 60, help_heading = FILES)]
    pub max_seconds: u64,

    /// Memory for reading one file
    #[arg(long, hide_short_help = true, value_name = "BYTES", default_value = "2G", help_heading = FILES)]
    #[arg(value_parser = size)]
    pub max_memory: u64,
}

const FILES: &str = "Files and limits";

impl Intake {
    /// The settings that these options ask for; `is_pipe` for `--jsonl`.
    pub(crate) fn settings(&self, is_pipe: bool, explain: bool) -> Settings {
        let ocr_languages = if self.no_ocr { String::new() } else { self.ocr.clone() };
        Settings {
            limits: Limits {
                file_bytes: self.max_file,
                unpacked_bytes: self.max_unpacked,
                nesting: self.max_nesting,
                pages: self.max_pages,
                seconds: self.max_seconds,
                memory_bytes: self.max_memory,
                ..Limits::default()
            },
            tools: Tools { ocr_languages },
            options: Options {
                language: self.lang.clone(),
                place: self.place.clone(),
                explain,
                ..Options::default()
            },
            max_bytes: self.max_bytes,
            is_pipe,
        }
    }
}

/// A number of bytes, as in `500`, `64K`, `16M` or `2G`; units count by 1,024.
fn size(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.trim_end_matches(['B', 'b']) {
        text if text.ends_with(['k', 'K']) => (&text[..text.len() - 1], 1 << 10),
        text if text.ends_with(['m', 'M']) => (&text[..text.len() - 1], 1 << 20),
        text if text.ends_with(['g', 'G']) => (&text[..text.len() - 1], 1 << 30),
        text => (text, 1),
    };
    let bytes = digits.trim().parse::<u64>().ok().and_then(|n| n.checked_mul(unit));
    bytes.filter(|&n| n > 0).ok_or_else(|| {
        format!("expected a number of bytes such as 500, 64K, 16M or 2G, but found `{text}`")
    })
}

/// Names of languages that can be no option of another program.
fn languages(text: &str) -> Result<String, String> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/'))
    };
    if text.split('+').all(is_name) {
        Ok(text.to_owned())
    } else {
        Err(format!("expected names of languages such as eng or deu+frk, but found `{text}`"))
    }
}

/// The forms of output of `letterbook read`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A card for each letter
    Text,
    /// One JSON array of all records
    Json,
    /// One record a line
    Jsonl,
    /// A table, one row a letter
    Csv,
}

const DATES_LONG: &str = "\
Finds the dates in a text, in any calendar and custom that letters use, and gives each as EDTF.

Without a text on the command line it is read from standard input. A date that leans on another
(\"the 10th inst.\", \"last Tuesday\") needs --anchor, the date of the letter; without it the value
stays open (XXXX-XX-10) rather than guessed.";

const DATES_AFTER: &str = "\
Examples:
  $ letterbook dates \"the 10th inst.\" --anchor 1901-12-20
  $ letterbook dates \"October 12, 2006 (Juche 95)\"
  $ letterbook dates --lang de \"Wien, den 3. Jänner 1848\"

The pipe:
  With --jsonl each line of the input is {\"id\": …, \"text\": …}, with \"lang\", \"anchor\" and
  \"place\" if known, and each line of the output is {\"id\": …, \"dates\": [{\"value\": EDTF, …}]},
  with \"impossible\" for days that no month has.";

/// `letterbook dates`.
#[derive(Debug, Args)]
#[command(after_long_help = DATES_AFTER)]
pub(crate) struct Dates {
    /// The text; several words are joined
    #[arg(value_name = "TEXT", conflicts_with = "jsonl")]
    pub text: Vec<String>,

    /// Read JSON lines from standard input and write JSON lines
    #[arg(long)]
    pub jsonl: bool,

    /// The date of the letter or another that the text leans on, in EDTF
    #[arg(long, value_name = "DATE")]
    pub anchor: Option<String>,

    /// Language of the text, as a BCP 47 tag
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,

    /// Where the text was written
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,

    #[command(flatten)]
    pub limit: Limit,
}

/// The limit of the small pipes.
#[derive(Debug, Args)]
pub(crate) struct Limit {
    /// Longest line, in bytes, that is read; longer ones are reported
    #[arg(long, value_name = "N", default_value_t = 16 << 20)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=1 << 30))]
    pub max_bytes: u64,
}

const EDTF_LONG: &str = "\
Says what a date in EDTF (ISO 8601-2, levels 0 to 2) means: its level, and the first and the last
day that it may stand for.";

const EDTF_AFTER: &str = "\
Examples:
  $ letterbook edtf 1850~ 1723-XX-12 '1850?/..'

The pipe:
  With --jsonl each line of the input is {\"id\": …, \"edtf\": …}, with \"level\" (0, 1 or 2) if higher
  levels are to be refused, and each line of the output is
  {\"id\": …, \"valid\": …, \"level\": …, \"earliest\": …, \"latest\": …}, or has an \"error\".";

/// `letterbook edtf`.
#[derive(Debug, Args)]
#[command(after_long_help = EDTF_AFTER)]
pub(crate) struct Edtf {
    /// Dates in EDTF
    #[arg(value_name = "EDTF", required_unless_present = "jsonl", conflicts_with = "jsonl")]
    #[arg(allow_hyphen_values = true)]
    pub values: Vec<String>,

    /// Read JSON lines from standard input and write JSON lines
    #[arg(long)]
    pub jsonl: bool,

    #[command(flatten)]
    pub limit: Limit,
}

const CALENDAR_LONG: &str = "\
Gives the day of a date in another calendar: its Gregorian date, its weekday, and the same day in
every other calendar that can count it, each as this command takes it.";

const CALENDAR_AFTER: &str = "\
Examples:
  $ letterbook calendar julian 1752 9 2
  $ letterbook calendar juche 95 10 12
  $ letterbook calendar --list

The pipe:
  With --jsonl each line of the input is
  {\"id\": …, \"calendar\": …, \"year\": …, \"month\": …, \"day\": …}, with \"flag\": \"leap\" for a leap
  month, and each line of the output is {\"id\": …, \"iso\": …, \"weekday\": …}, or has an \"error\".";

/// `letterbook calendar`.
#[derive(Debug, Args)]
#[command(after_long_help = CALENDAR_AFTER)]
pub(crate) struct Calendar {
    /// The calendar, by the name that --list shows
    #[arg(value_name = "CALENDAR", required_unless_present_any = ["jsonl", "list"])]
    pub calendar: Option<String>,

    /// Year, month and day in that calendar, in numbers
    #[arg(value_name = "YEAR MONTH DAY", allow_negative_numbers = true)]
    pub date: Vec<String>,

    /// The month is the leap month of that number
    #[arg(long)]
    pub leap: bool,

    /// Name the calendars
    #[arg(long, conflicts_with_all = ["calendar", "jsonl"])]
    pub list: bool,

    /// Read JSON lines from standard input and write JSON lines
    #[arg(long, conflicts_with = "calendar")]
    pub jsonl: bool,

    #[command(flatten)]
    pub limit: Limit,
}

const COMPLETIONS_AFTER: &str = "\
Examples:
  $ letterbook completions bash
  $ letterbook completions fish";

/// `letterbook completions`.
#[derive(Debug, Args)]
#[command(after_long_help = COMPLETIONS_AFTER)]
pub(crate) struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

const MAN_AFTER: &str = "\
Examples:
  $ letterbook man
  $ letterbook man --dir man1";

/// `letterbook man`.
#[derive(Debug, Args)]
#[command(after_long_help = MAN_AFTER)]
pub(crate) struct Man {
    /// Write the pages of all commands into DIR instead
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(args: &str, expected: &[&str]) {
        let args = args.split(' ').map(OsString::from).collect();
        assert_eq!(queries(args), expected);
    }

    #[test]
    fn a_denied_field_is_a_query_and_options_stay_options() {
        check("lb search -from:Hale -f csv", &["lb", "search", "not from:Hale", "-f", "csv"]);
        check("lb list -lang:de -n5 --all", &["lb", "list", "not lang:de", "-n5", "--all"]);
        check("lb list -ffrom:x", &["lb", "list", "-ffrom:x"]);
        check("lb dates -from:Hale", &["lb", "dates", "-from:Hale"]);
    }
}

//! How far the work is: a bar on a terminal, a line now and then in a log, a summary at the end.
//!
//! Everything goes to standard error; nothing is shown of work that is over in a moment.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use letterbook::record::Severity;

/// Work that takes longer gets a bar.
const BAR_AFTER: Duration = Duration::from_millis(700);

/// How often a log gets a line.
const LOG_EVERY: Duration = Duration::from_secs(15);

/// What has been done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Letters read.
    pub letters: u64,
    /// Findings by severity: errors, warnings, notes.
    pub findings: [u64; 3],
    /// Letters and files that could not be read, by the name of the cause.
    pub failures: BTreeMap<Cow<'static, str>, u64>,
    /// Files in folders that were passed over.
    pub skipped: u64,
}

impl Tally {
    /// Counts a finding.
    pub(crate) fn find(&mut self, severity: Severity) {
        let at = match severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        self.findings[at] += 1;
    }

    /// Counts a failure.
    pub(crate) fn fail(&mut self, code: impl Into<Cow<'static, str>>) {
        *self.failures.entry(code.into()).or_default() += 1;
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn add(&mut self, other: &Tally) {
        self.letters += other.letters;
        self.skipped += other.skipped;
        for (mine, theirs) in self.findings.iter_mut().zip(other.findings) {
            *mine += theirs;
        }
        for (code, n) in &other.failures {
            *self.failures.entry(code.clone()).or_default() += n;
        }
    }

    /// All failures together.
    pub(crate) fn failed(&self) -> u64 {
        self.failures.values().sum()
    }

    /// The line that ends a report: "3 letters, 1 warning; 1 not read (binary-file)".
    pub(crate) fn summary(&self, unit: Unit) -> String {
        let mut line = unit.count(self.letters);
        let names = [("error", "errors"), ("warning", "warnings"), ("note", "notes")];
        for (n, (one, many)) in self.findings.into_iter().zip(names) {
            if n > 0 {
                let _ = write!(line, ", {} {}", grouped(n), if n == 1 { one } else { many });
            }
        }
        line.push_str(&self.failures());
        if self.skipped > 0 {
            let _ = write!(line, "; {} passed over", grouped(self.skipped));
        }
        line
    }

    /// The failures as the end of a line: "; 3 not read (binary-file, 2 not-found)".
    pub(crate) fn failures(&self) -> String {
        let mut line = String::new();
        if !self.failures.is_empty() {
            let _ = write!(line, "; {} not read (", grouped(self.failed()));
            for (i, (code, n)) in self.failures.iter().enumerate() {
                let comma = if i == 0 { "" } else { ", " };
                let _ = match n {
                    1 => write!(line, "{comma}{code}"),
                    n => write!(line, "{comma}{} {code}", grouped(*n)),
                };
            }
            line.push(')');
        }
        line
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Letters.
    Letter,
    /// Lines of other pipes.
    Line,
}

impl Unit {
    fn count(self, n: u64) -> String {
        let name = match (self, n) {
            (Unit::Letter, 1) => "letter",
            (Unit::Letter, _) => "letters",
            (Unit::Line, 1) => "line",
            (Unit::Line, _) => "lines",
        };
        format!("{} {name}", grouped(n))
    }
}

/// A number with its thousands apart: "12,345".
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The display of a long run.
pub(crate) struct Progress {
    unit: Unit,
    begun: Instant,
    logged: Instant,
    mode: Mode,
    /// Bytes of input in all, where known.
    total: Option<u64>,
    done: u64,
}

enum Mode {
    Silent,
    Log,
    Bar(Option<ProgressBar>),
}

impl Progress {
    /// Progress over `total` bytes of input; `shares_terminal` when the answers themselves go to
    /// the terminal and show well enough how far the work is.
    pub(crate) fn new(
        unit: Unit,
        total: Option<u64>,
        quiet: bool,
        shares_terminal: bool,
    ) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        let mode = match (quiet, terminal) {
            (true, _) => Mode::Silent,
            (false, true) if shares_terminal => Mode::Silent,
            (false, true) => Mode::Bar(None),
            (false, false) => Mode::Log,
        };
        let now = Instant::now();
        Progress { unit, begun: now, logged: now, mode, total, done: 0 }
    }

    /// Takes note of `bytes` more of input, and of what has been done with all of it.
    pub(crate) fn advance(&mut self, bytes: u64, tally: &Tally) {
        self.done += bytes;
        match &mut self.mode {
            Mode::Silent => {}
            Mode::Log => {
                if self.logged.elapsed() >= LOG_EVERY {
                    self.logged = Instant::now();
                    let line = self.line(tally);
                    say(&line);
                }
            }
            Mode::Bar(bar) => {
                if bar.is_none() && self.begun.elapsed() < BAR_AFTER {
                    return;
                }
                let bar = bar.get_or_insert_with(|| new_bar(self.total));
                bar.set_position(self.done);
                let line = self.line(tally);
                if let Mode::Bar(Some(bar)) = &self.mode {
                    bar.set_message(line);
                }
            }
        }
    }

    /// Writes `text` to standard error without breaking the bar.
    pub(crate) fn say(&self, text: &str) {
        match &self.mode {
            Mode::Bar(Some(bar)) => bar.suspend(|| say(text)),
            _ => say(text),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Mode::Bar(Some(bar)) = &self.mode {
            bar.finish_and_clear();
        }
    }

    fn line(&self, tally: &Tally) -> String {
        let seconds = self.begun.elapsed().as_secs_f64().max(0.001);
        let mut line = format!(
            "{}, {}/s",
            self.unit.count(tally.letters),
            grouped((tally.letters as f64 / seconds) as u64)
        );
        if let Some(left) = self.left(seconds) {
            let _ = write!(line, ", {left} left");
        }
        if tally.failed() > 0 {
            let _ = write!(line, ", {} not read", grouped(tally.failed()));
        }
        line
    }

    fn left(&self, seconds: f64) -> Option<String> {
        let total = self.total.filter(|_| self.done > 0)?;
        let left = total.saturating_sub(self.done) as f64 * seconds / self.done as f64;
        Some(match left as u64 {
            s @ 0..90 => format!("{s} s"),
            s @ 90..5400 => format!("{} min", s.div_ceil(60)),
            s => format!("{} h", s.div_ceil(3600)),
        })
    }
}

fn new_bar(total: Option<u64>) -> ProgressBar {
    let bar = match total {
        Some(total) => ProgressBar::new(total),
        None => ProgressBar::new_spinner(),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    let template =
        if total.is_some() { "{bar:28} {percent:>3} %  {msg}" } else { "{spinner} {msg}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// Writes a line to standard error; where nobody listens, nothing is lost.
fn say(text: &str) {
    let mut stderr = anstream::AutoStream::auto(std::io::stderr());
    let _ = writeln!(stderr, "{}", text.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        for (n, expected) in cases {
            assert_eq!(grouped(n), expected);
        }
    }

    #[test]
    fn the_summary_names_only_what_there_is() {
        let mut tally = Tally { letters: 1, ..Tally::default() };
        assert_eq!(tally.summary(Unit::Letter), "1 letter");
        tally.find(Severity::Warning);
        tally.find(Severity::Note);
        tally.find(Severity::Note);
        tally.fail("binary-file");
        tally.fail("not-found");
        tally.fail("not-found");
        tally.skipped = 4;
        assert_eq!(
            tally.summary(Unit::Letter),
            "1 letter, 1 warning, 2 notes; 3 not read (binary-file, 2 not-found); 4 passed over"
        );
        let mut twice = tally.clone();
        twice.add(&tally);
        assert_eq!(twice.failed(), 6);
        assert_eq!(twice.findings, [0, 2, 4]);
    }
}

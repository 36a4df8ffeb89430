//! The same letters and queries in notmuch, a searcher of mail on Xapian, for comparison.
//!
//! Every letter is a mail file: sender and recipient in their headers, place, act and language in
//! the subject. It is asked as people ask it, by its command, so that its start is in the time;
//! its processor time is not counted. It knows no days before 1970, so all are moved; and no
//! intervals, so that a letter of a decade is one of the decade's first day.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use letterbook_archive::{Archive, Held};
use letterbook_dates::calendar::gregorian;
use letterbook_dates::value::Edtf;

use crate::letters::{self, Question};

/// Years that every date is moved by.
const MOVED: i32 = 300;

/// How often each query is run: a start of a program each, so fewer than elsewhere.
const ROUNDS: usize = 5;

/// The condition that a letter is of these years.
pub(crate) fn years(first: usize, last: usize) -> String {
    let moved = MOVED.unsigned_abs() as usize;
    format!("date:{}-01-01..{}-12-31", first + moved, last + moved)
}

/// Makes mail files beside `folder` and asks notmuch, if it is there.
pub(crate) fn beside(archive: &Archive, folder: &Path) -> Result<(), Box<dyn Error>> {
    if Command::new("notmuch").arg("--version").output().is_err() {
        println!("notmuch: skipped, it is not installed");
        return Ok(());
    }
    let mail = folder.with_extension("mail");
    let _ = std::fs::remove_dir_all(&mail);
    for part in ["cur", "new", "tmp"] {
        std::fs::create_dir_all(mail.join(part))?;
    }
    let path = std::path::absolute(&mail)?;
    let settings = format!(
        "[database]\npath={}\n[user]\nname=x\nprimary_email=x@x\n[new]\ntags=\n\
         [search]\nexclude_tags=\n",
        path.display()
    );
    let config = mail.join("config");
    std::fs::write(&config, settings)?;
    let mut last = 0;
    loop {
        let ids = archive.store().letters_after(last, 2_000)?;
        let Some(&end) = ids.last() else { break };
        for id in ids {
            if let Some(text) = message(&archive.letter(id)?)? {
                std::fs::write(mail.join(format!("cur/{id}:2,")), text)?;
            }
        }
        last = end;
    }
    let start = Instant::now();
    ask(&config, &["new", "--quiet"])?;
    let spent = start.elapsed().as_secs_f64();
    let bytes = crate::size(&mail.join(".notmuch"))?;
    println!("notmuch: indexed in {spent:.1} s, {bytes} bytes");
    let runs =
        crate::ask(&letters::questions(), ROUNDS, &mut |question| search(&config, question))?;
    crate::report("notmuch", runs);
    Ok(())
}

/// A letter as mail; none of a file that could not be read.
fn message(held: &Held) -> Result<Option<String>, Box<dyn Error>> {
    let Some(letter) = &held.letter else { return Ok(None) };
    let id = held.stored.id;
    let mut out = String::new();
    for (header, parties) in [("From", &letter.senders), ("To", &letter.recipients)] {
        let name = parties.first().and_then(|p| p.name.as_ref()).map_or("", |n| n.value.as_str());
        writeln!(out, "{header}: {name} <{id}@letters>")?;
    }
    let place = letter.place.as_ref().map_or("", |p| p.value.as_str());
    let act = letter.acts.first().map_or("", |a| a.act.name());
    let language = letter.language.as_ref().map_or("", |l| l.value.as_str());
    writeln!(out, "Subject: {place} {act} {language}")?;
    let date = letter.date.as_ref().and_then(|d| Edtf::parse(&d.value).ok());
    if let Some(first) = date.and_then(|d| d.bounds().0) {
        let (year, month, day) = gregorian::from_day(first);
        let month = MONTHS[usize::from(month) - 1];
        writeln!(out, "Date: {day} {month} {} 12:00:00 +0000", year + MOVED)?;
    }
    writeln!(out, "Message-ID: <{id}@letters>\nContent-Type: text/plain; charset=utf-8\n")?;
    out.push_str(&held.stored.text);
    Ok(Some(out))
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How many letters there are, and the first twenty in order, as the archive gives them.
fn search(config: &Path, question: &Question) -> Result<usize, Box<dyn Error>> {
    let total = ask(config, &["count", &question.mail])?;
    // notmuch has no order of relevance: its own is the newest first
    let order = if question.by_date { "oldest-first" } else { "newest-first" };
    let sort = format!("--sort={order}");
    ask(config, &["search", "--output=messages", "--limit=20", &sort, &question.mail])?;
    Ok(total.trim().parse()?)
}

fn ask(config: &Path, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let out = Command::new("notmuch").env("NOTMUCH_CONFIG", config).args(arguments).output()?;
    if !out.status.success() {
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        return Err(format!("notmuch {}: {said}", arguments.join(" ")).into());
    }
    Ok(String::from_utf8(out.stdout)?)
}

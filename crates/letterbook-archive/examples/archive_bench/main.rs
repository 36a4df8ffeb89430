//! Measures an archive of synthetic letters: adding, searching, size, and what a kill leaves.
//!
//! ```text
//! cargo run --release -p letterbook-archive --example archive_bench -- add 100000 /tmp/bench
//! cargo run --release -p letterbook-archive --example archive_bench -- read 100000 /tmp/bench-read
//! cargo run --release -p letterbook-archive --example archive_bench -- search /tmp/bench
//! cargo run --release -p letterbook-archive --example archive_bench -- beside /tmp/bench
//! cargo run --release -p letterbook-archive --example archive_bench -- kill 1000 /tmp/bench-kill
//! ```
//!
//! It lives here and not in the lab so that training need not build a search engine. Its letters
//! have a fixed layout and a reader of their own that does next to nothing: what is measured is
//! the archive, and reading comes on top. With `read` they are added as `letterbook add` adds them,
//! read whole.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

mod beside;
mod letters;
mod notmuch;

use std::collections::HashSet;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use letterbook::record::Letter;
use letterbook::{Given, read_many};
use letterbook_archive::ingest::{Item, Reader};
use letterbook_archive::search::{Request, Sort};
use letterbook_archive::{Archive, Hints};
use letters::{Letters, Question, Random};

const NOW: &str = "2026-01-01T00:00:00Z";

/// Letters in one transaction.
const BATCH: usize = 1_000;

/// How often each query is run.
const ROUNDS: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["add", n, folder] => add(n.parse()?, folder.as_ref(), reader()),
        ["read", n, folder] => add(n.parse()?, folder.as_ref(), whole_reader()),
        ["search", folder] => search(folder.as_ref()),
        ["beside", folder] => beside::beside(folder.as_ref()),
        ["kill", n, folder] => kill(n.parse()?, folder.as_ref()),
        ["victim", folder] => victim(folder.as_ref()),
        _ => Err("expected add LETTERS FOLDER, read LETTERS FOLDER, search FOLDER, beside FOLDER, or kill TIMES FOLDER"
            .into()),
    }
}

fn reader() -> Reader {
    let check = |_: &str, letter: &Letter, _: &Hints| letter.findings.clone();
    let read = |letters: &[(&str, &Hints)]| {
        letters.iter().map(|(text, hints)| letters::read(text, hints)).collect()
    };
    Reader { name: "archive_bench 1".into(), read, check }
}

fn whole_reader() -> Reader {
    let read = |letters: &[(&str, &Hints)]| {
        let given: Vec<Given<'_>> = letters
            .iter()
            .map(|&(text, Hints { options, markup, .. })| Given { text, options, markup })
            .collect();
        read_many(&given)
    };
    let check = |text: &str, letter: &Letter, _: &Hints| letterbook::check_record(text, letter);
    Reader { name: "archive_bench whole".into(), read, check }
}

fn add(n: usize, folder: &Path, reader: Reader) -> Result<(), Box<dyn Error>> {
    let aside = cost_of_letters(&reader)?;
    let mut letters = Letters::new(1);
    let mut archive = Archive::open_or_create(folder, reader)?;
    let (mut bytes, mut made) = (0, Duration::ZERO);
    let start = Instant::now();
    let spent = processor_time()?;
    for first in (0..n).step_by(BATCH) {
        let before = Instant::now();
        let items: Vec<Item> = (first..n.min(first + BATCH))
            .map(|i| Item {
                source: format!("letters/{i:07}.txt"),
                bytes: letters.next_letter().into_bytes(),
                ..Item::default()
            })
            .collect();
        made += before.elapsed();
        bytes += items.iter().map(|item| item.bytes.len()).sum::<usize>();
        archive.push(items, NOW)?;
    }
    archive.flush(NOW)?;
    archive.close()?;
    let seconds = (start.elapsed() - made).as_secs_f64();
    let spent = (processor_time()? - spent).as_secs_f64() * 1e3 / n as f64;
    let disk = size(folder)?;
    println!("{n} letters, {bytes} bytes of text, made in {:.1} s", made.as_secs_f64());
    println!("added in {seconds:.1} s: {:.0} letters/s", n as f64 / seconds);
    println!(
        "processor time {spent:.3} ms a letter, {aside:.3} of it for making and reading it: \
         the archive {:.3} ms",
        spent - aside
    );
    println!("disk {disk} bytes: {:.2} x the text", disk as f64 / bytes as f64);
    println!("  of it the index {} bytes", size(&folder.join("index"))?);
    println!("most memory {} MiB", memory("VmHWM")? / 1024);
    Ok(())
}

/// Processor time, in milliseconds, that a letter costs without an archive: made, and read.
fn cost_of_letters(reader: &Reader) -> Result<f64, Box<dyn Error>> {
    const LETTERS: usize = 5_000;
    let mut letters = Letters::new(2);
    let before = processor_time()?;
    for _ in 0..LETTERS {
        let text = letters.next_letter();
        std::hint::black_box((reader.read)(&[(&text, &Hints::default())]));
    }
    Ok((processor_time()? - before).as_secs_f64() * 1e3 / LETTERS as f64)
}

/// What the threads that there are have used so far, counted finer than [`processor_time`].
fn threads_time() -> Result<Duration, Box<dyn Error>> {
    let mut nanos = 0;
    for task in std::fs::read_dir("/proc/self/task")? {
        let stat = std::fs::read_to_string(task?.path().join("schedstat"))?;
        nanos += stat.split_whitespace().next().ok_or("expected Linux")?.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(nanos))
}

/// What all threads of this process have used so far, as Linux counts it.
fn processor_time() -> Result<Duration, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // after the name, which may hold anything: user and system time are the 12th and 13th
    let fields = stat.rsplit_once(')').ok_or("expected Linux")?.1.split_whitespace();
    let ticks = fields.skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    // a tick is 10 ms on every Linux that there is
    Ok(Duration::from_millis(10 * ticks))
}

fn search(folder: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let archive = Archive::open(folder, reader())?;
    let questions = letters::questions();
    let first = archive.search(&Request::new(&questions[0].query))?;
    println!(
        "opened and first query in {:.1} ms, processor {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3,
        threads_time()?.as_secs_f64() * 1e3
    );
    println!("{} letters", archive.health()?.counts.letters);
    assert!(first.total > 0, "the first query finds something");
    let times = ask(&questions, ROUNDS, &mut |question| {
        let sort = if question.by_date { Sort::Date } else { Sort::Relevance };
        Ok(archive.search(&Request { sort, ..Request::new(&question.query) })?.total)
    })?;
    report("letterbook", times);
    println!("memory {} MiB, most {} MiB", memory("VmRSS")? / 1024, memory("VmHWM")? / 1024);
    Ok(())
}

/// One run of one query.
struct Run {
    /// Time on the clock, in milliseconds.
    millis: f64,
    /// Processor time of all threads, the mean of all rounds, which says the same on a busy
    /// machine: Linux counts it in steps too coarse for one run.
    used: f64,
    query: String,
    total: usize,
}

/// What answers a question: how many letters it finds.
type Asked<'a> = dyn FnMut(&Question) -> Result<usize, Box<dyn Error>> + 'a;

/// Asks every question once cold, and then each `rounds` times.
fn ask(
    questions: &[Question],
    rounds: usize,
    search: &mut Asked<'_>,
) -> Result<Vec<Run>, Box<dyn Error>> {
    let mut runs = Vec::new();
    for question in questions {
        search(question)?;
    }
    for question in questions {
        let mut of_one = Vec::with_capacity(rounds);
        let before = threads_time()?;
        for _ in 0..rounds {
            let start = Instant::now();
            let total = search(question)?;
            of_one.push((start.elapsed().as_secs_f64() * 1e3, total));
        }
        let used = (threads_time()? - before).as_secs_f64() * 1e3 / rounds as f64;
        runs.extend(of_one.into_iter().map(|(millis, total)| Run {
            millis,
            used,
            query: question.query.clone(),
            total,
        }));
    }
    Ok(runs)
}

fn report(name: &str, mut runs: Vec<Run>) {
    println!("{name}: {} runs, warm:", runs.len());
    for (what, of) in
        [("clock", (|run| run.millis) as fn(&Run) -> f64), ("processor", |run| run.used)]
    {
        runs.sort_by(|a, b| of(a).total_cmp(&of(b)));
        let at = |share: f64| of(&runs[((runs.len() - 1) as f64 * share) as usize]);
        println!("  {what}: p50 {:.2} ms, p90 {:.2}, p99 {:.2}", at(0.5), at(0.9), at(0.99));
    }
    let mut told: Vec<&str> = Vec::new();
    for run in runs.iter().rev() {
        if told.len() < 8 && !told.contains(&run.query.as_str()) {
            told.push(&run.query);
            println!("  slow {:.2} ms: {} ({} found)", run.used, run.query, run.total);
        }
    }
}

/// Adds batches until it is killed, and says which letters were reported as added.
fn victim(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut archive = Archive::open_or_create(folder, reader())?;
    let start = archive.health()?.counts.letters;
    let mut letters = Letters::new(start);
    let mut out = std::io::stdout();
    for batch in start.. {
        let items = (0..20)
            .map(|n| Item {
                source: format!("{batch}/{n}"),
                bytes: letters.next_letter().into_bytes(),
                ..Item::default()
            })
            .collect();
        for outcome in archive.push(items, NOW)? {
            writeln!(out, "{}", outcome.letter())?;
        }
        if batch % 3 == 0 {
            archive.commit()?;
        }
    }
    Ok(())
}

/// Kills in one archive before the next is begun, so that each can be proved after every kill.
const SERIES: usize = 50;

fn kill(times: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut random = Random(7);
    let mut reported: HashSet<i64> = HashSet::new();
    let (mut faults, mut all) = (0, 0);
    for n in 0..times {
        let folder = folder.join((n / SERIES).to_string());
        if n % SERIES == 0 {
            reported.clear();
            std::fs::create_dir_all(&folder)?;
        }
        let before = reported.len();
        // every other one lives on after its first report, however busy the machine is
        let wait = Duration::from_micros(random.below(250_000) as u64);
        reported.extend(reported_before_kill(&folder, n % 2 == 1, wait)?);
        all += reported.len() - before;
        let archive = Archive::open_or_create(&folder, reader())?;
        faults += archive.verify(&mut |_| {})?.len();
        faults += reported.iter().filter(|&&id| archive.letter(id).is_err()).count();
        archive.close()?;
        if (n + 1) % 25 == 0 || n + 1 == times {
            println!("{} kills, {all} letters reported, {faults} faults", n + 1);
        }
    }
    if faults == 0 { Ok(()) } else { Err(format!("{faults} faults").into()) }
}

/// Starts a writer, kills it, and gives the letters that it had reported.
fn reported_before_kill(
    folder: &Path,
    after_first: bool,
    wait: Duration,
) -> Result<Vec<i64>, Box<dyn Error>> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("victim")
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().ok_or("expected the child's output")?;
    let (first, is_there) = std::sync::mpsc::channel();
    let lines = std::thread::spawn(move || {
        let mut lines = Vec::new();
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            lines.push(line);
            // nobody listens for the others
            let _ = first.send(());
        }
        lines
    });
    if after_first {
        is_there.recv_timeout(Duration::from_secs(120))?;
    }
    std::thread::sleep(wait);
    child.kill()?;
    child.wait()?;
    let mut lines = lines.join().map_err(|_| "expected the child's lines")?;
    // the last line may be cut, and a cut number is another letter's
    lines.pop();
    Ok(lines.iter().filter_map(|line| line.parse().ok()).collect())
}

fn size(folder: &Path) -> Result<u64, std::io::Error> {
    std::fs::read_dir(folder)?.try_fold(0, |sum, entry| {
        let entry = entry?;
        let data = entry.metadata()?;
        Ok(sum + if data.is_dir() { size(&entry.path())? } else { data.len() })
    })
}

/// KiB, as Linux counts them for this process.
fn memory(what: &str) -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|l| l.starts_with(what)).ok_or("expected Linux")?;
    Ok(line.split_whitespace().nth(1).ok_or("expected a number")?.parse()?)
}

//! The engine under every long run: jobs in, answers out in the same order, work on all cores.
//!
//! One thread reads ahead, a bounded number of chunks; the calling thread takes what is there,
//! has it worked on by all cores, writes the answers and flushes. So a fast producer gets large
//! batches, a person at a keyboard gets an answer to every line, and memory depends on the
//! longest letter, never on how many there are. A core takes several small jobs of a batch together,
//! as letters are read in less time so; nothing waits for jobs that are not there yet. Knows neither
//! letters nor files.

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rayon::prelude::*;

use crate::interrupt;

/// Chunks that are read ahead while a batch is worked on.
const AHEAD: usize = 32;

/// Bytes of jobs in one batch, for each core; a batch may pass it by one chunk.
const BATCH_PER_CORE: usize = 1 << 20;

/// Bytes of jobs that a core works on together, where each core has as much; the last job may pass it.
const TOGETHER: usize = 64 << 10;

/// Bytes of jobs that a source should put into one chunk.
pub(crate) const CHUNK: usize = 64 << 10;

/// How long to wait for input before looking whether to stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// A piece of work that knows how much memory it takes.
pub(crate) trait Job: Send + 'static {
    /// Bytes, roughly.
    fn weight(&self) -> usize;
}

/// How a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// There was nothing more to do.
    Complete,
    /// The person asked to stop; what was written is whole and in order.
    Interrupted,
}

/// Where the answers of a run go.
pub(crate) trait Emit<O> {
    /// Takes the next answer, in the order of the jobs.
    ///
    /// # Errors
    ///
    /// When it cannot be written; the run ends there.
    fn emit(&mut self, answer: O) -> io::Result<()>;

    /// Makes sure that all answers so far have left the program.
    ///
    /// # Errors
    ///
    /// When they cannot be written; the run ends there.
    fn flush(&mut self) -> io::Result<()>;
}

/// Works on all jobs of `chunks`, some at a time, and gives the answers to `out`, in order.
///
/// The thread that reads `chunks` is left behind when the run is interrupted, since it may wait
/// for a keyboard.
///
/// # Errors
///
/// The first error of `out`.
pub(crate) fn run<J: Job, O: Send>(
    chunks: impl Iterator<Item = Vec<J>> + Send + 'static,
    work: impl Fn(Vec<J>) -> O + Sync,
    out: &mut impl Emit<O>,
) -> io::Result<End> {
    let batch_limit = BATCH_PER_CORE * rayon::current_num_threads();
    let (sender, receiver) = mpsc::sync_channel::<Vec<J>>(AHEAD);
    std::thread::spawn(move || {
        for chunk in chunks {
            if sender.send(chunk).is_err() {
                break;
            }
        }
    });
    loop {
        let mut batch = match receiver.recv_timeout(PATIENCE) {
            Ok(chunk) => chunk,
            Err(RecvTimeoutError::Timeout) if interrupt::is_asked() => return Ok(End::Interrupted),
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(End::Complete),
        };
        let mut weight: usize = batch.iter().map(J::weight).sum();
        while weight < batch_limit {
            let Ok(chunk) = receiver.try_recv() else { break };
            weight += chunk.iter().map(J::weight).sum::<usize>();
            batch.extend(chunk);
        }
        let answers: Vec<Option<O>> = groups(batch, weight)
            .into_par_iter()
            .map(|jobs| (!interrupt::is_asked()).then(|| work(jobs)))
            .collect();
        for answer in answers {
            match answer {
                Some(answer) => out.emit(answer)?,
                None => {
                    out.flush()?;
                    return Ok(End::Interrupted);
                }
            }
        }
        out.flush()?;
    }
}

/// The jobs of a batch in groups for one core each, in order: as many as there are cores at least, as
/// far as the jobs allow it.
fn groups<J: Job>(jobs: Vec<J>, weight: usize) -> Vec<Vec<J>> {
    let most = weight.div_ceil(rayon::current_num_threads()).min(TOGETHER);
    let mut groups: Vec<Vec<J>> = Vec::new();
    let mut held = usize::MAX;
    for job in jobs {
        if held >= most {
            groups.push(Vec::new());
            held = 0;
        }
        held += job.weight();
        if let Some(group) = groups.last_mut() {
            group.push(job);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Number(usize);

    impl Job for Number {
        fn weight(&self) -> usize {
            10_000
        }
    }

    #[derive(Default)]
    struct Collected {
        answers: Vec<usize>,
        flushed: usize,
        room: usize,
    }

    impl Emit<Vec<usize>> for Collected {
        fn emit(&mut self, answers: Vec<usize>) -> io::Result<()> {
            for answer in answers {
                if self.answers.len() == self.room {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                self.answers.push(answer);
            }
            Ok(())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.flushed = self.answers.len();
            Ok(())
        }
    }

    fn chunks(n: usize) -> impl Iterator<Item = Vec<Number>> + Send + 'static {
        (0..n).map(|i| (i * 3..i * 3 + 3).map(Number).collect())
    }

    #[test]
    fn answers_keep_the_order_of_the_jobs_whatever_each_costs() {
        let mut out = Collected { room: usize::MAX, ..Collected::default() };
        let work = |some: Vec<Number>| {
            let one = |n: Number| {
                std::thread::sleep(Duration::from_micros(((n.0 * 7919) % 13) as u64 * 50));
                n.0
            };
            some.into_iter().map(one).collect::<Vec<_>>()
        };
        let end = run(chunks(100), work, &mut out).expect("nothing fails here");
        assert_eq!(end, End::Complete);
        assert_eq!(out.answers, (0..300).collect::<Vec<_>>());
        assert_eq!(out.flushed, 300);
    }

    #[test]
    fn a_reader_that_goes_away_ends_the_run() {
        let mut out = Collected { room: 5, ..Collected::default() };
        let work = |some: Vec<Number>| some.into_iter().map(|n| n.0).collect::<Vec<_>>();
        let error = run(chunks(100), work, &mut out).expect_err("only five fit");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(out.answers, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn small_jobs_are_taken_together_and_every_core_has_some() {
        let cut = |n: usize| {
            let groups = groups((0..n).map(Number).collect(), n * 10_000);
            let all: Vec<usize> = groups.iter().flatten().map(|n| n.0).collect();
            assert_eq!(all, (0..n).collect::<Vec<_>>());
            groups.iter().map(Vec::len).collect::<Vec<_>>()
        };
        let cores = rayon::current_num_threads();
        assert_eq!(cut(0), [0usize; 0]);
        assert_eq!(cut(1), [1]);
        assert_eq!(cut(2 * cores), vec![2; cores]);
        assert_eq!(cut(70 * cores), vec![7; 10 * cores]);
    }
}

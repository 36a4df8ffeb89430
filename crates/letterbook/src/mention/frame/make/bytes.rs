//! Writes the frames of a language as `packed` reads them.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::super::packed::Table;
use super::super::spelling::LANGUAGES;
use super::super::steps::{Act, One, Part, Steps};
use super::{Frame, Lexicon, Line, Made, Tables};
use crate::packed::Bytes;

/// All languages: how many bytes each has, and the bytes of all.
///
/// # Errors
///
/// What of the tables cannot be read, with its file and line.
pub(crate) fn write_all(tables: Tables<'_>) -> Result<Vec<u8>, String> {
    let mut all = Bytes::default();
    let languages = LANGUAGES.map(|language| write(language, tables));
    let languages = languages.into_iter().collect::<Result<Vec<_>, _>>()?;
    all.numbers(languages.iter().map(|bytes| bytes.len() as u32));
    all.0.extend(languages.concat());
    Ok(all.0)
}

/// What the tables say of `language`.
///
/// # Errors
///
/// What of the tables cannot be read, with its file and line.
pub(crate) fn write(language: &str, tables: Tables<'_>) -> Result<Vec<u8>, String> {
    let made = Made::new(language, tables)?;
    let line = made.line_up();
    let mut out = Bytes::default();
    write_lexicon(&mut out, &made.names);
    let mut masks = Numbered::default();
    let firsts: Vec<u32> = line.steps.steps.iter().map(|step| masks.of(step.first)).collect();
    let wants: Vec<u32> = line.wants.iter().flatten().map(|&mask| masks.of(mask)).collect();
    out.masks(masks.all);
    write_steps(&mut out, &line.steps, &firsts);
    write_frames(&mut out, &made.frames, &line);
    out.numbers(wants);
    out.numbers(made.found_from.concat());
    let ends = made.found_from.iter().scan(0, |end, frames| {
        *end += frames.len() as u32;
        Some(*end)
    });
    out.numbers([0].into_iter().chain(ends));
    Ok(out.0)
}

/// Values, each with a number, which is the same for the same value.
#[derive(Debug)]
struct Numbered<T> {
    all: Vec<T>,
    numbers: FxHashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { all: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Copy + Eq + Hash> Numbered<T> {
    fn of(&mut self, value: T) -> u32 {
        *self.numbers.entry(value).or_insert_with(|| {
            self.all.push(value);
            self.all.len() as u32 - 1
        })
    }
}

/// Keys, each with its number, in an order that is the same in every build.
fn write_numbered(out: &mut Bytes, numbered: &FxHashMap<u64, u32>) {
    let mut all: Vec<_> = numbered.iter().map(|(&key, &number)| (number, key)).collect();
    all.sort_unstable();
    out.longs(all.iter().map(|(_, key)| *key));
    out.numbers(all.iter().map(|(number, _)| *number));
}

fn write_lexicon(out: &mut Bytes, names: &Lexicon<'_>) {
    let mut classes: Vec<_> = names.classes.iter().map(|(&name, &at)| (at, name)).collect();
    classes.sort_unstable();
    out.strings(classes.into_iter().map(|(_, name)| name));
    let mut sets = Numbered::default();
    let of_words: Vec<u32> = names.bits.iter().map(|&bits| sets.of(bits)).collect();
    out.longs(sets.all.into_iter().flatten());
    out.numbers(of_words);
    write_numbered(out, &names.ids);
    write_numbered(out, &names.endings.ids);
    out.numbers(names.endings.lengths.iter().map(|&length| length as u32));
    out.longs(names.endings.last);
    out.numbers([names.longest as u32]);
}

/// The steps, with the numbers of what may stand where they begin.
fn write_steps(out: &mut Bytes, steps: &Steps, firsts: &[u32]) {
    out.numbers(steps.steps.iter().zip(firsts).flat_map(|(step, &first)| {
        let [kind, a, b] = act(step.act);
        [first, kind, a, b, step.next]
    }));
    out.numbers(steps.ways.iter().copied());
    out.numbers(steps.ones.iter().map(|&of| one(of)));
}

fn write_frames(out: &mut Bytes, frames: &[Frame<'_>], line: &Line) {
    let mut names = Numbered::default();
    let mut rows = Vec::new();
    for (frame, [ahead, behind]) in frames.iter().zip(&line.firsts) {
        let table = Table::ALL.iter().position(|&table| table == frame.table);
        let [what, when] = [frame.what, frame.when].map(|name| names.of(name));
        let table = table.unwrap_or_default() as u32;
        rows.extend([table, what, when, u32::from(frame.denies), *ahead, *behind]);
    }
    out.strings(names.all);
    out.numbers(rows);
}

/// The number of what a word must be.
fn one(of: One) -> u32 {
    match of {
        One::Word(id) => id << 3,
        One::Named(id) => id << 3 | 1,
        One::Class(class) => u32::from(class) << 3 | 2,
        One::Number => 3,
        One::Capital => 4,
        One::Plain => 5,
        One::Any => 6,
    }
}

/// The kind of what a step does, and what else it needs.
fn act(act: Act) -> [u32; 3] {
    match act {
        Act::One(of) => [0, one(of), 0],
        Act::OneOf(Part(a, b)) => [1, a, b],
        Act::Not(Part(a, b)) => [2, a, b],
        Act::Gap(most) => [3, most.into(), 0],
        Act::Within(most) => [4, most.into(), 0],
        Act::Branch(Part(a, b)) => [5, a, b],
        Act::SentenceStart => [6, 0, 0],
        Act::ClauseStart => [7, 0, 0],
        Act::SentenceEnd => [8, 0, 0],
        Act::ClauseEnd => [9, 0, 0],
        Act::CiteStart => [10, 0, 0],
        Act::CiteEnd => [11, 0, 0],
        Act::Done => [12, 0, 0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::frame::packed;

    #[test]
    fn what_is_written_is_read_back() {
        let ones = [
            One::Word(7),
            One::Named(9),
            One::Class(255),
            One::Number,
            One::Capital,
            One::Plain,
            One::Any,
        ];
        for of in ones {
            assert_eq!(packed::one(one(of)), of);
        }
        let part = Part(3, 8);
        let acts = [
            Act::One(One::Word(7)),
            Act::OneOf(part),
            Act::Not(part),
            Act::Gap(6),
            Act::Within(4),
            Act::Branch(part),
            Act::SentenceStart,
            Act::ClauseStart,
            Act::SentenceEnd,
            Act::ClauseEnd,
            Act::CiteStart,
            Act::CiteEnd,
            Act::Done,
        ];
        for does in acts {
            let [kind, a, b] = act(does);
            assert_eq!(packed::act(kind, a, b), does);
        }
    }
}

//! Endings, which say of words what the tables do not say of them one by one.

use rustc_hash::FxHashMap;

use crate::folding::key;

/// The endings of one language.
#[derive(Debug, Default)]
pub(super) struct Endings {
    /// Each ending by its key, with the word number that stands for it.
    pub(super) ids: FxHashMap<u64, u32>,
    /// How long endings are, in bytes, longest first.
    pub(super) lengths: Vec<usize>,
    /// The last bytes of endings, one bit each: many words end otherwise.
    pub(super) last: [u64; 4],
}

impl Endings {
    /// The number of the longest ending that `word` has and is more than.
    pub(super) fn of(&self, word: &str) -> Option<u32> {
        let last = word.bytes().last()?;
        if self.last[usize::from(last / 64)] >> (last % 64) & 1 == 0 {
            return None;
        }
        self.lengths.iter().filter(|&&l| l < word.len()).find_map(|l| {
            let ending = word.get(word.len() - l..)?;
            self.ids.get(&key(ending)).copied()
        })
    }
}

//! Counts and what is made of them.

use std::fmt;

/// Values by name, in the order in which the names first came.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ordered<V>(Vec<(String, V)>);

impl<V: Default> Ordered<V> {
    /// The value of `name`, made when it is not there.
    pub(crate) fn entry(&mut self, name: &str) -> &mut V {
        let at = self.0.iter().position(|(n, _)| n == name).unwrap_or_else(|| {
            self.0.push((name.to_owned(), V::default()));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v))
    }
}

/// How many of all are right.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Ratio {
    pub(crate) hit: usize,
    pub(crate) all: usize,
}

impl Ratio {
    pub(crate) fn add(&mut self, is_hit: bool) {
        self.hit += usize::from(is_hit);
        self.all += 1;
    }

    /// In `0.0..=1.0`; 0 of none is 0.
    pub(crate) fn share(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.hit as f64 / self.all as f64 }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:6.2} %  ({}/{})", 100.0 * self.share(), self.hit, self.all)
    }
}

/// Counts of right, false and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, right: usize, wrong: usize, missed: usize) {
        self.right += right;
        self.wrong += wrong;
        self.missed += missed;
    }

    /// Of what was read, how much is right; 0 where nothing was read.
    pub(crate) fn precision(self) -> f64 {
        Ratio { hit: self.right, all: self.right + self.wrong }.share()
    }

    /// Of what is there, how much was read; 0 where nothing is there.
    pub(crate) fn recall(self) -> f64 {
        Ratio { hit: self.right, all: self.right + self.missed }.share()
    }

    /// The harmonic mean of precision and recall; 0 when both are 0.
    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "P {:6.2}  R {:6.2}  F1 {:6.2}  (gold {})",
            100.0 * self.precision(),
            100.0 * self.recall(),
            100.0 * self.f1(),
            self.right + self.missed
        )
    }
}

//! A linear chain of states: forward, backward and best path, and nothing of what is labelled.
//!
//! Owns the lattice that the zone labeller and the tagger of names share, at the width that each
//! needs; the lab trains both with it. Scores are logarithms; the lattice works on factors, their
//! `exp`. See Lafferty, McCallum and Pereira, "Conditional Random Fields" (ICML 2001), and for the
//! scaling of each step Rabiner, "A Tutorial on Hidden Markov Models" (Proc. IEEE 77, 1989).

#![allow(clippy::needless_range_loop, reason = "states are numbered alike in every row")]

/// One score or probability a state.
pub type Row<const N: usize> = [f32; N];
/// Scores from each state (first index) to each (second).
pub type Matrix<const N: usize> = [[f32; N]; N];

/// The scores that do not depend on features.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame<const N: usize> {
    /// Log-scores of the first node's state.
    pub start: Row<N>,
    /// Log-scores of the last node's state.
    pub end: Row<N>,
    /// Log-scores of transitions, one matrix for each kind of boundary between two nodes.
    pub transitions: Vec<Matrix<N>>,
}

impl<const N: usize> Frame<N> {
    /// No preference at all, for `kinds` kinds of boundary.
    pub fn flat(kinds: usize) -> Frame<N> {
        Frame { start: [0.0; N], end: [0.0; N], transitions: vec![[[0.0; N]; N]; kinds] }
    }

    /// The same scores as factors.
    pub fn exp(&self) -> Factors<N> {
        let exp = |r: &Row<N>| r.map(f32::exp);
        let to: Vec<Matrix<N>> = self.transitions.iter().map(|m| m.each_ref().map(exp)).collect();
        let turned = |m: &Matrix<N>| std::array::from_fn(|b| std::array::from_fn(|a| m[a][b]));
        Factors {
            start: exp(&self.start),
            end: exp(&self.end),
            from: to.iter().map(turned).collect(),
            to,
        }
    }
}

/// A [`Frame`] as factors: `exp` of its scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Factors<const N: usize> {
    /// Of the first node's state.
    pub start: Row<N>,
    /// Of the last node's state.
    pub end: Row<N>,
    /// From each state (first index) to each, by kind of boundary.
    pub to: Vec<Matrix<N>>,
    /// The same turned over, so that the way back is as fast as the way there.
    from: Vec<Matrix<N>>,
}

/// `exp` of so many steps of one size, looked up.
#[derive(Debug)]
pub struct Powers(Vec<f32>);

impl Powers {
    /// The powers of steps of that `scale`, which is above 0.
    pub fn new(scale: f32) -> Powers {
        /// What lies further below the highest counts as so low.
        const LOWEST: f32 = -60.0;
        let lowest = (LOWEST / -scale) as usize;
        Powers((0..=lowest).map(|steps| (-scale * steps as f32).exp()).collect())
    }

    /// The factors of scores that are `times` the `steps`, the largest of them taken as 1.
    pub fn of<const N: usize>(&self, steps: &[i16; N], times: usize) -> Row<N> {
        let most = steps.iter().fold(i16::MIN, |a, &b| a.max(b));
        let lowest = self.0.len() - 1;
        let mut row = [0.0; N];
        for s in 0..N {
            let below = (i32::from(most) - i32::from(steps[s])) as usize * times;
            row[s] = self.0[below.min(lowest)];
        }
        row
    }
}

/// The factors of all nodes and what follows from them.
///
/// Kept between letters, so that its memory is used again.
#[derive(Debug, Default)]
pub struct Lattice<const N: usize> {
    /// Factor of each state at each node, `exp` of its score; 0 forbids the state.
    pub emission: Vec<Row<N>>,
    /// The kind of boundary before each node; the first node's is not looked at.
    pub boundary: Vec<u8>,
    /// After [`forward_backward`](Lattice::forward_backward): the probability of each state.
    pub marginal: Vec<Row<N>>,
    forward: Vec<Row<N>>,
    scale: Vec<f32>,
    best: Vec<Row<N>>,
}

impl<const N: usize> Lattice<N> {
    /// Forgets all nodes.
    pub fn clear(&mut self) {
        self.emission.clear();
        self.boundary.clear();
    }

    /// Fills [`marginal`](Lattice::marginal) and returns the logarithm of the sum over all paths.
    ///
    /// `pair` is given, for each node but the first, the boundary's kind and a function's worth of
    /// numbers: forward factors of the node before, and backward factors times emission of this
    /// one; their products with the transition factors are the pairs' probabilities.
    pub fn forward_backward(
        &mut self,
        factors: &Factors<N>,
        mut pair: impl FnMut(usize, &Row<N>, &Row<N>),
    ) -> f64 {
        let n = self.emission.len();
        self.marginal.clear();
        if n == 0 {
            return 0.0;
        }
        self.forward.clear();
        self.forward.reserve(n);
        self.scale.clear();
        self.scale.reserve(n);
        let mut log_sum = 0.0f64;
        let mut now = factors.start;
        for t in 0..n {
            if t > 0 {
                let kind = usize::from(self.boundary[t]);
                now = through(&self.forward[t - 1], &factors.to[kind]);
            }
            let emission = self.emission[t];
            for s in 0..N {
                now[s] *= emission[s];
            }
            let sum = sum_of(&now).max(f32::MIN_POSITIVE);
            let share = 1.0 / sum;
            scale_by(&mut now, share);
            log_sum += f64::from(sum.ln());
            self.forward.push(now);
            self.scale.push(sum);
        }
        let ended: f32 =
            now.iter().zip(&factors.end).map(|(a, e)| a * e).sum::<f32>().max(f32::MIN_POSITIVE);
        log_sum += f64::from(ended.ln());
        self.marginal.resize(n, [0.0; N]);
        let mut backward = factors.end.map(|e| e / ended);
        for t in (0..n).rev() {
            let (marginal, forward) = (&mut self.marginal[t], &self.forward[t]);
            for b in 0..N {
                marginal[b] = forward[b] * backward[b];
            }
            if t == 0 {
                break;
            }
            let mut ahead = backward;
            let (emission, share) = (self.emission[t], 1.0 / self.scale[t]);
            for s in 0..N {
                ahead[s] *= emission[s] * share;
            }
            let kind = usize::from(self.boundary[t]);
            pair(kind, &self.forward[t - 1], &ahead);
            backward = through(&ahead, &factors.from[kind]);
        }
        log_sum
    }

    /// The most probable path, one state a node.
    pub fn best_path(&mut self, factors: &Factors<N>, path: &mut Vec<u8>) {
        let n = self.emission.len();
        path.clear();
        self.best.clear();
        self.best.reserve(n);
        if n == 0 {
            return;
        }
        let mut now = factors.start;
        for t in 0..n {
            if t > 0 {
                let m = &factors.to[usize::from(self.boundary[t])];
                let mut best = [0.0; N];
                for from in 0..N {
                    for s in 0..N {
                        let x = now[from] * m[from][s];
                        best[s] = if x > best[s] { x } else { best[s] };
                    }
                }
                now = best;
            }
            let emission = self.emission[t];
            for s in 0..N {
                now[s] *= emission[s];
            }
            let share = 1.0 / most_of(&now).max(f32::MIN_POSITIVE);
            scale_by(&mut now, share);
            self.best.push(now);
        }
        // the way back asks only where the best state came from, so nothing of it was kept
        let mut state = best_of(&self.best[n - 1], &factors.end);
        path.push(state as u8);
        for t in (1..n).rev() {
            let into = &factors.from[usize::from(self.boundary[t])][state];
            state = best_of(&self.best[t - 1], into);
            path.push(state as u8);
        }
        path.reverse();
    }
}

/// Multiplies a row by one number.
#[inline]
fn scale_by<const N: usize>(row: &mut Row<N>, by: f32) {
    for s in 0..N {
        row[s] *= by;
    }
}

/// The sum of a row, by halves: no addition waits for the one before it.
fn sum_of<const N: usize>(row: &Row<N>) -> f32 {
    halved(row, |a, b| a + b)
}

/// The largest of a row.
fn most_of<const N: usize>(row: &Row<N>) -> f32 {
    halved(row, |a, b| if a > b { a } else { b })
}

#[inline(always)]
fn halved<const N: usize>(row: &Row<N>, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut part = *row;
    let mut half = N / 2;
    while half > 0 {
        for s in 0..half {
            part[s] = join(part[s], part[s + half]);
        }
        half /= 2;
    }
    part[0]
}

/// The product of a row and a matrix.
#[inline]
fn through<const N: usize>(row: &Row<N>, matrix: &Matrix<N>) -> Row<N> {
    let mut out = [0.0; N];
    for from in 0..N {
        for s in 0..N {
            out[s] += row[from] * matrix[from][s];
        }
    }
    out
}

/// The first state with the largest product.
fn best_of<const N: usize>(a: &Row<N>, b: &Row<N>) -> usize {
    let mut best = 0;
    for s in 1..N {
        if a[s] * b[s] > a[best] * b[best] {
            best = s;
        }
    }
    best
}

#[cfg(test)]
mod tests;

//! What the letters of a book have alike: the second look at its places.
//!
//! A letter book is uniform. Its letters open in one form, are signed by one hand, bear their date
//! at the head or at the foot. After a first look has given each place a chance, this says of each
//! how places of its form fare elsewhere in the same text, and whether the letter above has its
//! date already; the first letter's head and the last letter's foot are known from the beginning.
//! Linear in the number of places.

use rustc_hash::FxHashMap;

use super::book::free;
use super::place::{Form, Place, Places};

/// The names of what is seen of each place by its fellows, given the chance of each.
pub fn habits(places: &Places, chances: &[f64]) -> Vec<Vec<String>> {
    let Places { all, ends } = places;
    let mut sums: [FxHashMap<u64, (f64, f64)>; Form::NAMES.len()] = Default::default();
    let mut put = |form: &Form, n: usize, chance: f64| {
        for (sums, &value) in sums.iter_mut().zip(&form.of).take(n) {
            let sum = sums.entry(value).or_default();
            *sum = (sum.0 + chance, sum.1 + 1.0);
        }
    };
    put(ends, Form::PARTING, 1.0);
    all.iter()
        .zip(chances)
        .for_each(|(place, &chance)| put(&place.form, Form::NAMES.len(), chance));
    let total: f64 = chances.iter().sum();
    let dates = dates(places, chances);
    let signs = all.iter().zip(chances).zip(dates).map(|((place, &chance), dates)| {
        // what the text is but for this place
        let others = total - chance;
        let count = level(others, &[0.3, 0.8, 1.5, 3.0]);
        let usual = ((others + 0.02) / (all.len() as f64 - 0.8)).clamp(0.0, 1.0);
        let mut signs = vec![format!("other letters {count}"), dates];
        let mut all_forms = 0.0;
        for (n, name) in Form::NAMES.iter().enumerate() {
            let (right, of) = sums[n].get(&place.form.of[n]).copied().unwrap_or_default();
            let (right, of) = ((right - chance).max(0.0), of - 1.0);
            // how often a place of this form is a boundary, and how many of the boundaries have it
            let rate = (right + usual / 2.0) / (of + 0.5);
            let share = right / (others + if n < Form::PARTING { 1.0 } else { 0.0 }).max(0.3);
            all_forms += (rate / (usual + 1e-6)).ln();
            let rate = level(rate, &[0.02, 0.1, 0.3, 0.6, 0.85]);
            let share = level(share, &[0.01, 0.15, 0.4, 0.7]);
            let alone = if of < 0.5 { " alone" } else { "" };
            signs.push(format!("{name}, right {rate} of {count}{alone}"));
            signs.push(format!("{name}, share {share} of {count}"));
            signs.push(format!("{name}, share {share}, right {rate}"));
        }
        signs.push(format!("all forms {}", (all_forms.round() as i32).clamp(-6, 12)));
        signs
    });
    signs.collect()
}

/// Of each place whether it has a date above and below, and whether the letters on either side have
/// one without it: a date between two letters is the one's or the other's.
fn dates(places: &Places, chances: &[f64]) -> Vec<String> {
    let Places { all, ends } = places;
    let n = all.len();
    let (free, next) = free(all);
    // that the letter which goes on after k places began with a date
    let mut above = vec![f64::from(u8::from(ends.head_date)); n + 1];
    for k in 0..n {
        let own = f64::from(u8::from(all[k].form.head_date));
        above[k + 1] = chances[k] * own + (1.0 - chances[k]) * above[k];
    }
    // that the letter which stands before place k will end with one
    let mut below = vec![f64::from(u8::from(ends.foot_date)); n + 1];
    for k in (0..n).rev() {
        let own = f64::from(u8::from(all[k].form.foot_date));
        below[k] = chances[k] * own + (1.0 - chances[k]) * below[k + 1];
    }
    let say = |dated: bool| if dated { "dated" } else { "undated" };
    let sign = |(i, Place { form, .. }): (usize, &Place)| {
        let (head, foot) = (say(form.head_date), say(form.foot_date));
        let above = level(above[free[i]], &[0.3, 0.7]);
        let below = level(below[next[i]], &[0.3, 0.7]);
        format!("head {head}, foot {foot}, above {above}, below {below}")
    };
    all.iter().enumerate().map(sign).collect()
}

/// How many of the `steps` a number reaches.
fn level(number: f64, steps: &[f64]) -> usize {
    steps.iter().filter(|&&step| number >= step).count()
}

#[cfg(test)]
mod tests {
    use super::super::place::Parting;
    use super::*;

    fn book(forms: &[u64]) -> Places {
        let place = |(i, &form): (usize, &u64)| {
            let form = Form { of: [form; Form::NAMES.len()], ..Form::default() };
            let at = (i + 1) * 1000;
            Place { end: at, start: at, parting: Parting::Blank, ink: at, signs: Vec::new(), form }
        };
        Places { all: forms.iter().enumerate().map(place).collect(), ends: Form::default() }
    }

    #[test]
    fn a_place_is_held_against_the_others_of_its_form_and_not_against_itself() {
        let signs = habits(&book(&[1, 1, 1, 2]), &[0.9, 0.9, 0.5, 0.5]);
        // two others of its form, both nearly sure (1.8 of 2), of 2.3 letters
        assert!(signs[2].contains(&"greeting, right 5 of 3".to_owned()), "{:?}", signs[2]);
        assert!(signs[3].contains(&"greeting, share 0 of 3".to_owned()), "{:?}", signs[3]);
        assert!(signs[3].iter().any(|s| s.ends_with("alone")), "{:?}", signs[3]);
    }

    #[test]
    fn a_place_knows_whether_the_letters_on_either_side_have_a_date() {
        let mut places = book(&[1, 1]);
        places.ends.head_date = true;
        places.all[0].form.head_date = true;
        let signs = habits(&places, &[0.5, 0.0]);
        assert!(signs[0].contains(&"head dated, foot undated, above 2, below 0".to_owned()));
        // the letter above the second place began at the first or at the head, with a date
        assert!(signs[1].contains(&"head undated, foot undated, above 2, below 0".to_owned()));
    }
}

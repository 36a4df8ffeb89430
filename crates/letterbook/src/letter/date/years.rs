//! Years that stand apart from their day: on a line beside it, elsewhere on the page, in a later date.

use letterbook_dates::calendar::gregorian;
use letterbook_dates::day::Day;
use letterbook_dates::value::Edtf;

use super::super::head::line_of;
use crate::span::Span;
use crate::text::Text;

/// A year that stands alone on a line of its own, right below the date or above it.
pub(super) fn beside(text: &Text<'_>, date: Span) -> Option<(Span, i32)> {
    let page = text.as_str();
    let below = page[date.end..]
        .char_indices()
        .find(|(_, c)| c.is_alphanumeric())
        .filter(|(at, _)| page[date.end..date.end + at].contains('\n'))
        .map(|(at, _)| date.end + at);
    let line_of = |at: usize| line_of(page, at).trim(page);
    // above: past at most one line, which may hold the place
    let own = line_of(date.start).start;
    let above = page[..own].trim_end();
    let above_two = above.rfind('\n').map(|n| page[..n].trim_end());
    let candidates = below
        .into_iter()
        .chain((!above.is_empty()).then(|| above.len() - 1))
        .chain(above_two.filter(|a| !a.is_empty()).map(|a| a.len() - 1));
    for at in candidates {
        let span = line_of(page.floor_char_boundary(at));
        let digits = text.slice(span).trim_matches(|c: char| !c.is_alphanumeric());
        if digits.len() == 4
            && let Ok(year) = digits.parse::<i32>()
            && (1500..2100).contains(&year)
        {
            return Some((span, year));
        }
    }
    None
}

/// The one year of the page that ends as `pattern` ("XX98", "X919") does.
pub(super) fn elsewhere(text: &Text<'_>, date: Span, pattern: &str) -> Option<(Span, i32)> {
    let ending = pattern.trim_start_matches('X');
    let page = text.as_str();
    let mut found: Option<(Span, i32)> = None;
    for (at, _) in page.match_indices(ending) {
        let end = at + ending.len();
        let Some(start) = end.checked_sub(4) else { continue };
        let Some(year) = page.get(start..end).and_then(|digits| digits.parse::<i32>().ok()) else {
            continue;
        };
        let is_longer = page[..start].ends_with(|c: char| c.is_ascii_digit())
            || page[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if (1500..2100).contains(&year) && !is_longer && !date.contains(Span::new(at, end)) {
            if found.is_some_and(|(_, known)| known != year) {
                return None;
            }
            found = found.or(Some((Span::new(start, end), year)));
        }
    }
    found
}

/// Whether an EDTF value is a day of which the year or its first digits are open: "XXXX-10-07",
/// "XX95-03-27".
pub(super) fn lacks_year(value: &str) -> bool {
    value.len() == 10 && value.starts_with('X') && !value[5..].contains('X')
}

/// The day of `pattern` ("XXXX-10-07", "XX95-03-27") nearest to another; none where it is far off.
pub(super) fn near(pattern: &str, day: Day) -> Option<Edtf> {
    const FAR: u32 = 100;
    if !lacks_year(pattern) {
        return None;
    }
    let (open, month_day) = pattern.split_at(4);
    let ending = open.trim_start_matches('X');
    let (year, ..) = gregorian::from_day(day);
    let found = (year - 1..=year + 1)
        .filter(|year| format!("{year:04}").ends_with(ending))
        .filter_map(|year| Edtf::parse(&format!("{year:04}{month_day}")).ok())
        .filter_map(|value| Some((value.to_day()?.0.abs_diff(day.0), value)))
        .min_by_key(|(distance, _)| *distance)?;
    (found.0 <= FAR).then_some(found.1)
}

//! One side of a place: what the zone labeller makes of the text above it, below it, or around it.
//!
//! The text below is read as the head of a letter, the text above as the foot of one, and both
//! together as the middle of one. Knows nothing of places and weights.

use crate::record::ZoneLabel;
use crate::text::Text;
use crate::token::{Kind, Token};
use crate::zone::{self, Zone, read_zones};

/// Bytes of a window in which an opening or an ending is looked for.
const NEAR: usize = 500;
/// Zones from the place whose order is looked at.
const ORDER: usize = 5;
/// A name of fewer letters is an initial or a particle.
const NAME: usize = 3;

/// What stands at the end of a window that meets a place.
pub(super) struct Side {
    /// The first two zones from there, and how sure the first is: 0 to 3.
    pub(super) labels: [Option<ZoneLabel>; 2],
    pub(super) sure: u8,
    /// The labels from there to the body, as far as [`ORDER`].
    pub(super) order: Vec<&'static str>,
    /// The labels of the zones up to the body, and how sure each is at best.
    seen: [f32; ZoneLabel::ALL.len()],
    /// Bytes up to the body; all of the window without one.
    pub(super) to_body: usize,
    pub(super) has_body: bool,
    /// Of a head the first word of the salutation, of a foot the last name of the signature; folded.
    pub(super) word: Option<u64>,
}

/// What a letter opens with.
pub(super) const OPENERS: &[ZoneLabel] =
    &[ZoneLabel::Letterhead, ZoneLabel::Dateline, ZoneLabel::Address, ZoneLabel::Salutation];
/// What a letter ends with.
pub(super) const CLOSERS: &[ZoneLabel] =
    &[ZoneLabel::Close, ZoneLabel::Signature, ZoneLabel::Postscript];

impl Side {
    /// The head of a letter that `window` begins with, after `skip` bytes of a heading.
    pub(super) fn below(window: &str, skip: usize) -> Side {
        let window = &window[skip.min(window.len())..];
        let text = Text::new(window);
        let zones = read_zones(&text);
        let mut side = Side::of(zones.iter(), |z| z.span.start, window.len());
        let salutation = zone::of(&zones, ZoneLabel::Salutation).find(|z| z.span.start < NEAR);
        side.word = salutation.and_then(|z| {
            let first = text.tokens_in(z.span).iter().find(|t| t.kind == Kind::Word)?;
            Some(first.folded)
        });
        side.to_body += skip;
        side
    }

    /// The foot of a letter that `window` ends with.
    pub(super) fn above(window: &str) -> Side {
        let text = Text::new(window);
        let zones = read_zones(&text);
        let mut side = Side::of(zones.iter().rev(), |z| window.len() - z.span.end, window.len());
        let signature = zone::of(&zones, ZoneLabel::Signature).last();
        side.word = signature.filter(|z| window.len() - z.span.end < NEAR).and_then(|z| {
            let is_name = |t: &&Token| t.kind == Kind::Word && t.of(window).chars().count() >= NAME;
            text.tokens_in(z.span).iter().rfind(is_name).map(|t| t.folded)
        });
        side
    }

    fn of<'z>(
        zones: impl Iterator<Item = &'z Zone>,
        reach: impl Fn(&Zone) -> usize,
        size: usize,
    ) -> Side {
        let mut side = Side {
            labels: [None; 2],
            sure: 0,
            seen: [0.0; ZoneLabel::ALL.len()],
            to_body: size,
            has_body: false,
            order: Vec::new(),
            word: None,
        };
        for (n, zone) in zones.enumerate() {
            if n == 0 {
                side.sure = sureness(zone.confidence);
            }
            if n < 2 {
                side.labels[n] = Some(zone.label);
            }
            if n < ORDER {
                side.order.push(zone.label.name());
            }
            if zone.label == ZoneLabel::Body {
                side.to_body = reach(zone);
                side.has_body = true;
                break;
            }
            if reach(zone) < NEAR {
                let seen = &mut side.seen[index(zone.label)];
                *seen = seen.max(zone.confidence).max(0.01);
            }
        }
        side
    }

    pub(super) fn has(&self, label: ZoneLabel) -> bool {
        self.seen[index(label)] > 0.0
    }

    /// How sure the surest of `labels` is: 0 where there is none, 1 to 4.
    pub(super) fn strength(&self, labels: &[ZoneLabel]) -> u8 {
        let best = labels.iter().map(|&l| self.seen[index(l)]).fold(0.0, f32::max);
        [f32::MIN_POSITIVE, 0.5, 0.8, 0.95].iter().filter(|&&p| best >= p).count() as u8
    }

    /// The labels up to the body as a list.
    pub(super) fn list(&self) -> String {
        let seen = ZoneLabel::ALL.into_iter().filter(|&l| self.has(l)).map(ZoneLabel::name);
        let list: Vec<&str> = seen.collect();
        if list.is_empty() { "nothing".into() } else { list.join("+") }
    }
}

/// What stands on either side of a place when both are read as one letter.
pub(super) struct Middle {
    pub(super) above: Option<Zone>,
    pub(super) below: Option<Zone>,
    /// Whether the two are one zone.
    pub(super) is_one: bool,
}

impl Middle {
    /// Reads `window`, in which the text above ends at `end` and that below begins at `start`.
    pub(super) fn of(window: &str, end: usize, start: usize) -> Middle {
        let zones = read_zones(&Text::new(window));
        let above = zones.iter().rfind(|z| z.span.start < end).copied();
        let below = zones.iter().find(|z| z.span.end > start).copied();
        Middle { above, below, is_one: above.is_some_and(|z| z.span.end > start) }
    }
}

/// How sure a zone is, from 0 to 3.
pub(super) fn sureness(confidence: f32) -> u8 {
    [0.5, 0.8, 0.95].iter().filter(|&&p| confidence >= p).count() as u8
}

fn index(label: ZoneLabel) -> usize {
    ZoneLabel::ALL.iter().position(|&l| l == label).unwrap_or(0)
}

pub(super) fn name(label: Option<ZoneLabel>) -> &'static str {
    label.map_or("nothing", ZoneLabel::name)
}

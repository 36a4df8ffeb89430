//! English names for the record's terms, as the cards use them.

use letterbook::record::{
    ActKind, ContactKind, MentionKind, OccasionKind, ReferenceFrom, ReferenceKind,
};

/// What the letter does, as a verb in the third person.
pub(crate) fn act(act: ActKind) -> &'static str {
    match act {
        ActKind::Acknowledge => "acknowledges",
        ActKind::Transmit => "transmits",
        ActKind::Request => "requests",
        ActKind::Instruct => "instructs",
        ActKind::Ask => "asks",
        ActKind::Offer => "offers",
        ActKind::Invite => "invites",
        ActKind::Accept => "accepts",
        ActKind::Decline => "declines",
        ActKind::Promise => "promises",
        ActKind::Thank => "thanks",
        ActKind::Congratulate => "congratulates",
        ActKind::Condole => "condoles",
        ActKind::Wish => "wishes",
        ActKind::Apologise => "apologises",
        ActKind::Introduce => "introduces",
        ActKind::Endorse => "endorses",
        ActKind::Protest => "protests",
        ActKind::Warn => "warns",
    }
}

/// What the letter marks.
pub(crate) fn occasion(kind: OccasionKind) -> &'static str {
    match kind {
        OccasionKind::Anniversary => "anniversary",
        OccasionKind::Birthday => "birthday",
        OccasionKind::Holiday => "holiday",
        OccasionKind::Death => "death",
        OccasionKind::Marriage => "marriage",
        OccasionKind::Birth => "birth",
        OccasionKind::Illness => "illness",
        OccasionKind::Appointment => "appointment",
        OccasionKind::Award => "award",
        OccasionKind::Publication => "publication",
        OccasionKind::Visit => "visit",
        OccasionKind::Other => "occasion",
    }
}

/// Another message, and whose it was.
pub(crate) fn reference(kind: ReferenceKind, from: ReferenceFrom) -> String {
    let kind = match kind {
        ReferenceKind::Letter => "letter",
        ReferenceKind::Telegram => "telegram",
        ReferenceKind::Note => "note",
        ReferenceKind::Other => "message",
    };
    let from = match from {
        ReferenceFrom::Sender => " of the sender",
        ReferenceFrom::Recipient => " of the recipient",
        ReferenceFrom::Other => "",
    };
    format!("{kind}{from}")
}

/// The row of a kind of mention.
pub(crate) fn mentions(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Person => "persons",
        MentionKind::Org => "bodies",
        MentionKind::Place => "places",
        MentionKind::Date => "dates",
        MentionKind::Event => "events",
    }
}

/// How a contact is introduced.
pub(crate) fn contact(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Phone => "tel.",
        ContactKind::Fax => "fax",
        ContactKind::Email => "e-mail",
        ContactKind::Web => "web",
        ContactKind::Cable => "cable",
    }
}

/// "61st", "80th", "112th".
pub(crate) fn ordinal(n: u32) -> String {
    let suffix = match (n % 10, n % 100) {
        (1, r) if r != 11 => "st",
        (2, r) if r != 12 => "nd",
        (3, r) if r != 13 => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_end_as_they_are_spoken() {
        let written: Vec<String> =
            [1, 2, 3, 4, 11, 12, 13, 21, 61, 80, 101, 111].map(ordinal).into();
        assert_eq!(written.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 61st 80th 101st 111th");
    }
}

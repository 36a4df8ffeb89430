//! All the evidence that a record cites, whatever value it is for.

use letterbook::record::{Evidence, Letter, Party};

/// Every piece of evidence in `letter`, in the order of the record.
pub(crate) fn of(letter: &Letter) -> Vec<&Evidence> {
    let mut all: Vec<&Evidence> = Vec::new();
    all.extend(letter.language.iter().flat_map(|r| &r.evidence));
    for party in letter.senders.iter().chain(&letter.recipients) {
        all.extend(of_party(party));
    }
    if let Some(date) = &letter.date {
        all.extend(&date.evidence);
        all.extend(date.parallel.iter().flat_map(|p| &p.evidence));
    }
    all.extend(letter.place.iter().flat_map(|r| &r.evidence));
    all.extend(letter.mentions.iter().flat_map(|m| &m.evidence));
    all.extend(letter.occasions.iter().flat_map(|o| &o.evidence));
    all.extend(letter.acts.iter().flat_map(|a| &a.evidence));
    all.extend(letter.references.iter().flat_map(|r| &r.evidence));
    all.extend(letter.enclosures.iter().flat_map(|e| &e.evidence));
    all.extend(letter.findings.iter().flat_map(|f| &f.evidence));
    all
}

fn of_party(party: &Party) -> impl Iterator<Item = &Evidence> {
    let readings = [
        &party.name,
        &party.form_of_address,
        &party.role,
        &party.organisation,
        &party.on_behalf_of,
        &party.address,
    ];
    readings
        .into_iter()
        .flatten()
        .flat_map(|reading| &reading.evidence)
        .chain(party.contacts.iter().flat_map(|c| &c.evidence))
}

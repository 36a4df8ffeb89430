//! The letters of `tests/parties`: who signs, in what office, of what body, for whom.
//!
//! One file a language. A case begins with a line `= names | offices | bodies | for whom`, several
//! parted by commas, nothing where the letter says nothing, and where it is about the recipients
//! their names, offices and bodies after that; then the letter's head and foot as lines, with `…` for
//! salutation and body, which are the same in all; a salutation of its own stands right before the
//! `…` on its line. A `!` before the names marks
//! a letter that is still read otherwise: when it comes to be read rightly the mark must go. Heads
//! and feet are made up after the manuals of the time and place.

use letterbook::record::{Letter, Party, Reading};
use letterbook::{Options, read_text};

/// Language, cases, and what stands for `…`.
const TABLES: [(&str, &str, &str); 7] = [
    (
        "en",
        include_str!("../parties/en.txt"),
        "Sir,\n\nI have made the inquiry of which we spoke, and the matter stands as it did in the \
         spring. The boats went out on Monday and came back with little. Nothing further has been \
         heard from the north, and the men are quiet.",
    ),
    (
        "de",
        include_str!("../parties/de.txt"),
        "Sehr geehrter Herr!\n\nDie Sache, von der wir sprachen, steht noch wie im Frühjahr. Die \
         Boote fuhren am Montag aus und kamen mit wenig zurück. Aus dem Norden ist nichts weiter \
         gehört worden, und die Leute sind ruhig.",
    ),
    (
        "fr",
        include_str!("../parties/fr.txt"),
        "Monsieur,\n\nL'affaire dont nous avons parlé en est toujours au même point qu'au \
         printemps. Les bateaux sont sortis lundi et sont revenus avec peu de chose. On n'a rien \
         appris de plus du nord, et les gens sont tranquilles.",
    ),
    (
        "es",
        include_str!("../parties/es.txt"),
        "Muy señor mío:\n\nEl asunto de que hablamos sigue como en la primavera. Los barcos \
         salieron el lunes y volvieron con poco. Del norte no se ha sabido nada más, y la gente \
         está tranquila.",
    ),
    (
        "it",
        include_str!("../parties/it.txt"),
        "Egregio Signore,\n\nla faccenda di cui parlammo è rimasta come in primavera. Le barche \
         uscirono lunedì e tornarono con poco. Dal nord non si è saputo altro, e la gente è \
         tranquilla.",
    ),
    (
        "nl",
        include_str!("../parties/nl.txt"),
        "Mijnheer,\n\nDe zaak waarover wij spraken staat nog zooals in het voorjaar. De booten zijn \
         maandag uitgevaren en met weinig teruggekomen. Uit het noorden is niets meer gehoord, en \
         het volk is rustig.",
    ),
    (
        "la",
        include_str!("../parties/la.txt"),
        "Amice,\n\nRes de qua locuti sumus eadem est quae vere fuit. Naves die Lunae exierunt et \
         cum paucis redierunt. De septentrione nihil amplius auditum est, et homines quieti sunt.",
    ),
];

/// The cells that the case line of a letter with this record would have.
fn cells(letter: &Letter) -> [String; 7] {
    let all = |side: &[Party], of: fn(&Party) -> Option<&Reading>| -> String {
        let mut values: Vec<&str> = Vec::new();
        for reading in side.iter().filter_map(of) {
            if !values.contains(&reading.value.as_str()) {
                values.push(&reading.value);
            }
        }
        values.join(", ")
    };
    [
        all(&letter.senders, |p| p.name.as_ref()),
        all(&letter.senders, |p| p.role.as_ref()),
        all(&letter.senders, |p| p.organisation.as_ref()),
        all(&letter.senders, |p| p.on_behalf_of.as_ref()),
        all(&letter.recipients, |p| p.name.as_ref()),
        all(&letter.recipients, |p| p.role.as_ref()),
        all(&letter.recipients, |p| p.organisation.as_ref()),
    ]
}

#[test]
fn heads_and_feet_show_who_writes() {
    let mut wrong = Vec::new();
    for (language, table, middle) in TABLES {
        let (mut n, mut known) = (0, 0);
        for case in table.split("\n\n= ") {
            let (said, letter) = case.split_once('\n').expect("a line with what is expected");
            let said = said.trim_start_matches("= ").trim_end();
            let expected: Vec<&str> =
                said.trim_start_matches('!').split('|').map(str::trim).collect();
            let (head, foot) = letter.split_once("…\n").expect("`…` between head and foot");
            let (_, body) = middle.split_once("\n\n").expect("salutation and body");
            let greeted = !head.is_empty() && !head.ends_with('\n');
            let middle = if greeted { format!("\n{body}") } else { middle.to_owned() };
            let text = format!("{head}\n{middle}\n\n{}", foot.trim_end());
            let found = cells(&read_text(text.trim_start(), &Options::default()));
            let found = &found[..expected.len()];
            let missed = expected != found;
            n += 1;
            known += usize::from(missed);
            if missed != said.starts_with('!') {
                wrong.push(format!("{language}: {said}\n    but read {}", found.join(" | ")));
            }
        }
        eprintln!("{language}: {known} of {n} letters read otherwise");
    }
    assert!(
        wrong.is_empty(),
        "expected tests/parties to hold, but {} letters differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

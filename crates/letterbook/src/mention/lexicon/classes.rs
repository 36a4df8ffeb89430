//! The classes that a word of a letter's head or foot may belong to.

/// A set of classes that a word may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(pub(super) u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $bit:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub(crate) const $name: Classes = Classes(1 << $bit);)*
        }
        /// The classes by their names in the table.
        #[cfg_attr(not(test), allow(dead_code, reason = "the script that builds the crate reads the table"))]
        pub(super) const NAMES: &[(&str, Classes)] = &[$(($word, Classes::$name)),*];
    };
}

classes! {
    /// Before a name: "Mr", "Herrn", "Comrade".
    TITLE = "title", 0;
    /// "Graf", "Duke", "Marquise".
    NOBLE = "noble", 1;
    /// Beside a name: "Esq.", "Hochwohlgeboren".
    HONOUR = "honour", 2;
    /// After a name and part of it: "jun.", "fils".
    POSTNOMINAL = "postnominal", 3;
    /// Inside a name: "von", "de la".
    PARTICLE = "particle", 4;
    /// Office or trade: "Secretary of State", "Rechtsanwalt".
    ROLE = "role", 5;
    /// An office or common word that is a family name as well: "Bishop", "Richter".
    SURNAME = "surname", 6;
    /// "Committee", "Gesandtschaft", "Ltd".
    BODY = "body", 7;
    /// What follows "&" in the name of a firm: "Sons", "Cie".
    FIRM = "firm", 8;
    /// "Street", "rue", "-gasse".
    STREET = "street", 9;
    /// "Hotel", "Schloss", "Hall".
    HOUSE = "house", 10;
    /// "Dear", "verehrter".
    DEAR = "dear", 11;
    /// Small words of a salutation: "my", "mein", "und".
    MY = "my", 12;
    /// Whom a salutation may address without a name: "Sir", "Freund".
    SIR = "sir", 13;
    /// "Vater", "Mother".
    KIN = "kin", 14;
    /// Words of closing formulas: "yours", "ergebenst".
    CLOSING = "closing", 15;
    /// "on behalf of", "i. A.": at the head of a line of a signature.
    BEHALF = "behalf", 16;
    /// "on behalf of", "au nom de": strong enough to stand in a sentence.
    FORMULA = "formula", 17;
    /// One word that stands for "on behalf of" in a signature: "for", "pour".
    FOR = "for", 18;
    /// "(signed)", "gez.".
    SIGNED = "signed", 19;
    /// "and", "und", "y".
    AND = "and", 20;
    /// Small words inside offices and bodies: "of the", "du".
    LINK = "link", 21;
    /// Small words before a place or a date: "at", "den", "à".
    AT = "at", 22;
    /// "Given at", "Fait à".
    GIVEN = "given", 23;
    /// "c/o", "bei", "chez".
    CARE = "care", 24;
    /// Before the addressee: "To", "An".
    TO = "to", 25;
    /// "Tel."
    PHONE = "phone", 26;
    /// "Fax"
    FAX = "fax", 27;
    /// "E-mail"
    EMAIL = "email", 28;
    /// "Website"
    WEB = "web", 29;
    /// "Cable address"
    CABLE = "cable", 30;
    /// "From:" of a mail's head.
    FROM = "from", 31;
    /// "To:" of a mail's head.
    HEAD_TO = "headto", 32;
    /// "Subject:", "Betreff:".
    SUBJECT = "subject", 33;
    /// Part of a country: "Mass.", "Sachsen"; postal districts.
    STATE = "state", 34;
    /// "March", "Xbre".
    MONTH = "month", 35;
    /// "Monday", "abends".
    WEEKDAY = "weekday", 36;
    /// What stands beside names and is none: "Received", "Abschrift".
    REMARK = "remark", 37;
    /// A state by name: "Schweiz", "United States".
    COUNTRY = "country", 38;
    /// Before the date of a receipt or answer: "Praes.", "Recd".
    RECEIPT = "receipt", 39;
    /// Who speaks: "I", "wir".
    SELF = "self", 40;
    /// Whoever else may be the subject of a sentence: "you", "er".
    OTHERS = "others", 41;
    /// What opens a clause with a subject of its own: "that", "dass".
    THAT = "that", 42;
    /// "instructed by": whom the writer speaks for follows.
    BIDDEN = "bidden", 43;
    /// "directs me": whom the writer speaks for stands before.
    BIDS = "bids", 44;
    /// Print of post offices and telegraphs: "Post Card", "Western Union".
    FORM = "form", 45;
    /// A title in the case of an address: "Herrn".
    DATIVE = "dative", 46;
    /// Right before the name of the one who signs: "your", "Ihre".
    YOURS = "yours", 47;
    /// Abbreviations that keep their full stop at the end of a value: "Jr.", "Nachf.".
    STOPPED = "stopped", 48;
    /// "Date:", "Gesendet:" of a mail's head.
    DATED = "dated", 49;
    /// A salutation that addresses nobody in particular: "To whom it may concern".
    NOBODY = "nobody", 50;
    /// The label of what is enclosed: "Encl.", "Anlagen".
    ENCLOSED = "enclosed", 51;
    /// What a body calls the house it is in: "Registered Office".
    SEAT = "seat", 52;
    /// Before a date that heads print and that is not the letter's: "Patented", "Copyright".
    PRINTED = "printed", 53;
    /// What joins a town to an office that is named after it: "of", "de".
    GENITIVE = "genitive", 54;
    /// Greets several at once: "Gentlemen", "Messieurs".
    SEVERAL = "several", 55;
    /// A particle that may be the first word of a name: "von", "d'", "ibn".
    LEADING = "leading", 56;
    /// Joins a rank or an office to what it is named after: "Duke of", "membre de".
    NAMED_AFTER = "namedafter", 57;
    /// Joins an office to its kind: "Chef de Bureau", "Head of Section".
    KIND_OF = "kindof", 58;
    /// Opens a paper by saying whom it is for: "Memorandum for", "Vermerk für".
    MEMO = "memo", 59;
    /// Opens a clause that may not hold: "unless", "falls".
    CONDITION = "condition", 60;
    /// An article after which another noun of the clause begins: "die", "den".
    OBJECT = "object", 61;
    /// Before the one who signs for the body above: "by", "per".
    AGENT = "agent", 62;
    /// Those for whom somebody speaks, by number or kind: "all", "members", "vecinos".
    GROUP = "group", 63;
}

impl Classes {
    /// No class at all.
    pub(crate) const NONE: Classes = Classes(0);

    /// Whether the two sets share a class.
    pub(crate) fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(crate) const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// What is in both sets.
    pub(crate) const fn and(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }

    /// This set without `other`.
    pub(crate) const fn without(self, other: Classes) -> Classes {
        Classes(self.0 & !other.0)
    }
}

//! The same letter from every format.

use letterbook_files::document::{BoundaryReason, StatedField};
use letterbook_files::map::Spot;
use letterbook_files::{Document, Format, Limits, Tools, read_file, read_file_with_tools};

use crate::{bytes, contents, folded, letter};

/// The file holds the letter and nothing else.
fn check_one(path: &str, format: Format) -> Document {
    let mut contents = contents(path);
    assert_eq!(contents.failures, [], "{path}");
    assert_eq!(contents.documents.len(), 1, "{path}");
    let document = contents.documents.remove(0);
    assert_eq!(document.format, format, "{path}");
    assert_eq!(folded(&document.text), letter(), "{path}");
    document
}

/// Characters that the map calls copied are those of the file.
fn check_places(path: &str, document: &Document) {
    let file = bytes(&format!("files/{path}"));
    let mut seen = 0;
    for (at, c) in document.text.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
        let place =
            document.map.place(at).unwrap_or_else(|| panic!("{path}: no place for byte {at}"));
        if let (Spot::Bytes(range), "") = (&place.spot, place.part)
            && range.len() == 1
        {
            assert_eq!(file[range.clone()], [c as u8], "{path}: byte {at}");
            seen += 1;
        }
    }
    assert!(seen > 900, "{path}: only {seen} characters lie in the file itself");
}

#[test]
fn html_from_pandoc_and_libreoffice() {
    for path in ["html/pandoc.html", "html/libreoffice.html"] {
        let document = check_one(path, Format::Html);
        check_places(path, &document);
        assert!(document.text.contains("Edinburgh.\n\nSir,\n\n"), "{path}: {}", document.text);
        assert!(document.text.contains("The Secretary,\nNorthern Lights"), "{path}");
    }
}

#[test]
fn markdown_as_written_for_pandoc() {
    let document = check_one("markdown/pandoc.md", Format::Markdown);
    check_places("markdown/pandoc.md", &document);
}

#[test]
fn word_documents_from_pandoc_and_libreoffice() {
    for path in ["docx/pandoc.docx", "docx/libreoffice.docx"] {
        let document = check_one(path, Format::Docx);
        assert!(document.text.contains("Edinburgh.\n\nSir,\n\n"), "{path}: {}", document.text);
        let place = document.map.place(document.text.find("Sir,").expect("there")).expect("placed");
        assert_eq!(place.part, "word/document.xml");
        assert!(place.path.starts_with("/document[1]/body[1]/p["), "{}", place.path);
    }
}

#[test]
fn notes_of_markdown_are_left_out() {
    let text = "Dear Ann,\n\nthe tide[^1] is out.\n\nYours,\nTom\n\n[^1]: See letter 11.\n";
    let contents = read_file("a.md", text.as_bytes(), Limits::default());
    let document = &contents.documents[0];
    assert_eq!(document.text.trim_end(), "Dear Ann,\n\nthe tide is out.\n\nYours,\nTom");
    assert_eq!(document.damage[0].message, "a note was left out");
}

#[test]
fn headers_and_footers_of_open_documents_stand_where_the_page_has_them() {
    let xml = "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
        xmlns:style='s' xmlns:text='t' office:mimetype='application/vnd.oasis.opendocument.text'>\
        <office:master-styles><style:master-page><style:header><text:p>The Trust</text:p>\
        </style:header><style:footer><text:p>Tel. 217</text:p><text:p>Page \
        <text:page-number>1</text:page-number> of <text:page-count>2</text:page-count></text:p>\
        </style:footer></style:master-page></office:master-styles><office:body><office:text>\
        <text:p>Dear Ann,</text:p></office:text></office:body></office:document>";
    let contents = read_file("a.fodt", xml.as_bytes(), Limits::default());
    assert_eq!(contents.failures, []);
    assert_eq!(contents.documents[0].text.trim(), "The Trust\n\nDear Ann,\n\nTel. 217");
}

#[test]
fn open_documents_from_pandoc_and_libreoffice() {
    for path in ["odt/pandoc.odt", "odt/libreoffice.odt", "odt/libreoffice.fodt"] {
        let document = check_one(path, Format::Odt);
        assert!(document.text.contains("Edinburgh.\n\nSir,\n\n"), "{path}: {}", document.text);
    }
}

#[test]
fn mails_show_their_header_lines_above_the_letter() {
    for path in ["mail/plain.eml", "mail/alternative.eml", "mail/html-only.eml"] {
        let mut contents = contents(path);
        assert_eq!((contents.failures.len(), contents.documents.len()), (0, 1), "{path}");
        let document = contents.documents.remove(0);
        let (head, body) = document.text.split_once("\n\n").expect("an empty line");
        assert_eq!(folded(body), letter(), "{path}");
        assert_eq!(
            head.lines().take(3).collect::<Vec<_>>(),
            [
                "From: Zoë Armitage <z.armitage@skerran.example>",
                "Date: Thu, 04 Mar 2010 23:52:00 -0500",
                "To: Lights, Northern <secretary@lights.example>, boats@lights.example",
            ],
            "{path}"
        );
        let date = document.stated.iter().find(|s| s.field == StatedField::Date).expect("a date");
        assert_eq!(date.normalised.as_deref(), Some("2010-03-04"));
        let span = date.span.expect("shown");
        assert_eq!(&document.text[span.start..span.end], "Thu, 04 Mar 2010 23:52:00 -0500");
        let file = bytes(&format!("files/{path}"));
        let Some(Spot::Bytes(range)) = document.map.place(span.start).map(|p| p.spot) else {
            panic!("{path}: the date has no bytes");
        };
        assert_eq!(file[range], *b"T");
    }
}

#[test]
fn messages_of_outlook_are_what_the_mail_was() {
    let head = "From: Zoë Armitage <z.armitage@skerran.example>\nDate: ";
    for (path, mail) in
        [("outlook/plain.msg", "mail/plain.eml"), ("outlook/html-only.msg", "mail/html-only.eml")]
    {
        let mut contents = contents(path);
        assert_eq!((contents.failures.len(), contents.documents.len()), (0, 1), "{path}");
        let document = contents.documents.remove(0);
        assert_eq!(document.format, Format::Outlook, "{path}");
        let (lines, body) = document.text.split_once("\n\n").expect("an empty line");
        assert_eq!(folded(body), letter(), "{path}");
        assert!(lines.starts_with(head), "{path}: {lines}");
        let mail = crate::contents(mail).documents.remove(0);
        let of = |document: &Document, field| {
            document.stated.iter().find(|s| s.field == field).map(|s| s.value.clone())
        };
        assert_eq!(of(&document, StatedField::Subject), of(&mail, StatedField::Subject));
        let at = document.text.find("Northern Lights and Buoys").expect("there");
        let place = document.map.place(at).expect("placed");
        assert!(place.part.starts_with("__substg1.0_10"), "{}", place.part);
    }
}

#[test]
fn what_is_attached_to_a_message_of_outlook_is_read() {
    let contents = contents("outlook/attached.msg");
    assert_eq!(contents.failures, []);
    let parts: Vec<_> = contents.documents.iter().map(|d| (d.part.as_str(), d.format)).collect();
    assert_eq!(parts[..2], [("", Format::Outlook), ("attachment 1 (letter.docx)", Format::Docx)]);
    assert!(parts[2].0.starts_with("attachment 2") && parts[2].1 == Format::Outlook, "{parts:?}");
    let date = contents.documents[2].stated.iter().find(|s| s.field == StatedField::Date);
    assert_eq!(date.and_then(|d| d.normalised.as_deref()), Some("2010-03-05"), "in UTC");
    assert_eq!(folded(&contents.documents[1].text), letter());
    let inner = &contents.documents[2].text;
    assert_eq!(folded(inner.split_once("\n\n").expect("a body").1), letter());
}

#[test]
fn a_subject_in_encoded_words_is_decoded() {
    let document = contents("mail/alternative.eml").documents.remove(0);
    assert!(
        document.text.contains("\nSubject: Das unbeleuchtete Seezeichen – Übersetzung\n"),
        "{}",
        document.text
    );
}

#[test]
fn attachments_are_letters_of_their_own() {
    let contents = contents("mail/attached.eml");
    assert_eq!(contents.failures, []);
    let parts: Vec<_> = contents.documents.iter().map(|d| (d.part.as_str(), d.format)).collect();
    assert_eq!(
        parts,
        [
            ("", Format::Mail),
            ("attachment 1 (letter.docx)", Format::Docx),
            ("attachment 2", Format::Mail),
        ]
    );
    assert_eq!(folded(&contents.documents[1].text), letter());
    let inner = &contents.documents[2].text;
    assert!(inner.starts_with("From: Zoë Armitage <z.armitage@skerran.example>\nDate: Thu, 04 Mar 2010 23:52:00 -0500\n"), "{inner}");
    assert_eq!(folded(inner.split_once("\n\n").expect("a body").1), letter());
}

#[test]
fn the_message_below_an_answer_is_another_letter() {
    let contents = contents("mail/reply.eml");
    let [answer, quoted] = contents.documents.as_slice() else {
        panic!("expected two letters, but found {}", contents.documents.len());
    };
    assert!(answer.text.ends_with("\n\nEwan"), "{}", answer.text);
    assert_eq!(quoted.boundary.reason, BoundaryReason::Quoted);
    assert_eq!(quoted.part, "quoted 1");
    let attribution = "On Thursday, 4 March 2010, Zoë Armitage wrote: ";
    assert_eq!(folded(&quoted.text), format!("{attribution}{}", letter()));
}

#[test]
fn mailboxes_and_maildirs_hold_messages() {
    let mailbox = contents("mail/three.mbox");
    assert_eq!(mailbox.failures, []);
    let parts: Vec<_> = mailbox.documents.iter().map(|d| d.part.as_str()).collect();
    assert_eq!(parts, ["message 1", "message 2", "message 3", "message 3 / quoted 1"]);
    assert!(mailbox.documents[1].text.contains("\nFrom Oban no boat has come.\n"));
    check_places("mail/three.mbox", &mailbox.documents[0]);

    let single = contents("mail/maildir/new/1267764720.M1P1.skerran");
    assert_eq!(single.documents[0].format, Format::Mail);
    assert_eq!(single.documents[0].text, contents("mail/plain.eml").documents[0].text);
}

#[test]
fn json_lines_hold_a_letter_each() {
    let contents = contents("jsonl/python.jsonl");
    assert_eq!(contents.failures, []);
    assert_eq!(folded(&contents.documents[0].text), letter());
    assert_eq!(contents.documents[1].text, "Wien, 3. März 1848.\n\nLieber Emil,");
    assert_eq!(contents.documents[1].stated[0].value, "wien");
}

#[test]
fn archives_give_what_their_members_give() {
    let zip = contents("archive/letters.zip");
    assert_eq!(zip.failures, []);
    let parts: Vec<_> = zip.documents.iter().map(|d| d.part.as_str()).collect();
    assert_eq!(
        parts,
        [
            "libreoffice.docx",
            "pandoc.html",
            "three.mbox / message 1",
            "three.mbox / message 2",
            "three.mbox / message 3",
            "three.mbox / message 3 / quoted 1",
        ]
    );
    assert_eq!(folded(&zip.documents[1].text), letter());
    let tar = contents("archive/letters.tar.gz");
    assert_eq!(tar.failures, []);
    assert!(tar.documents.iter().all(|d| folded(&d.text) == letter()));
}

#[test]
fn rich_text_from_pandoc_and_libreoffice() {
    for path in ["rtf/pandoc.rtf", "rtf/libreoffice.rtf"] {
        let document = check_one(path, Format::Rtf);
        check_places(path, &document);
        assert!(document.text.contains("Edinburgh.\n\nSir,\n\n"), "{path}: {}", document.text);
    }
}

#[test]
fn tei_from_pandoc() {
    let document = check_one("tei/pandoc.tei", Format::Tei);
    check_places("tei/pandoc.tei", &document);
    let place = document.map.place(document.text.find("Sir,").expect("there")).expect("placed");
    assert_eq!(place.path, "/TEI[1]/text[1]/body[1]/p[4]");
}

#[test]
fn a_tei_corpus_is_its_letters_and_what_their_headers_state() {
    let contents = contents("tei/corpus.xml");
    assert_eq!(contents.failures, []);
    let [first, second] = contents.documents.as_slice() else {
        panic!("expected two letters, but found {}", contents.documents.len());
    };
    assert_eq!((first.part.as_str(), second.part.as_str()), ("letter 1", "letter 2"));
    assert_eq!(
        first.text,
        "Görz, am 3t. März 1848\n\nLieber Freund!\n\nIch habe Deinen Brief\nerhalten und \
         erwarte & hoffe, Dich\nbald zu sehen.\n\nDein\nEmil\n"
    );
    let stated: Vec<_> =
        first.stated.iter().map(|s| (s.field, s.value.as_str(), s.normalised.as_deref())).collect();
    assert_eq!(
        stated,
        [
            (StatedField::Sender, "Emil Behr", Some("#behr")),
            (StatedField::Place, "Görz", None),
            (StatedField::Date, "3. März 1848", Some("1848-03-03")),
            (StatedField::Recipient, "Ida Roth", None),
            (StatedField::Language, "de", None),
        ]
    );
    let damage: Vec<_> = first.damage.iter().map(|d| (&*d.code, d.message.as_str())).collect();
    assert_eq!(
        damage,
        [
            ("left-out", "a heading before the letter was left out"),
            ("left-out", "an editor's reading was left out"),
            ("left-out", "deleted text was left out"),
            ("left-out", "an editor's note was left out"),
            ("gap", "1 places where the source has a gap"),
        ]
    );
    assert_eq!(second.stated[0].normalised.as_deref(), Some("[1848-04..1848-05]"));
}

#[test]
fn recognised_pages_from_tesseract_have_boxes() {
    for (path, format) in
        [("alto/tesseract.xml", Format::Alto), ("hocr/tesseract.hocr", Format::Hocr)]
    {
        let contents = contents(path);
        assert_eq!(contents.failures, [], "{path}");
        let document = &contents.documents[0];
        assert_eq!(document.format, format, "{path}");
        // the program misread two words, and what it read is what must come out
        let misread = letter().replace("I am, Sir", "Iam, Sir").replace("s.l.", "s.].");
        assert_eq!(folded(&document.text), misread, "{path}");
        // it also took the lines of the address for blocks, so the letterhead shows that lines stay
        assert!(document.text.contains("TRUSTEES\nPier House, 4 Old Quay"), "{path}");
        let place = document.map.place(document.text.find("SKERRAN").expect("there"));
        let Some(Spot::Page(1, area)) = place.map(|p| p.spot) else {
            panic!("{path}: expected a box on page 1");
        };
        assert_eq!((area.left, area.top, area.right, area.bottom), (289.0, 218.0, 460.0, 244.0));
    }
}

#[test]
fn pdf_documents_from_libreoffice_and_chromium() {
    for path in ["pdf/libreoffice.pdf", "pdf/chromium.pdf"] {
        let file = bytes(&format!("files/{path}"));
        let contents = read_file_with_tools(path, &file, Limits::default(), &Tools::default());
        if contents.failures.iter().any(|f| f.code == "program-missing") {
            eprintln!("skipped: {path}, pdftotext is not there");
            continue;
        }
        assert_eq!(contents.failures, [], "{path}");
        let document = &contents.documents[0];
        assert_eq!(document.format, Format::Pdf);
        assert_eq!(folded(&document.text), letter(), "{path}");
        assert!(document.text.contains("Edinburgh.\n\nSir,\n\n"), "{path}: {}", document.text);
        let place = document.map.place(document.text.find("Sir,").expect("there")).expect("placed");
        assert!(matches!(place.spot, Spot::Page(1, _)), "{path}");
    }
}

//! Files made to harm, and files that harm befell: a failure or a note, never a panic.

use std::io::Write;

use letterbook_files::{Limits, Tools, read_file, read_file_with_tools};
use proptest::prelude::*;

use crate::bytes;

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("in memory");
        writer.write_all(bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

fn codes(name: &str, bytes: &[u8]) -> Vec<String> {
    read_file(name, bytes, Limits::default()).failures.iter().map(|f| f.code.to_string()).collect()
}

#[test]
fn a_zip_bomb_is_refused_and_its_neighbour_read() {
    let bomb = vec![b' '; 20 << 20];
    let bytes = zip(&[("bomb.txt", &bomb), ("letter.txt", b"Dear Ann,")]);
    assert!(bytes.len() < 1 << 20);
    let contents = read_file("a.zip", &bytes, Limits::default());
    assert_eq!(contents.documents.len(), 1);
    assert_eq!(contents.documents[0].part, "letter.txt");
    assert_eq!(contents.failures[0].code, "unpacks-too-large");
    assert_eq!(contents.failures[0].part, "bomb.txt");
}

#[test]
fn archives_in_archives_end_at_the_limit() {
    let mut bytes = zip(&[("letter.txt", b"Dear Ann,")]);
    for _ in 0..8 {
        bytes = zip(&[("inner.zip", &bytes)]);
    }
    assert_eq!(codes("a.zip", &bytes), ["nested-too-deep"]);
    let limits = Limits { nesting: 9, ..Limits::default() };
    assert_eq!(read_file("a.zip", &bytes, limits).documents[0].text, "Dear Ann,");
}

#[test]
fn names_that_climb_out_of_an_archive_are_only_names() {
    let bytes = zip(&[("../../etc/letter.txt", b"Dear Ann,")]);
    let contents = read_file("a.zip", &bytes, Limits::default());
    assert!(contents.documents.iter().all(|d| d.text == "Dear Ann,"));
}

#[test]
fn a_mailbox_of_more_letters_than_the_limit_says_so() {
    let one = "From a@b Thu Mar  4 16:52:00 2010\nFrom: a@b.example\n\nSir,\n\n";
    let limits = Limits { documents: 3, ..Limits::default() };
    let contents = read_file("a.mbox", one.repeat(10).as_bytes(), limits);
    assert_eq!(contents.documents.len(), 3);
    assert_eq!(contents.failures.len(), 1);
    assert_eq!(contents.failures[0].code, "too-many-letters");
}

#[test]
fn truncated_files_give_what_is_left_or_a_failure() {
    for path in ["docx/libreoffice.docx", "odt/pandoc.odt", "archive/letters.tar.gz"] {
        let whole = bytes(&format!("files/{path}"));
        let contents = read_file(path, &whole[..whole.len() / 2], Limits::default());
        assert!(!contents.failures.is_empty(), "{path}");
    }
    let whole = bytes("files/odt/libreoffice.fodt");
    let cut = whole.windows(4).rposition(|w| w == b"Sir,").expect("there") + 4;
    let contents = read_file("a.fodt", &whole[..cut], Limits::default());
    assert!(contents.documents[0].damage.iter().any(|d| d.code == "truncated"));
    assert!(contents.documents[0].text.contains("SKERRAN"));
}

#[test]
fn deep_markup_is_noted_and_read_in_linear_time() {
    let page = "<div>".repeat(100_000) + "Dear Ann,";
    let contents = read_file("a.html", page.as_bytes(), Limits::default());
    assert_eq!(contents.documents[0].text, "Dear Ann,");
    assert!(contents.documents[0].damage.iter().any(|d| d.code == "too-deep"));
}

#[test]
fn encrypted_and_foreign_files_are_refused_with_a_way_out() {
    assert_eq!(codes("a.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), ["unsupported-format"]);
    let manifest: &[u8] = b"<manifest:encryption-data/>";
    let odt = zip(&[("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")]);
    assert_eq!(codes("a.odt", &odt), ["encrypted"]);
    assert_eq!(codes("a.xlsx", &zip(&[("xl/workbook.xml", b"<x/>")])), ["unsupported-format"]);
    assert_eq!(codes("a.pdf", b"%PDF-1.7"), ["unsupported-format"]);
    assert_eq!(codes("a.txt", b"\x89PNG\r\n\x1A\n\0\0\0\0"), ["unsupported-format"]);
}

#[test]
fn damaged_pdf_documents_end_in_a_failure() {
    let whole = bytes("files/pdf/chromium.pdf");
    for (file, code) in
        [(&whole[..600], "damaged-document"), (b"%PDF-1.7".as_slice(), "damaged-document")]
    {
        let contents = read_file_with_tools("a.pdf", file, Limits::default(), &Tools::default());
        let codes: Vec<_> = contents.failures.iter().map(|f| f.code.to_string()).collect();
        assert!(codes == [code] || codes == ["program-missing"], "{codes:?}");
    }
}

/// Any bytes under any name: documents and failures, maps that stay in bounds.
fn survives(name: &str, bytes: &[u8]) {
    let contents = read_file(name, bytes, Limits::default());
    for document in &contents.documents {
        for (at, _) in document.text.char_indices() {
            let _ = document.map.place(at);
        }
        assert_eq!(document.map.place(document.text.len()), None);
        for stated in &document.stated {
            if let Some(span) = stated.span {
                assert!(document.text.get(span.start..span.end).is_some());
            }
        }
    }
}

/// A file of the corpus with some bytes changed, some left out.
fn spoilt(path: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let whole = bytes(&format!("files/{path}"));
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    (edits, any::<prop::sample::Index>(), any::<bool>()).prop_map(move |(edits, cut, cuts)| {
        let mut bytes = whole.clone();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_survive(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0usize..7) {
        let name = ["a.html", "a.md", "a.eml", "a.mbox", "a.jsonl", "a.docx", "a"][kind];
        survives(name, &bytes);
    }

    #[test]
    fn text_of_signs_survives(
        text in "(<[a-z/!?-]{0,9}( [a-z]{1,5}=\"[^<]{0,9}\")?>?|&#?[a-z0-9]{0,6};?|From |[A-Z][a-z-]{1,9}: |[\r\n> *_#3.`-]|\\PC){0,60}",
        kind in 0usize..6,
    ) {
        let name = ["a.html", "a.md", "a.eml", "a.mbox", "a.jsonl", "a.xml"][kind];
        survives(name, text.as_bytes());
    }

    #[test]
    fn spoilt_mails_survive(bytes in spoilt("mail/attached.eml")) {
        survives("a.eml", &bytes);
    }

    #[test]
    fn spoilt_mailboxes_survive(bytes in spoilt("mail/three.mbox")) {
        survives("a.mbox", &bytes);
    }

    #[test]
    fn spoilt_pages_survive(bytes in spoilt("html/pandoc.html")) {
        survives("a.html", &bytes);
    }

    #[test]
    fn spoilt_documents_survive(bytes in spoilt("docx/libreoffice.docx"), odt in spoilt("odt/pandoc.odt")) {
        survives("a.docx", &bytes);
        survives("a.odt", &odt);
    }

    #[test]
    fn spoilt_flat_documents_survive(bytes in spoilt("odt/libreoffice.fodt")) {
        survives("a.fodt", &bytes);
    }

    #[test]
    fn spoilt_pages_with_boxes_survive(alto in spoilt("alto/tesseract.xml"), hocr in spoilt("hocr/tesseract.hocr")) {
        survives("a.xml", &alto);
        survives("a.hocr", &hocr);
    }

    #[test]
    fn spoilt_editions_survive(tei in spoilt("tei/corpus.xml"), rtf in spoilt("rtf/libreoffice.rtf")) {
        survives("a.xml", &tei);
        survives("a.rtf", &rtf);
    }

    #[test]
    fn spoilt_messages_of_outlook_survive(bytes in spoilt("outlook/attached.msg")) {
        survives("a.msg", &bytes);
    }

    #[test]
    fn spoilt_archives_survive(zip in spoilt("archive/letters.zip"), tar in spoilt("archive/letters.tar.gz")) {
        survives("a.zip", &zip);
        survives("a.tar.gz", &tar);
    }
}

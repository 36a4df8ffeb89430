//! A folder of many mixed files, to measure how the program bears it.
//!
//! Gold letters as plain text, mail, HTML and RTF, between the files of `corpora/files` and broken
//! ones, in folders of a thousand. Made the same each time; nothing in it is measured for accuracy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::gold;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder to make; it must not be there yet.
    out: PathBuf,
    /// How many files.
    #[arg(long, default_value_t = 100_000)]
    files: usize,
}

/// Files of other programs that come between the letters, and one that is none.
const OTHERS: [&str; 8] = [
    "docx/libreoffice.docx",
    "odt/pandoc.odt",
    "rtf/libreoffice.rtf",
    "tei/pandoc.tei",
    "mail/attached.eml",
    "outlook/plain.msg",
    "archive/letters.zip",
    "alto/tesseract.xml",
];

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let say = |path: &Path| {
        let path = path.display().to_string();
        move |e: std::io::Error| format!("{path}: {e}")
    };
    let letters = gold::load("dev")?;
    let corpora = gold::workspace().join("corpora/files");
    fs::create_dir(&options.out).map_err(say(&options.out))?;
    for n in 0..options.files {
        let folder = options.out.join(format!("{:03}", n / 1000));
        if n % 1000 == 0 {
            fs::create_dir(&folder).map_err(say(&folder))?;
        }
        let text = &letters[n % letters.len()].text;
        let (ending, bytes) = match n % 100 {
            0..60 => ("txt", text.clone().into_bytes()),
            60..80 => ("eml", mail(n, text).into_bytes()),
            80..90 => ("html", page(text).into_bytes()),
            90 => ("pdf", b"%PDF-1.7\nbroken".to_vec()),
            91 => ("txt", b"\x89PNG\r\n\x1A\n\0\0\0\0".to_vec()),
            k => {
                let from = corpora.join(OTHERS[k - 92]);
                let ending = OTHERS[k - 92].rsplit('.').next().unwrap_or_default();
                (ending, fs::read(&from).map_err(say(&from))?)
            }
        };
        let file = folder.join(format!("{n:06}.{ending}"));
        fs::write(&file, bytes).map_err(say(&file))?;
    }
    Ok(())
}

fn mail(n: usize, text: &str) -> String {
    format!(
        "Message-ID: <{n}@letters.example>\r\nFrom: Ann <ann@letters.example>\r\nTo: Tom \
         <tom@letters.example>\r\nDate: Thu, 4 Mar 2010 23:52:00 +0000\r\nContent-Type: text/plain; \
         charset=utf-8\r\n\r\n{text}\r\n"
    )
}

fn page(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!DOCTYPE html><html><body><p>{}</p></body></html>",
        escaped.replace("\n\n", "</p><p>")
    )
}

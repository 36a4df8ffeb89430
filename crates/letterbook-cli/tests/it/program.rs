//! Running the program, and folders to run it in.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The program, with nothing in the environment that would change its output.
pub(crate) fn letterbook() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterbook"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command.env_remove("RUST_BACKTRACE").env("TERM", "xterm-256color");
    // who speaks in tests, and when
    command.env("LETTERBOOK_WHO", "Editor").env("SOURCE_DATE_EPOCH", "1767323045");
    command
}

/// Runs the program in `folder` with `stdin`.
pub(crate) fn run_in<S: AsRef<OsStr>>(folder: &Path, args: &[S], stdin: &[u8]) -> Ran {
    let mut child = letterbook()
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    let mut input = child.stdin.take().expect("stdin is a pipe");
    let stdin = stdin.to_owned();
    // a program that does not read its input to the end is no failure of the test
    let writer = std::thread::spawn(move || drop(input.write_all(&stdin)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer does not panic");
    Ran {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("the messages are UTF-8"),
    }
}

/// Runs the program at the root of the project.
pub(crate) fn run<S: AsRef<OsStr>>(args: &[S], stdin: &[u8]) -> Ran {
    run_in(&root(), args, stdin)
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the package lies in the workspace")
}

/// An empty folder of that name, with the files given.
pub(crate) fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an earlier run's folder can go");
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (file, content) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("the path has a folder")).expect("made");
        fs::write(path, content).expect("written");
    }
    folder
}

/// A letter written for these tests.
pub(crate) const LETTER: &str = "\
Whitby, 4 June 1888

Dear Mrs. Harker,

I thank you for your letter of the 1st and enclose the list of tides.

Yours very truly,
Josiah Swales
";

/// A record or an error record, as JSON.
pub(crate) fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|e| panic!("no JSON ({e}): {line}"))
}

/// Every piece of evidence in a record, wherever it stands: start, end, quote.
pub(crate) fn evidence(record: &serde_json::Value) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut open = vec![record];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Array(items) => open.extend(items),
            serde_json::Value::Object(keys) => {
                let number = |key: &str| keys.get(key)?.as_u64().map(|n| n as usize);
                let quote = keys.get("quote").and_then(|q| q.as_str());
                if let (Some(start), Some(end), Some(quote)) =
                    (number("start"), number("end"), quote)
                {
                    found.push((start, end, quote.to_owned()));
                }
                open.extend(keys.values());
            }
            _ => {}
        }
    }
    found
}

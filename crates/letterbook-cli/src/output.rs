//! Where answers go: standard output, or a file that is replaced only when all is written.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;

/// Bytes that are gathered before they are written.
const BUFFER: usize = 256 << 10;

/// The place where answers go.
pub(crate) struct Output {
    writer: Box<dyn Write>,
    /// The file as it is being written, and its name when it is done.
    part: Option<(PathBuf, PathBuf)>,
    terminal: bool,
}

impl Output {
    /// Opens standard output, or `file`. Colours are taken out where nobody sees them if `styled`;
    /// without it the bytes are left as they are.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub(crate) fn open(file: Option<&Path>, styled: bool) -> io::Result<Output> {
        let (raw, choice, part, terminal): (Box<dyn Write>, _, _, _) = match file {
            None => {
                let stdout = io::stdout();
                let (choice, terminal) = (AutoStream::choice(&stdout), stdout.is_terminal());
                (Box::new(BufWriter::with_capacity(BUFFER, stdout)), choice, None, terminal)
            }
            Some(file) => {
                // a device or a named pipe cannot be replaced, only written to
                let is_regular = fs::metadata(file).map_or(true, |m| m.is_file());
                let part = is_regular.then(|| (part_of(file), file.to_owned()));
                let opened = File::create(part.as_ref().map_or(file, |(part, _)| part))?;
                let choice = AutoStream::choice(&opened);
                (Box::new(BufWriter::with_capacity(BUFFER, opened)), choice, part, false)
            }
        };
        let writer = if styled { Box::new(AutoStream::new(raw, choice)) } else { raw };
        Ok(Output { writer, part, terminal })
    }

    /// Goes on writing `opened`, which lies under the hidden name of `file`.
    pub(crate) fn go_on(file: &Path, opened: File) -> Output {
        let part = Some((part_of(file), file.to_owned()));
        let writer = Box::new(BufWriter::with_capacity(BUFFER, opened));
        Output { writer, part, terminal: false }
    }

    /// Whether a person sees the answers as they come.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Ends the output before all is written: the file that it was to replace stays. Gives the
    /// name of the one that has what was written.
    ///
    /// # Errors
    ///
    /// When the last bytes cannot be written.
    pub(crate) fn break_off(mut self) -> io::Result<Option<PathBuf>> {
        self.writer.flush()?;
        Ok(self.part.map(|(part, _)| part))
    }

    /// Ends the output and gives the file its name.
    ///
    /// # Errors
    ///
    /// When the last bytes cannot be written, or the file not be named.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        drop(self.writer);
        match self.part {
            Some((part, file)) => fs::rename(part, file),
            None => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The hidden name under which a file is written, in the same folder.
pub(crate) fn part_of(file: &Path) -> PathBuf {
    beside(file, "part")
}

/// A hidden name beside a file.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{ending}"))
}

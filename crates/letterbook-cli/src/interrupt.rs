//! Ctrl-C: once to finish the letters at hand and stop, twice to stop at once.
//!
//! Termination and hang-up signals count as the first Ctrl-C. Owns the one flag of the program;
//! whoever loops looks at it between two letters.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit status of a program that was interrupted, as shells know it (128 + SIGINT).
pub(crate) const STATUS: u8 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Starts to listen. A program that cannot listen dies at the first Ctrl-C, as any other does.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(STATUS));
        }
        let mut stderr = std::io::stderr();
        if stderr.is_terminal() {
            let _ = writeln!(
                stderr,
                "\nfinishing the letters at hand; press Ctrl-C again to stop at once"
            );
        }
    });
}

/// Whether the work is to stop.
pub(crate) fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

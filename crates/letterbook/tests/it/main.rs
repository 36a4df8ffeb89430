//! What the reader says of whole letters, held against readings made by eye.
#![allow(clippy::disallowed_methods, reason = "tests read the corpus from disk")]

mod hostile;
mod record;
mod support;

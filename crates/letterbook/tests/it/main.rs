//! What the reader says of whole letters, held against readings made by eye.
#![allow(clippy::disallowed_methods, reason = "tests read the corpus from disk")]
#![allow(clippy::print_stderr, reason = "tests say what they skip")]

mod acts;
mod corpus;
mod dates;
mod first_letter;
mod hostile;
mod parties;
mod record;
mod support;

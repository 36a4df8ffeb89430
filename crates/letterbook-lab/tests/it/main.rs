//! The lab's tests over whole files: records against their schema, our figures against those of
//! the shared scorer.

#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod schema;
mod score;

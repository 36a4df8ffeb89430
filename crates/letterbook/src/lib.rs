//! Reads letters.

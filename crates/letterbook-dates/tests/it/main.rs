//! The crate from outside: conformance to the shared tables, and properties.

mod calendar;
mod checks;
mod edtf;
mod reader;
mod shared;

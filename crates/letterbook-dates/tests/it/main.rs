//! The crate from outside: conformance to the shared tables, and properties.

mod calendar;
mod checks;
mod edtf;
mod expressions;
mod reader;
mod shared;

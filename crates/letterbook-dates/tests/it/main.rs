//! The crate from outside: conformance to the shared tables, and properties.

mod calendar;
mod edtf;
mod shared;

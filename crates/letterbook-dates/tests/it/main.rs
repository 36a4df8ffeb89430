//! The crate from outside: conformance to the shared tables, and properties.

mod edtf;
mod shared;

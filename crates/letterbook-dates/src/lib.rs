//! Finds and reads the dates of letters, in any calendar and custom that letters use, as EDTF.
//!
//! The floor of Letterbook: this crate knows days, calendars, reckonings, feasts, EDTF and the
//! prose in which people write dates. It does not know letters, files, the clock or the network.
//!
//! The standard for values is EDTF (ISO 8601-2:2019, the Library of Congress profile), always in
//! the proleptic Gregorian calendar; the calendar as written is kept beside the value.
#![doc = include_str!("../README.md")]

pub mod calendar;
pub mod check;
pub mod day;
pub mod edtf;
pub mod era;
pub mod feast;
#[doc(hidden)]
pub mod packed;
pub mod phrase;
pub mod reckoning;
pub mod regnal;
pub mod value;

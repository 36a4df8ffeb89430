//! The archive as its users see it: adding, finding, correcting, breaking and mending.

mod adding;
mod auditing;
mod correcting;
mod finding;
mod killing;
mod lasting;
mod plain;

//! The archive as its users see it: adding, finding, correcting, breaking and mending.

mod adding;
mod auditing;
mod breaking;
mod correcting;
mod finding;
mod gathering;
mod killing;
mod lasting;
mod old;
mod plain;

//! The program as people and scripts meet it: commands in, output and exit status out.

#![allow(clippy::print_stderr, reason = "tests say what they skip")]

mod archive;
mod commands;
mod files;
mod formats;
mod help;
mod malformed;
mod picture;
mod pipe;
mod program;
mod readme;
mod small_commands;

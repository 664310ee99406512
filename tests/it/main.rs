//! The tests of brief as one program: a module for each subject. `README.md` in the folder above says how to write one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod calendar;
mod command;
mod direction;
mod entities;
mod explain;
mod house;
mod languages;
mod mentions;
mod pages;
mod parse;
mod publish;
mod readme;
mod rules;
mod scale;
mod serve;
mod shard;
mod site;
mod text;
mod theme;

mod touched;
mod warm;

//! `brief` makes static sites for news briefings in Arabic and other right-to-left languages.

pub mod parse;

pub mod model;

pub mod diag;
pub mod text;
